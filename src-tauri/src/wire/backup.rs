//! The recovery passphrase, backups, restoring, and files for other programs.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;
use workflows::PlainFile;
use workflows::view::{BackupTrouble, GoodBackup, NamedKey};

/// How recovery and backups stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupState {
    pub saved_keys: u32,
    pub passphrase_set: bool,
    /// The keychain lost what the passphrase was set for; it has to be given again.
    pub passphrase_outdated: bool,
    /// Where backups go; null until a folder was chosen.
    pub folder: Option<String>,
    /// Where they would go if nothing else is chosen.
    pub suggested_folder: String,
    pub daily: bool,
    pub last_good: Option<GoodBackup>,
    pub failing: Option<BackupTrouble>,
    /// There is something to lose, and the last good backup is days old or there is none.
    pub old: bool,
    pub running: bool,
    /// Restored keys that are still to be proved.
    pub proofs_due: u32,
    /// Backups in the folder that still open with the passphrase of before it was changed.
    pub of_old_passphrase: u32,
    pub plain_files: Vec<PlainFile>,
}

/// Something about recovery or backups has changed.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct BackupChanged(pub BackupState);

/// A file that was chosen to be restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChosenBackup {
    pub name: String,
    pub folder: String,
}

/// What another program reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    Kdbx,
    BitwardenJson,
    OnePasswordCsv,
}

/// A file for another program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportedFile {
    pub file: String,
    pub keys: u32,
    /// Keys that are not in it, because nothing gives their secret.
    pub passed_over: Vec<NamedKey>,
}
