//! The recovery passphrase and backups.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use vault::BackupRun;

use super::count;
use crate::passed_over::PassedOver;
use crate::recovery::PutBackReport;

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

impl From<vault::recovery::Strength> for PassphraseStrength {
    fn from(strength: vault::recovery::Strength) -> Self {
        Self {
            score: strength.score,
            accepted: strength.is_accepted(),
            weakness: strength.weakness.map(Into::into),
        }
    }
}

impl From<vault::recovery::Weakness> for Weakness {
    fn from(weakness: vault::recovery::Weakness) -> Self {
        use vault::recovery::Weakness as Found;
        match weakness {
            Found::KeyboardRow => Self::KeyboardRow,
            Found::Repetition => Self::Repetition,
            Found::Sequence => Self::Sequence,
            Found::CommonPassword => Self::CommonPassword,
            Found::OneWord => Self::OneWord,
            Found::Date => Self::Date,
            Found::Name => Self::Name,
        }
    }
}

/// A backup that was opened and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GoodBackup {
    #[specta(type = String)]
    pub at: Timestamp,
    pub file: String,
    pub keys: u32,
    /// Whether the folder said that the file had reached the disk.
    pub settled: bool,
    pub missing: MissingKeys,
}

impl GoodBackup {
    pub fn of(run: BackupRun, missing: MissingKeys, settled: bool) -> Self {
        Self {
            at: run.at,
            file: run.file,
            keys: run.credentials,
            settled,
            missing,
        }
    }
}

/// Saved keys whose secret is not in the last good backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MissingKeys {
    /// Their secret could not be read when it was made.
    pub unread: Vec<NamedKey>,
    /// They were saved since.
    pub saved_since: Vec<NamedKey>,
    /// So many more, of which nothing else is known.
    pub unknown: u32,
}

/// A saved key that nothing could be done with, so that it was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "PassedOver", rename_all = "camelCase")]
pub struct NamedKey {
    pub account_name: String,
    pub key_name: String,
}

impl From<PassedOver> for NamedKey {
    fn from(passed_over: PassedOver) -> Self {
        Self {
            account_name: passed_over.account_name,
            key_name: passed_over.key_name,
        }
    }
}

/// What was put back into an emptied keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PutBack {
    pub secrets: u32,
    pub sealed_only: u32,
    /// Saved keys whose secret could neither be found nor put right.
    pub passed_over: Vec<NamedKey>,
}

impl From<PutBackReport> for PutBack {
    fn from(report: PutBackReport) -> Self {
        Self {
            secrets: count(report.secrets),
            sealed_only: count(report.sealed_only),
            passed_over: report.passed_over.into_iter().map(Into::into).collect(),
        }
    }
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

impl BackupTrouble {
    /// The words are those that the workflows leave in the records: `kind()` of what went wrong.
    pub fn of_kind(kind: &str) -> Self {
        match kind {
            "folder_missing" => Self::FolderMissing,
            "no_access" => Self::NoAccess,
            "not_a_folder" => Self::FolderIsAFile,
            "read_only_disk" => Self::ReadOnlyDisk,
            "path_too_long" => Self::PathTooLong,
            "not_readable" => Self::NotReadable,
            "left_behind" => Self::LeftBehind,
            "disk_full" | "low_on_space" => Self::DiskFull,
            "io" => Self::FolderFails,
            "not_the_same" => Self::NotTheSame,
            "too_large" => Self::TooLarge,
            "passphrase" => Self::Passphrase,
            "no_keychain" | "no_bus" | "no_answer" | "given_up" | "stopped" => Self::KeychainSilent,
            "locked" | "dismissed" | "screen_locked" | "no_default" | "no_database"
            | "cannot_ask" => Self::KeychainLocked,
            "denied" | "blocked" | "not_signed_in" | "not_signed" => Self::KeychainRefused,
            "password_out_of_date"
            | "missing"
            | "read_only"
            | "damaged"
            | "full"
            | "changed"
            | "ambiguous"
            | "does_not_fit"
            | "not_understood"
            | "save_not_confirmed"
            | "broken" => Self::KeychainBroken,
            "identity_missing" | "other_identity" | "bad_sealing_key" => Self::SealingKey,
            "records_damaged" | "records_unreadable" | "records_closed" | "database" => {
                Self::Records
            }
            _ => Self::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vault::backup::WriteError;
    use vault::{KeychainError, RecordsError, SealedError};

    #[test]
    fn what_stops_a_backup_has_a_name_of_its_own() {
        let said = String::from("the system's words");
        for (stopped_by, trouble) in [
            (WriteError::FolderMissing, BackupTrouble::FolderMissing),
            (WriteError::NoAccess(said.clone()), BackupTrouble::NoAccess),
            (WriteError::NotAFolder, BackupTrouble::FolderIsAFile),
            (WriteError::ReadOnlyDisk, BackupTrouble::ReadOnlyDisk),
            (WriteError::PathTooLong, BackupTrouble::PathTooLong),
            (
                WriteError::NotReadable(said.clone()),
                BackupTrouble::NotReadable,
            ),
            (WriteError::LeftBehind, BackupTrouble::LeftBehind),
            (WriteError::DiskFull, BackupTrouble::DiskFull),
            (WriteError::Io(said.clone()), BackupTrouble::FolderFails),
            (WriteError::NotTheSame, BackupTrouble::NotTheSame),
            (WriteError::TooLarge, BackupTrouble::TooLarge),
        ] {
            assert_eq!(
                BackupTrouble::of_kind(stopped_by.kind()),
                trouble,
                "{stopped_by}"
            );
        }
        for (stopped_by, trouble) in [
            (SealedError::IdentityMissing, BackupTrouble::SealingKey),
            (SealedError::OtherIdentity, BackupTrouble::SealingKey),
            (SealedError::BadKey, BackupTrouble::SealingKey),
        ] {
            assert_eq!(
                BackupTrouble::of_kind(stopped_by.kind()),
                trouble,
                "{stopped_by}"
            );
        }
        for stopped_by in [
            RecordsError::Damaged,
            RecordsError::Unreadable(said.clone()),
            RecordsError::Closed,
            RecordsError::Database(said),
        ] {
            let trouble = BackupTrouble::of_kind(stopped_by.kind());
            assert_eq!(trouble, BackupTrouble::Records, "{stopped_by}");
        }
        assert_eq!(
            BackupTrouble::of_kind("passphrase"),
            BackupTrouble::Passphrase
        );
        assert_eq!(BackupTrouble::of_kind("other"), BackupTrouble::Internal);
    }

    #[test]
    fn no_situation_of_the_keychain_is_taken_for_a_fault_of_the_program() {
        for situation in KeychainError::SITUATIONS {
            let trouble = BackupTrouble::of_kind(situation.kind());
            assert_ne!(trouble, BackupTrouble::Internal, "{situation}");
        }
        let of = |situation: KeychainError| BackupTrouble::of_kind(situation.kind());
        assert_eq!(of(KeychainError::Locked), BackupTrouble::KeychainLocked);
        assert_eq!(of(KeychainError::NoAnswer), BackupTrouble::KeychainSilent);
        assert_eq!(of(KeychainError::Blocked), BackupTrouble::KeychainRefused);
        assert_eq!(of(KeychainError::Damaged), BackupTrouble::KeychainBroken);
    }
}
