//! Backup files: written beside their place, synced, renamed, and then opened again and compared.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use age::armor::Format;
use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use super::document::{BadDocument, Document};
use super::known::{KnownBackups, secrets_of};
use super::{Series, Stage};
use crate::memory;
use crate::recovery::{NotOpened, Passphrase, TypedPassphrase, decrypt, decrypt_typed, encrypt};
use crate::{durable, private};

/// The largest backup that is read, in bytes: a thousand times a usual one.
pub const LARGEST: usize = 256 * 1024 * 1024;

/// So many times its size is in memory while a backup is opened: as it is, decrypted, and as what is in it.
const TIMES_ITS_SIZE: u64 = 4;

/// How every age file begins, as bytes and as text.
const BEGINNINGS: [&[u8]; 2] = [
    b"age-encryption.org/v1\n",
    b"-----BEGIN AGE ENCRYPTED FILE-----",
];

/// Why a backup was not made. Earlier backups are as they were.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The folder is not there: a stick that was taken out, a folder that was renamed.
    #[error("the folder is not there")]
    FolderMissing,
    /// The folder or disk cannot be written to.
    #[error("the folder cannot be written to: {0}")]
    NoAccess(String),
    /// There is a file where the folder should be.
    #[error("a file is in the place of the folder")]
    NotAFolder,
    /// The disk can be read only.
    #[error("the disk can only be read")]
    ReadOnlyDisk,
    /// The name is longer than the system takes.
    #[error("the name is too long")]
    PathTooLong,
    /// The folder's or file's name is no text, so that it could not be remembered.
    #[error("the name is not Unicode")]
    NotUnicode,
    /// The folder takes files and does not give them back, so that they cannot be compared. What was written was removed again.
    #[error("what was written cannot be read: {0}")]
    NotReadable(String),
    /// What was written could not be compared, nor removed again.
    #[error("what was written is not known to be good, and cannot be removed")]
    LeftBehind,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The system's own words for a failed write.
    #[error("writing failed: {0}")]
    Io(String),
    /// What was read back is not what was written. The file was removed again.
    #[error("the backup did not read back as it was written")]
    NotTheSame,
    /// It was stopped.
    #[error("the backup was stopped")]
    Stopped,
    /// There is more to keep than a backup takes.
    #[error("the backup would be too large")]
    TooLarge,
}

impl WriteError {
    /// The situation in one word, stable, for the records.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::FolderMissing => "folder_missing",
            Self::NoAccess(_) => "no_access",
            Self::NotAFolder => "not_a_folder",
            Self::ReadOnlyDisk => "read_only_disk",
            Self::PathTooLong => "path_too_long",
            Self::NotUnicode => "not_unicode",
            Self::NotReadable(_) => "not_readable",
            Self::LeftBehind => "left_behind",
            Self::DiskFull => "disk_full",
            Self::Io(_) => "io",
            Self::NotTheSame => "not_the_same",
            Self::Stopped => "stopped",
            Self::TooLarge => "too_large",
        }
    }
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::FolderMissing,
            ErrorKind::PermissionDenied => Self::NoAccess(error.to_string()),
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyDisk,
            ErrorKind::NotADirectory => Self::NotAFolder,
            ErrorKind::InvalidFilename => Self::PathTooLong,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::DiskFull
            }
            _ => Self::Io(error.to_string()),
        }
    }
}

/// Why a file cannot be restored. Nothing was changed.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRestorable {
    /// The file is not there or cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// It did not open.
    #[error(transparent)]
    NotOpened(#[from] NotOpened),
    /// It opened, and what is inside cannot be used.
    #[error(transparent)]
    BadDocument(#[from] BadDocument),
    /// It was made in practice mode, and what is open is not that.
    #[error("the backup was made in practice mode")]
    OfPracticeMode,
    /// It was made of a real account, and what is open is practice mode.
    #[error("the backup is of a real account")]
    OfARealAccount,
}

/// A backup that was written, opened and compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// Where it is.
    pub path: PathBuf,
    /// How large it is, in bytes.
    pub size: u64,
    /// Whether the folder said that it had reached the disk. Many network folders cannot be asked.
    pub settled: bool,
}

/// Writes a backup into `folder` and says it is done only when the file was opened again and holds the same, byte for byte.
/// Older backups of the series that are past their time are removed after that, but none with a secret that newer ones lack. `known`
/// is what is remembered of backups. Blocks for some seconds.
///
/// # Errors
/// See [`WriteError`]. The folder is as it was, but after [`WriteError::LeftBehind`].
pub fn write(
    folder: &Path,
    series: &Series,
    passphrase: &Passphrase,
    document: &Document,
    known: &mut KnownBackups,
    stop: &AtomicBool,
    tell: &dyn Fn(Stage),
) -> Result<BackupFile, WriteError> {
    if !fs::metadata(folder)?.is_dir() {
        return Err(WriteError::NotAFolder);
    }
    let go_on = || match stop.load(Ordering::Relaxed) {
        true => Err(WriteError::Stopped),
        false => Ok(()),
    };
    go_on()?;
    tell(Stage::Encrypting);
    let plain = document
        .to_json()
        .map_err(|error| WriteError::Io(error.to_string()))?;
    if plain.len() > LARGEST {
        return Err(WriteError::TooLarge);
    }
    let file = encrypt(passphrase, &plain, Format::Binary)?;
    go_on()?;
    tell(Stage::Writing);
    series.remove_partials(folder);
    let (made_at, path) = free_name(folder, series, document.made_at);
    let settled = place(&series.partial().within(folder), &path, &file)?;
    let compared = go_on().and_then(|()| {
        tell(Stage::Comparing);
        compare(&path, passphrase, &plain)
    });
    if let Err(error) = compared {
        // What is not known to be good must not count as a backup.
        return Err(removed_again(&path, error));
    }
    let secrets = secrets_of(document);
    known.note(&file, secrets.clone());
    known.note_last(path.display().to_string(), document, settled);
    series.rotate(folder, (made_at, &path), &secrets, known, |bytes| {
        let plain = decrypt(passphrase, bytes, LARGEST).ok()?;
        Some(secrets_of(&Document::parse(&plain).ok()?))
    });
    Ok(BackupFile {
        path,
        size: u64::try_from(file.len()).unwrap_or(u64::MAX),
        settled,
    })
}

