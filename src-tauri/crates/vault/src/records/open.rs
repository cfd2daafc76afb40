//! Opening a data folder, whatever state it is in.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use terms::Tag;

use super::database::{FILE, alone, connect, within};
use super::notice::OpenNotice;
use super::snapshots;
use super::{Records, RecordsError, disk, log, rekeying, restore_note, salvage, schema};
use crate::private;

const LOCK: &str = "records.lock";

/// Records that are open, and what the user should be told about it.
#[derive(Debug)]
pub struct Opened {
    /// The records.
    pub records: Records,
    /// Set when opening was not the ordinary case.
    pub notice: Option<OpenNotice>,
}

/// An open connection, and the lock that keeps other processes out while it is open.
pub(super) struct Held {
    pub(super) connection: Connection,
    _lock: File,
}

/// What the database file is like.
pub(super) enum Found {
    Sound,
    Nothing,
    Broken,
}

pub(super) fn open(folder: &Path) -> Result<(Held, Option<OpenNotice>), RecordsError> {
    open_as_it_is(folder).map_err(|error| disk::explained(folder, error))
}

fn open_as_it_is(folder: &Path) -> Result<(Held, Option<OpenNotice>), RecordsError> {
    private::folder(folder)?;
    for name in [LOCK, FILE, "records.db-wal", "records.db-journal"] {
        private::check_owner(&folder.join(name))?;
    }
    let lock = lock(folder)?;
    private::repair_all_in(folder);
    let file = folder.join(FILE);
    disk::check_locks(&file)?;
    let set_aside = match examine(&file)? {
        Found::Sound => None,
        Found::Nothing if snapshots::has_lost_something(folder)? => {
            snapshots::set_aside(folder)?;
            snapshots::replace(folder, is_sound)?
        }
        Found::Nothing => snapshots::replace(folder, is_sound)?,
        Found::Broken => {
            snapshots::set_aside(folder)?;
            snapshots::replace(folder, is_sound)?
        }
    };
    let mut connection = connect(&file)?;
    // A copy of records that lack what can be brought over would be the newest, and the next restore would miss it.
    let mut copied = if schema::version(&connection)? > 0
        && restore_note::not_salvaged(&connection)?.is_some()
    {
        Ok(())
    } else {
        snapshots::copy_if_due(folder, &connection)
    };
    schema::migrate(&mut connection)?;
    if let Some(set_aside) = set_aside {
        restore_note::note_started_empty(&connection, &within(folder, &set_aside))?;
    }
    if let Some(readable) = restore_note::not_salvaged(&connection)? {
        salvage::bring_over(&mut connection, folder, &folder.join(readable))?;
    }
    if restore_note::lacks_copy(&connection)? {
        copied = snapshots::copy(folder, &connection)
            .and_then(|()| restore_note::note_copied(&connection));
    }
    connection.execute(
        "INSERT OR IGNORE INTO folder (only, id) VALUES (1, ?1)",
        [Tag::random()],
    )?;
    // What a kill left of a change of the passphrase. Where it cannot be done now, it is done later.
    let _ = rekeying::remove_if_due(folder, &connection);
    let mut notice = restore_note::notice(&connection, folder)?;
    if let Err(error) = copied {
        notice.get_or_insert(OpenNotice::NoCopyMade(error));
    }
    tidy(&connection);
    Ok((
        Held {
            connection,
            _lock: lock,
        },
        notice,
    ))
}

fn is_sound(copy: &Path) -> bool {
    matches!(examine(copy), Ok(Found::Sound))
}

/// Brings the log into the database, so that the file by itself is whole. Where that fails the log still has everything.
pub(super) fn tidy(connection: &Connection) {
    let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}

fn lock(folder: &Path) -> Result<File, RecordsError> {
    let lock = private::opened_or_new_file(&folder.join(LOCK))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(RecordsError::InUse),
        Err(TryLockError::Error(error)) => Err(disk::no_lock(error)),
    }
}

/// Looks at a database without changing it, but for undoing what a killed program left half-done. Only damage in the file itself counts as broken: a disk that cannot be read, a
/// missing permission or a newer layout are errors, and the file stays where it is.
pub(super) fn examine(file: &Path) -> Result<Found, RecordsError> {
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
    let look = || -> Result<(i64, bool, bool), RecordsError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = alone(Connection::open_with_flags(file, flags)?)?;
        let version = schema::version(&connection)?;
        let verdict: String =
            connection.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
        let tables = "SELECT EXISTS (SELECT 1 FROM sqlite_schema)";
        let has_tables: bool = connection.query_row(tables, [], |row| row.get(0))?;
        let is_known = (1..=schema::newest()).contains(&version);
        let is_whole = verdict == "ok"
            && !log::says_impossible_size(file)?
            && schema::is_readable_again(&connection)?
            && (!is_known || schema::is_intact(&connection, version)?)
            && (version != schema::newest() || salvage::rows_are_sound(&connection)?);
        Ok((version, has_tables, is_whole))
    };
    match look() {
        Ok((found, ..)) if found > schema::newest() => Err(RecordsError::Newer {
            found,
            known: schema::newest(),
        }),
        Ok((0, false, true)) => Ok(Found::Nothing),
        // Tables of no layout: the number that says which was spoilt. A copy must not be written over them.
        Ok((..=0, ..)) => Ok(Found::Broken),
        Ok((.., true)) => Ok(Found::Sound),
        Ok((.., false)) | Err(RecordsError::Damaged) => Ok(Found::Broken),
        Err(error) => Err(error),
    }
}
