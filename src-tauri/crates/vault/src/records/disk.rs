//! The disk under the records.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;

use super::convert::Utc;
use super::{Records, RecordsError};
use crate::private;

/// What has to be free before anything is created at Twilio, in bytes.
pub const LEAST_FREE: u64 = 10 * 1024 * 1024;

/// What [`try_out`] writes: a name of its own, so that nothing of anybody's is in its way.
const TRIAL_FILE: &str = "written to try the disk.tmp";
/// SQLite's own limit for the path of a database on Unix, with what is added to it for its log, in bytes:
/// `MAX_PATHNAME` in <https://sqlite.org/src/file/src/os_unix.c>.
const LONGEST_PATH: usize = 512 - "/records.db-journal".len();
/// As much as a few pages of the database, in bytes.
const TRIAL_SIZE: usize = 64 * 1024;

/// Bytes free for this user on the disk that holds `folder`.
///
/// # Errors
/// When there is no such folder, or the system does not tell.
pub fn free_space(folder: &Path) -> Result<u64, RecordsError> {
    // Windows would answer for the drive.
    fs::metadata(folder)?;
    Ok(fs4::available_space(folder)?)
}

/// Writes a file into `folder`, syncs it, reads it back and removes it. Blocks as long as the disk does.
///
/// # Errors
/// [`RecordsError::NoAccess`] where the folder cannot be written to, [`RecordsError::DiskFull`], or what else the disk answered; also
/// where it gives back something else than was written.
pub fn try_out(folder: &Path) -> Result<(), RecordsError> {
    let file = folder.join(TRIAL_FILE);
    let outcome = write_and_read(&file);
    match (outcome, fs::remove_file(&file)) {
        (Ok(()), removed) => Ok(removed?),
        // What went wrong first says more.
        (Err(error), _) => Err(error),
    }
}

fn write_and_read(file: &Path) -> Result<(), RecordsError> {
    let written: Vec<u8> = (0..TRIAL_SIZE).map(|_| rand::random()).collect();
    private::remove_if_there(file)?;
    let mut open = private::new_file(file)?;
    open.write_all(&written)?;
    open.sync_all()?;
    drop(open);
    if fs::read(file)? == written {
        Ok(())
    } else {
        Err(RecordsError::Io(
            "what was read is not what was written".to_owned(),
        ))
    }
}

/// What a folder's disk says more exactly than SQLite does, which knows neither a quota nor a long path, and has one word for all
/// that it may not do.
pub(super) fn explained(folder: &Path, error: RecordsError) -> RecordsError {
    if !matches!(error, RecordsError::NoAccess(_) | RecordsError::Io(_)) {
        return error;
    }
    if cfg!(unix) && folder.as_os_str().len() > LONGEST_PATH {
        return RecordsError::PathTooLong(folder.display().to_string());
    }
    match try_out(folder) {
        Err(
            clearer @ (RecordsError::DiskFull
            | RecordsError::ReadOnlyDisk(_)
            | RecordsError::NotAFolder(_)
            | RecordsError::PathTooLong(_)),
        ) => clearer,
        _ => error,
    }
}

/// The answer of a disk that was asked for a lock and gave none, though nobody has it.
pub(super) fn no_lock(error: io::Error) -> RecordsError {
    #[cfg(unix)]
    let unknown = error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error());
    // ERROR_INVALID_FUNCTION: <https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499->
    #[cfg(windows)]
    let unknown = error.raw_os_error() == Some(1);
    let kind = error.kind();
    if unknown
        || matches!(
            kind,
            io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
        )
    {
        RecordsError::NoLocks(error.to_string())
    } else {
        error.into()
    }
}

/// Whether the disk gives the locks that SQLite asks for, which are of another kind than the folder's: SQLite takes a disk
/// without them for one on which somebody else has the database open. To be called before it is opened: closing a file gives up
/// every such lock that this process has on it.
#[cfg(unix)]
pub(super) fn check_locks(database: &Path) -> Result<(), RecordsError> {
    use rustix::fs::FlockOperation;
    use rustix::io::Errno;
    let Ok(file) = fs::File::options().read(true).write(true).open(database) else {
        return Ok(());
    };
    match rustix::fs::fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        // Somebody else has it, which SQLite finds out by itself.
        Err(Errno::AGAIN | Errno::ACCESS) | Ok(()) => Ok(()),
        Err(error) => Err(no_lock(error.into())),
    }
}

#[cfg(not(unix))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the other systems' version can fail"
)]
pub(super) fn check_locks(_: &Path) -> Result<(), RecordsError> {
    Ok(())
}

impl Records {
    /// Whether a creation may begin: at least [`LEAST_FREE`] bytes are free and a synced write works. A full disk then cannot
    /// come between Twilio's answer and its place in the journal.
    ///
    /// # Errors
    /// [`RecordsError::LowOnSpace`], or what the write failed with.
    pub async fn check_disk(&self) -> Result<(), RecordsError> {
        let folder = self.folder().to_owned();
        self.write(move |transaction| {
            let free = free_space(&folder)?;
            if free < LEAST_FREE {
                return Err(RecordsError::LowOnSpace { free });
            }
            transaction.execute("UPDATE folder SET checked_at = ?1", [Utc(Timestamp::now())])?;
            Ok(())
        })
        .await
    }
}