/// A name that nothing has: two backups may be made within a second.
fn free_name(folder: &Path, series: &Series, made_at: Timestamp) -> (Timestamp, PathBuf) {
    const MOST: i64 = 60;
    let at = |seconds| made_at.saturating_add(SignedDuration::from_secs(seconds));
    let named = |at: Timestamp| (at, folder.join(series.name(at)));
    let mut names = (0..MOST).filter_map(|seconds| at(seconds).ok()).map(named);
    names
        .find(|(_, path)| fs::symlink_metadata(path).is_err())
        .unwrap_or_else(|| named(made_at))
}

/// Removes a file that was named and is not known to be good.
pub(crate) fn removed_again(path: &Path, error: WriteError) -> WriteError {
    match private::remove_if_there(path) {
        Ok(()) => error,
        Err(_) => WriteError::LeftBehind,
    }
}

/// A backup that was opened.
#[derive(Debug)]
pub struct OpenedBackup {
    /// What is in it.
    pub document: Document,
    /// The passphrase that a folder takes over which has none.
    pub passphrase: Passphrase,
}

/// Opens a backup with what was typed. Blocks for about a second for each form of it that is tried, or longer for a file that was made
/// with more work.
///
/// # Errors
/// See [`NotRestorable`].
pub fn open(bytes: &[u8], typed: &TypedPassphrase) -> Result<OpenedBackup, NotRestorable> {
    if !looks_like_a_backup(bytes) {
        return Err(NotOpened::OtherFile.into());
    }
    let (plain, passphrase) = decrypt_typed(typed, bytes, LARGEST)?;
    Ok(OpenedBackup {
        document: Document::parse(&plain)?,
        passphrase: typed.to_be_set(passphrase),
    })
}

/// Whether these bytes begin as an age file does. Tells a wrong file before a passphrase is asked for.
pub fn looks_like_a_backup(bytes: &[u8]) -> bool {
    BEGINNINGS
        .iter()
        .any(|beginning| bytes.starts_with(beginning))
}

impl BackupFile {
    /// The bytes of a file that may be a backup.
    ///
    /// # Errors
    /// [`NotRestorable::Unreadable`], or [`NotOpened::TooLarge`].
    pub fn read(path: &Path) -> Result<Vec<u8>, NotRestorable> {
        let unreadable = |error: io::Error| NotRestorable::Unreadable(error.to_string());
        // A pipe or a device would be read for ever.
        let metadata = fs::metadata(path).map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(NotRestorable::Unreadable("it is not a file".to_owned()));
        }
        let needed = metadata.len().saturating_mul(TIMES_ITS_SIZE);
        if memory::free().is_some_and(|free| needed > free) {
            return Err(NotOpened::TooMuchMemory { needed }.into());
        }
        let file = File::open(path).map_err(unreadable)?;
        let limit = u64::try_from(LARGEST).map_or(u64::MAX, |most| most.saturating_add(1));
        let mut bytes = Vec::new();
        file.take(limit)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        if bytes.len() > LARGEST {
            return Err(NotOpened::TooLarge.into());
        }
        Ok(bytes)
    }
}

/// Writes to `partial`, which lies beside `path`, for its owner alone, syncs, and only then gives the file its name. Answers whether the
/// folder said that it had reached the disk: one that cannot be asked, or be opened, keeps the file all the same.
pub(crate) fn place(partial: &Path, path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    let folder = path.parent().ok_or(WriteError::FolderMissing)?;
    let mut file = private::new_file(partial)?;
    let named = (|| -> io::Result<bool> {
        file.write_all(bytes)?;
        let settled = durable::sync_file(&file)?;
        drop(file);
        durable::rename(partial, path)?;
        Ok(settled)
    })();
    match named {
        Ok(settled) => Ok(settled && matches!(durable::sync_folder(folder), Ok(true))),
        Err(error) => {
            let _ = fs::remove_file(partial);
            Err(error.into())
        }
    }
}

fn compare(path: &Path, passphrase: &Passphrase, plain: &[u8]) -> Result<(), WriteError> {
    let bytes = read_back(path)?;
    let again: Zeroizing<Vec<u8>> =
        decrypt(passphrase, &bytes, LARGEST).map_err(|_| WriteError::NotTheSame)?;
    if again.as_slice() == plain && Document::parse(&again).is_ok() {
        Ok(())
    } else {
        Err(WriteError::NotTheSame)
    }
}

/// What is in a file that was written a moment ago.
pub(crate) fn read_back(path: &Path) -> Result<Vec<u8>, WriteError> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => WriteError::NotReadable(error.to_string()),
        _ => error.into(),
    })
}
