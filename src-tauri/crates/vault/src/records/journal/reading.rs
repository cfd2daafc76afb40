//! What the journal is asked.

use rusqlite::{Connection, OptionalExtension as _};
use terms::AccountSid;

use super::super::{Records, RecordsError};
use super::{Entry, EntryId};

pub(super) fn load(connection: &Connection, id: EntryId) -> Result<Entry, RecordsError> {
    connection
        .query_row("SELECT * FROM journal WHERE id = ?1", [id], Entry::from_row)
        .optional()?
        .ok_or(RecordsError::NoSuchEntry(id))
}

impl Records {
    /// All entries with something left to do, oldest first.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn open_entries(&self) -> Result<Vec<Entry>, RecordsError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM unfinished ORDER BY id")?;
            let rows = statement.query_map([], Entry::from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// One entry.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchEntry`]
    pub async fn entry(&self, id: EntryId) -> Result<Entry, RecordsError> {
        self.read(move |connection| load(connection, id)).await
    }

    /// All entries of one account, oldest first: its own, and those of its keys.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn entries_of(&self, account: AccountSid) -> Result<Vec<Entry>, RecordsError> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM journal WHERE account = ?1 ORDER BY id")?;
            let rows = statement.query_map([account], Entry::from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }
}
