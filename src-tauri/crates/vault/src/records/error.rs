//! What can go wrong with the records.

use std::path::PathBuf;

use rusqlite::{ErrorCode, ffi};

use super::journal::{EntryId, Stage};
use crate::private::NotPrivate;

/// Why the records could not be read or written. Unless said otherwise, nothing was changed.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordsError {
    /// The database was written by a newer version of the program. It was not touched.
    #[error("the records have layout {found}, and this program knows layouts up to {known}")]
    Newer {
        /// The layout of the file.
        found: i64,
        /// The newest layout this program knows.
        known: i64,
    },
    /// Another running copy of the program uses the folder.
    #[error("the records are in use by another copy of the program")]
    InUse,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// Too little free space to begin something; nothing has failed yet.
    #[error("only {free} bytes are free on the disk")]
    LowOnSpace {
        /// Bytes free for this user.
        free: u64,
    },
    /// The folder or a file in it cannot be opened or written.
    #[error("the folder of the records cannot be used: {0}")]
    NoAccess(String),
    /// The folder, or a file in it, belongs to another user of this computer. It was not touched.
    #[error("{} belongs to another user", .0.display())]
    NotYours(PathBuf),
    /// There is a file where the folder should be.
    #[error("a file is in the place of a folder: {0}")]
    NotAFolder(String),
    /// The disk can be read only.
    #[error("the disk can only be read: {0}")]
    ReadOnlyDisk(String),
    /// The disk knows no locks, so that two programs could write at the same time.
    #[error("the disk has no file locks: {0}")]
    NoLocks(String),
    /// The folder's path is longer than the system or SQLite takes.
    #[error("the path is too long: {0}")]
    PathTooLong(String),
    /// The file was damaged while the program ran. The next start sets it aside and opens the newest good copy.
    #[error("the records are damaged")]
    Damaged,
    /// A value in the database is not what it should be.
    #[error("the records hold a value that cannot be read: {0}")]
    Unreadable(String),
    /// No journal entry has this id.
    #[error("there is no journal entry {0}")]
    NoSuchEntry(EntryId),
    /// The journal does not go from one stage to the other for this intent.
    #[error("a journal entry cannot go from {from:?} to {to:?}")]
    WrongStep {
        /// The stage the entry is in.
        from: Stage,
        /// The stage that was asked for.
        to: Stage,
    },
    /// What was to be recorded belongs to another account or key than the journal entry.
    #[error("this belongs to another journal entry")]
    WrongEntry,
    /// No credential of this key is saved here.
    #[error("no credential of this key is saved here")]
    NoSuchCredential,
    /// The records were closed.
    #[error("the records are closed")]
    Closed,
    /// The system's own words for a failed read or write.
    #[error("reading or writing failed: {0}")]
    Io(String),
    /// Anything else, in SQLite's words.
    #[error("the database failed: {0}")]
    Database(String),
}

impl RecordsError {
    /// The situation in one word, stable, for the window.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Newer { .. } => "records_newer",
            Self::InUse => "records_in_use",
            Self::DiskFull => "disk_full",
            Self::LowOnSpace { .. } => "low_on_space",
            Self::NoAccess(_) => "no_access",
            Self::NotYours(_) => "not_yours",
            Self::NotAFolder(_) => "not_a_folder",
            Self::ReadOnlyDisk(_) => "read_only_disk",
            Self::NoLocks(_) => "no_locks",
            Self::PathTooLong(_) => "path_too_long",
            Self::Damaged => "records_damaged",
            Self::Unreadable(_) => "records_unreadable",
            Self::NoSuchEntry(_) => "no_such_entry",
            Self::WrongStep { .. } => "wrong_step",
            Self::WrongEntry => "wrong_entry",
            Self::NoSuchCredential => "no_such_credential",
            Self::Closed => "records_closed",
            Self::Io(_) => "io",
            Self::Database(_) => "database",
        }
    }
}

impl From<rusqlite::Error> for RecordsError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..) => Self::Unreadable(error.to_string()),
            other => match other.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => Self::DiskFull,
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                    Self::NoAccess(error.to_string())
                }
                Some(ErrorCode::FileLockingProtocolFailed | ErrorCode::NoLargeFileSupport) => {
                    Self::NoLocks(error.to_string())
                }
                Some(ErrorCode::SystemIoFailure) if is_of_locks(other) => {
                    Self::NoLocks(error.to_string())
                }
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse,
                Some(ErrorCode::SystemIoFailure) => Self::Io(error.to_string()),
                _ => Self::Database(error.to_string()),
            },
        }
    }
}

/// SQLite's codes for a lock that the disk does not give: <https://sqlite.org/rescode.html#ioerr_lock>.
fn is_of_locks(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    matches!(
        code,
        Some(
            ffi::SQLITE_IOERR_LOCK
                | ffi::SQLITE_IOERR_RDLOCK
                | ffi::SQLITE_IOERR_UNLOCK
                | ffi::SQLITE_IOERR_CHECKRESERVEDLOCK
        )
    )
}

impl From<std::io::Error> for RecordsError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let text = error.to_string();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyDisk(text),
            ErrorKind::NotADirectory => Self::NotAFolder(text),
            ErrorKind::InvalidFilename => Self::PathTooLong(text),
            ErrorKind::PermissionDenied | ErrorKind::IsADirectory => Self::NoAccess(text),
            _ => Self::Io(text),
        }
    }
}

impl From<NotPrivate> for RecordsError {
    fn from(error: NotPrivate) -> Self {
        match error {
            NotPrivate::NotYours(path) => Self::NotYours(path),
            NotPrivate::NotAFolder(path) => Self::NotAFolder(path.display().to_string()),
            NotPrivate::Io(error) => error.into(),
        }
    }
}
