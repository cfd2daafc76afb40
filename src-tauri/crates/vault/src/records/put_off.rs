//! What its user wants to be told of on a later day.

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::convert::{Utc, readable};
use super::{Records, RecordsError};

/// Something that needs attention and was put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    /// What it is, as those who show it name it.
    pub task: String,
    /// Until when nothing is said of it.
    pub until: Timestamp,
    /// Why, in its user's words; empty where they gave none.
    pub reason: String,
}

impl PutOff {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            task: row.get("task")?,
            until: row.get::<_, Utc>("until")?.0,
            reason: row.get("reason")?,
        })
    }
}

impl Records {
    /// Puts something off, in place of an earlier day.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn put_off(&self, put_off: PutOff) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO put_off (task, until, reason) VALUES (?1, ?2, ?3)",
                params![put_off.task, Utc(put_off.until), put_off.reason],
            )?;
            Ok(())
        })
        .await
    }

    /// Puts something off no longer.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn take_up(&self, task: &str) -> Result<(), RecordsError> {
        let task = task.to_owned();
        self.write(move |transaction| {
            transaction.execute("DELETE FROM put_off WHERE task = ?1", [task])?;
            Ok(())
        })
        .await
    }

    /// All that was put off, also until a day that has come.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn all_put_off(&self) -> Result<Vec<PutOff>, RecordsError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM put_off ORDER BY until, task")?;
            Ok(readable(statement.query_map([], PutOff::from_row)?)?)
        })
        .await
    }
}
