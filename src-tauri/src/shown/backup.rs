//! Recovery and backups for the window.

use vault::backup::Stage;
use vault::recovery::{Strength, Weakness};
use workflows::{PlainFile, PutBackReport, RestoreReport};

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

/// The words are those that the workflows leave in the records.
pub fn backup_trouble(kind: &str) -> BackupTrouble {
    match kind {
        "folder_missing" => BackupTrouble::FolderMissing,
        "no_access" => BackupTrouble::NoAccess,
        "disk_full" => BackupTrouble::DiskFull,
        "not_the_same" => BackupTrouble::NotTheSame,
        "passphrase" => BackupTrouble::Passphrase,
        "no_safe"
        | "locked"
        | "dismissed"
        | "no_answer"
        | "blocked"
        | "not_signed_in"
        | "password_out_of_date"
        | "unopenable"
        | "not_signed"
        | "identity_missing" => BackupTrouble::Keychain,
        _ => BackupTrouble::Other,
    }
}

pub fn good_backup(run: vault::BackupRun) -> wire::GoodBackup {
    wire::GoodBackup {
        at: time(run.at),
        file: run.file,
        keys: run.credentials,
    }
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
    }
}

pub fn put_back(report: PutBackReport) -> wire::PutBack {
    wire::PutBack {
        secrets: count(report.secrets),
        sealed_only: count(report.sealed_only),
        lost: count(report.lost),
    }
}
