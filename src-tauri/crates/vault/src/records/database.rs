//! The database file, and a connection to it that nobody shares.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::RecordsError;
use crate::private;

/// Its name in the data folder.
pub(super) const FILE: &str = "records.db";

/// As it is noted inside the database: a folder may be moved, and its name need not be text.
pub(super) fn within(folder: &Path, set_aside: &Path) -> PathBuf {
    set_aside
        .strip_prefix(folder)
        .unwrap_or(set_aside)
        .to_owned()
}

pub(super) fn connect(file: &Path) -> Result<Connection, RecordsError> {
    // SQLite gives the files beside it the rights that this one has.
    drop(private::opened_or_new_file(file)?);
    let connection = alone(Connection::open(file)?)?;
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

/// The folder's lock keeps everybody else out, so SQLite needs no memory shared between processes: one file less that a failing
/// disk can spoil. And the log is only ever removed after it was seen to be in the database: closing a connection whose disk
/// failed must not decide that.
pub(super) fn alone(connection: Connection) -> Result<Connection, RecordsError> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}
