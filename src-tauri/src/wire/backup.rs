//! The recovery passphrase, backups, restoring, and files for other programs.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PassphraseStrength {
    /// 0 to 4.
    pub score: u8,
    pub accepted: bool,
    pub weakness: Option<Weakness>,
}

/// What makes a passphrase easy to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Weakness {
    KeyboardRow,
    Repetition,
    Sequence,
    CommonPassword,
    OneWord,
    Date,
    Name,
}

/// A backup that was opened and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GoodBackup {
    pub at: String,
    pub file: String,
    pub keys: u32,
    /// Whether the folder said that the file had reached the disk.
    pub settled: bool,
    pub missing: MissingKeys,
}

/// Saved keys whose secret is not in the last good backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MissingKeys {
    /// Their secret could not be read when it was made.
    pub unread: Vec<PassedOver>,
    /// They were saved since.
    pub saved_since: Vec<PassedOver>,
    /// So many more, of which nothing else is known.
    pub unknown: u32,
}

/// A readable file that was written for another program and is still there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlainFile {
    pub file: String,
    pub written_at: String,
    /// It is time to delete it.
    pub due: bool,
}

/// What stopped the last backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BackupTrouble {
    FolderMissing,
    NoAccess,
    FolderIsAFile,
    ReadOnlyDisk,
    PathTooLong,
    /// The folder takes files and does not give them back.
    NotReadable,
    /// Nor can they be removed.
    LeftBehind,
    DiskFull,
    /// The folder's disk took some of it, or none, for a reason of its own.
    FolderFails,
    NotTheSame,
    TooLarge,
    KeychainSilent,
    KeychainLocked,
    KeychainRefused,
    KeychainBroken,
    /// What opens sealed copies is not in the keychain.
    SealingKey,
    Passphrase,
    Records,
    Internal,
}

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BackupStage {
    Gathering,
    Encrypting,
    Writing,
    Comparing,
}

/// How far a backup is.
#[derive(Debug, Clone, Copy, Serialize, Type, Event)]
pub struct BackupProgress(pub BackupStage);

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

/// What a restore came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Restored {
    pub made_at: String,
    pub keys: u32,
    pub already_here: u32,
    pub without_secret: u32,
    /// Keys that belong to another customer here than in the backup.
    pub of_other_account: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SettlePhase {
    /// Secrets are put into the keychain.
    Keeping,
    /// Keys are proved at Twilio.
    Proving,
    Done,
}

/// How far restored keys are settled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct SettleProgress {
    pub phase: SettlePhase,
    pub done: u32,
    pub total: u32,
    /// At the end: keys that the keychain did not take, whose sealed copies open.
    pub sealed_only: u32,
    /// At the end: keys that Twilio does not know any more.
    pub refused: u32,
    /// At the end: keys that are still to be proved.
    pub waiting: u32,
}

/// A saved key that nothing could be done with, so that it was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PassedOver {
    pub account_name: String,
    pub key_name: String,
}

/// What was put back into an emptied keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PutBack {
    pub secrets: u32,
    pub sealed_only: u32,
    /// Saved keys whose secret could neither be found nor put right.
    pub passed_over: Vec<PassedOver>,
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
    pub passed_over: Vec<PassedOver>,
}
