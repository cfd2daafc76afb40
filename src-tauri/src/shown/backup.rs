//! Recovery and backups for the window.

use vault::backup::Stage;
use vault::recovery::{Strength, Weakness};
use workflows::{Missing, MissingKey, PassedOver, PlainFile, PutBackReport, RestoreReport};

use super::subaccounts::{count, time};
use crate::wire::{self, BackupTrouble};

pub fn strength(strength: Strength) -> wire::PassphraseStrength {
    wire::PassphraseStrength {
        score: strength.score,
        accepted: strength.is_accepted(),
        weakness: strength.weakness.map(|weakness| match weakness {
            Weakness::KeyboardRow => wire::Weakness::KeyboardRow,
            Weakness::Repetition => wire::Weakness::Repetition,
            Weakness::Sequence => wire::Weakness::Sequence,
            Weakness::CommonPassword => wire::Weakness::CommonPassword,
            Weakness::OneWord => wire::Weakness::OneWord,
            Weakness::Date => wire::Weakness::Date,
            Weakness::Name => wire::Weakness::Name,
        }),
    }
}

pub fn backup_stage(stage: Stage) -> wire::BackupStage {
    match stage {
        Stage::Gathering => wire::BackupStage::Gathering,
        Stage::Encrypting => wire::BackupStage::Encrypting,
        Stage::Writing => wire::BackupStage::Writing,
        Stage::Comparing => wire::BackupStage::Comparing,
    }
}

/// The words are those that the workflows leave in the records: `kind()` of what went wrong.
pub fn backup_trouble(kind: &str) -> BackupTrouble {
    match kind {
        "folder_missing" => BackupTrouble::FolderMissing,
        "no_access" => BackupTrouble::NoAccess,
        "not_a_folder" => BackupTrouble::FolderIsAFile,
        "read_only_disk" => BackupTrouble::ReadOnlyDisk,
        "path_too_long" => BackupTrouble::PathTooLong,
        "not_readable" => BackupTrouble::NotReadable,
        "left_behind" => BackupTrouble::LeftBehind,
        "disk_full" | "low_on_space" => BackupTrouble::DiskFull,
        "io" => BackupTrouble::FolderFails,
        "not_the_same" => BackupTrouble::NotTheSame,
        "too_large" => BackupTrouble::TooLarge,
        "passphrase" => BackupTrouble::Passphrase,
        "no_safe" | "no_bus" | "no_answer" | "given_up" | "stopped" => {
            BackupTrouble::KeychainSilent
        }
        "locked" | "dismissed" | "screen_locked" | "no_default" | "no_database" | "cannot_ask" => {
            BackupTrouble::KeychainLocked
        }
        "denied" | "blocked" | "not_signed_in" | "not_signed" => BackupTrouble::KeychainRefused,
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
        | "broken" => BackupTrouble::KeychainBroken,
        "identity_missing" | "other_identity" | "bad_sealing_key" => BackupTrouble::SealingKey,
        "records_damaged" | "records_unreadable" | "records_closed" | "database" => {
            BackupTrouble::Records
        }
        _ => BackupTrouble::Internal,
    }
}

pub fn good_backup(run: vault::BackupRun, missing: Missing, settled: bool) -> wire::GoodBackup {
    wire::GoodBackup {
        at: time(run.at),
        file: run.file,
        keys: run.credentials,
        settled,
        missing: wire::MissingKeys {
            unread: missing_keys(missing.unread),
            saved_since: missing_keys(missing.saved_since),
            unknown: count(missing.unknown),
        },
    }
}

fn missing_keys(keys: Vec<MissingKey>) -> Vec<wire::PassedOver> {
    keys.into_iter()
        .map(|key| wire::PassedOver {
            account_name: key.account_name,
            key_name: key.key_name,
        })
        .collect()
}

pub fn plain_file(file: PlainFile) -> wire::PlainFile {
    wire::PlainFile {
        file: file.file,
        written_at: time(file.written_at),
        due: file.due,
    }
}

pub fn restored(report: RestoreReport) -> wire::Restored {
    wire::Restored {
        made_at: time(report.made_at),
        keys: count(report.keys),
        already_here: count(report.already_here),
        without_secret: count(report.without_secret),
        of_other_account: count(report.of_other_account),
    }
}

pub fn put_back(report: PutBackReport) -> wire::PutBack {
    wire::PutBack {
        secrets: count(report.secrets),
        sealed_only: count(report.sealed_only),
        passed_over: passed_over(report.passed_over),
    }
}

pub fn passed_over(keys: Vec<PassedOver>) -> Vec<wire::PassedOver> {
    keys.into_iter()
        .map(|key| wire::PassedOver {
            account_name: key.account_name,
            key_name: key.key_name,
        })
        .collect()
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
            assert_eq!(backup_trouble(stopped_by.kind()), trouble, "{stopped_by}");
        }
        for (stopped_by, trouble) in [
            (SealedError::IdentityMissing, BackupTrouble::SealingKey),
            (SealedError::OtherIdentity, BackupTrouble::SealingKey),
            (SealedError::BadKey, BackupTrouble::SealingKey),
        ] {
            assert_eq!(backup_trouble(stopped_by.kind()), trouble, "{stopped_by}");
        }
        for stopped_by in [
            RecordsError::Damaged,
            RecordsError::Unreadable(said.clone()),
            RecordsError::Closed,
            RecordsError::Database(said),
        ] {
            let trouble = backup_trouble(stopped_by.kind());
            assert_eq!(trouble, BackupTrouble::Records, "{stopped_by}");
        }
        assert_eq!(backup_trouble("passphrase"), BackupTrouble::Passphrase);
        assert_eq!(backup_trouble("other"), BackupTrouble::Internal);
    }

    #[test]
    fn no_situation_of_the_keychain_is_taken_for_a_fault_of_the_program() {
        for situation in KeychainError::SITUATIONS {
            let trouble = backup_trouble(situation.kind());
            assert_ne!(trouble, BackupTrouble::Internal, "{situation}");
        }
        let of = |situation: KeychainError| backup_trouble(situation.kind());
        assert_eq!(of(KeychainError::Locked), BackupTrouble::KeychainLocked);
        assert_eq!(of(KeychainError::NoAnswer), BackupTrouble::KeychainSilent);
        assert_eq!(of(KeychainError::Blocked), BackupTrouble::KeychainRefused);
        assert_eq!(of(KeychainError::Damaged), BackupTrouble::KeychainBroken);
    }
}
