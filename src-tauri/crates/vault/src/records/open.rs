//! Opening a data folder, whatever state it is in.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::safekeeping;
use super::{Records, RecordsError, schema};
use crate::Tag;

/// The database's file name in the data folder.
pub(super) const FILE: &str = "records.db";
const LOCK: &str = "records.lock";

/// Records that are open, and what the user should be told about it.
#[derive(Debug)]
pub struct Opened {
    /// The records.
    pub records: Records,
    /// Set when opening was not the ordinary case.
    pub notice: Option<OpenNotice>,
}

/// What happened while opening that the user should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenNotice {
    /// The database was broken or gone, and a copy was opened in its place. What happened after the copy was taken is not in it;
    /// secrets saved since then are still in the keychain.
    Restored {
        /// When the copy was taken.
        copy_taken_at: Timestamp,
        /// Where the broken files were put; `None` when there were none.
        set_aside: Option<PathBuf>,
    },
    /// The database was broken and there was no good copy: the records are empty.
    StartedEmpty {
        /// Where the broken files were put.
        set_aside: PathBuf,
    },
    /// The records are sound, but today's copy of them could not be made.
    NoCopyMade(RecordsError),
}

/// An open connection, and the lock that keeps other processes out while it is open.
pub(super) struct Held {
    pub(super) connection: Connection,
    _lock: File,
}

/// What the database file is like.
enum Found {
    Sound,
    Nothing,
    Broken,
}

pub(super) fn open(folder: &Path) -> Result<(Held, Option<OpenNotice>), RecordsError> {
    make_private(folder)?;
    let lock = lock(folder)?;
    let file = folder.join(FILE);
    let mut notice = match examine(&file)? {
        Found::Sound => None,
        Found::Nothing => restore(folder, None)?,
        Found::Broken => {
            let set_aside = safekeeping::set_aside(folder)?;
            restore(folder, Some(set_aside))?
        }
    };
    let mut connection = connect(&file)?;
    let copied = safekeeping::copy_if_due(folder, &connection);
    schema::migrate(&mut connection)?;
    connection.execute(
        "INSERT OR IGNORE INTO folder (only, id) VALUES (1, ?1)",
        [Tag::random()],
    )?;
    if let Err(error) = copied {
        notice.get_or_insert(OpenNotice::NoCopyMade(error));
    }
    Ok((
        Held {
            connection,
            _lock: lock,
        },
        notice,
    ))
}

/// Puts the newest good copy in the place of the database, if there is one.
fn restore(folder: &Path, set_aside: Option<PathBuf>) -> Result<Option<OpenNotice>, RecordsError> {
    let restored =
        safekeeping::restore_newest(folder, |copy| matches!(examine(copy), Ok(Found::Sound)))?;
    Ok(match (restored, set_aside) {
        (Some(copy_taken_at), set_aside) => Some(OpenNotice::Restored {
            copy_taken_at,
            set_aside,
        }),
        (None, Some(set_aside)) => Some(OpenNotice::StartedEmpty { set_aside }),
        (None, None) => None,
    })
}

fn lock(folder: &Path) -> Result<File, RecordsError> {
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(LOCK))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(RecordsError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Looks at a database without changing it. Only damage in the file itself counts as broken: a disk that cannot be read, a
/// missing permission or a newer layout are errors, and the file stays where it is.
fn examine(file: &Path) -> Result<Found, RecordsError> {
    match fs::metadata(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error.into()),
        Ok(metadata) if !metadata.is_file() => {
            return Err(RecordsError::NoAccess(format!(
                "{} is not a file",
                file.display()
            )));
        }
        // What a full disk or a sync program leaves behind; also the instant between making the file and filling it.
        Ok(metadata) if metadata.len() == 0 => return Ok(Found::Nothing),
        Ok(_) => {}
    }
    let look = || -> Result<(i64, bool), RecordsError> {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let version = schema::version(&connection)?;
        let verdict: String =
            connection.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
        Ok((version, verdict == "ok"))
    };
    match look() {
        Ok((found, _)) if found > schema::newest() => Err(RecordsError::Newer {
            found,
            known: schema::newest(),
        }),
        Ok((0, true)) => Ok(Found::Nothing),
        Ok((_, true)) => Ok(Found::Sound),
        Ok((_, false)) | Err(RecordsError::Damaged) => Ok(Found::Broken),
        Err(error) => Err(error),
    }
}

fn connect(file: &Path) -> Result<Connection, RecordsError> {
    let connection = Connection::open(file)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    if cfg!(target_os = "macos") {
        // There, an ordinary fsync leaves the data in the drive's own buffer.
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    }
    Ok(connection)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> Result<(), RecordsError> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    Ok(())
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> Result<(), RecordsError> {
    fs::create_dir_all(folder)?;
    Ok(())
}
