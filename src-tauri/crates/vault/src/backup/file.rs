//! Backup files: written beside their place, synced, renamed, and then opened again and compared.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use age::armor::Format;
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::document::{BadDocument, Document};
use super::{Series, Stage};
use crate::recovery::{NotOpened, Passphrase, TypedPassphrase, decrypt, decrypt_typed, encrypt};

/// The largest backup that is read, in bytes: a thousand times a usual one.
pub const LARGEST: usize = 256 * 1024 * 1024;

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
            ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::NotADirectory => Self::NoAccess(error.to_string()),
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
}

/// Writes a backup into `folder` and says it is done only when the file was opened again and holds the same, byte for byte.
/// Older backups of the series beyond [`KEPT`](super::KEPT) are removed after that. Blocks for some seconds.
///
/// # Errors
/// See [`WriteError`]. The folder is as it was.
pub fn write(
    folder: &Path,
    series: &Series,
    passphrase: &Passphrase,
    document: &Document,
    stop: &AtomicBool,
    tell: &dyn Fn(Stage),
) -> Result<BackupFile, WriteError> {
    if !fs::metadata(folder)?.is_dir() {
        return Err(WriteError::FolderMissing);
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
    let path = folder.join(series.name(document.made_at));
    place(&series.partial().within(folder), &path, &file)?;
    let compared = go_on().and_then(|()| {
        tell(Stage::Comparing);
        compare(&path, passphrase, &plain)
    });
    if let Err(error) = compared {
        // What is not known to be good must not count as a backup.
        let _ = fs::remove_file(&path);
        return Err(error);
    }
    series.rotate(folder, &path);
    Ok(BackupFile {
        path,
        size: u64::try_from(file.len()).unwrap_or(u64::MAX),
    })
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

/// Writes to `partial`, which lies beside `path`, syncs, and only then gives the file its name.
pub(crate) fn place(partial: &Path, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = path.parent().ok_or(WriteError::FolderMissing)?;
    let mut file = new_for_the_owner_only(partial)?;
    let written = (|| -> io::Result<()> {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(partial, path)?;
        sync_folder(folder)
    })();
    if let Err(error) = written {
        let _ = fs::remove_file(partial);
        return Err(error.into());
    }
    Ok(())
}

fn compare(path: &Path, passphrase: &Passphrase, plain: &[u8]) -> Result<(), WriteError> {
    let bytes = fs::read(path)?;
    let again: Zeroizing<Vec<u8>> =
        decrypt(passphrase, &bytes, LARGEST).map_err(|_| WriteError::NotTheSame)?;
    if again.as_slice() == plain && Document::parse(&again).is_ok() {
        Ok(())
    } else {
        Err(WriteError::NotTheSame)
    }
}

/// A new file that only its owner may read, where the system knows such a thing. Whatever is there already, a file of another's or a
/// link, is left alone.
fn new_for_the_owner_only(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Makes a rename durable where the folder's file system can be asked to; network and cloud folders often cannot.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        outcome => outcome,
    }
}

/// Windows has no such call; its file system journals renames itself.
#[cfg(not(unix))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the other systems' version can fail"
)]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// When a file of this name was made, if it is a backup's name.
pub(super) fn made_at(stamp: &str) -> Option<Timestamp> {
    jiff::fmt::strtime::parse(super::rotation::STAMP, stamp)
        .ok()?
        .to_datetime()
        .ok()
        .and_then(|time| jiff::tz::TimeZone::UTC.to_timestamp(time).ok())
}
