//! What the user chose, by name. The values are JSON texts; whoever stores one knows its type.

use rusqlite::{OptionalExtension as _, params};

use super::{Records, RecordsError};

/// Under this name is kept what the lock of this computer has to know at the next start.
pub const LOCK_PREFERENCE: &str = "lock";

/// Under this name is kept who may open this computer's connections on their way.
pub const INSPECTION_PREFERENCE: &str = "inspection";

impl Records {
    /// The value stored under `name`.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn preference(&self, name: &str) -> Result<Option<String>, RecordsError> {
        let name = name.to_owned();
        self.read(move |connection| {
            let value = connection.query_row(
                "SELECT value FROM preference WHERE name = ?1",
                [name],
                |row| row.get(0),
            );
            Ok(value.optional()?)
        })
        .await
    }

    /// All values by name, for a backup.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn preferences(&self) -> Result<Vec<(String, String)>, RecordsError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT name, value FROM preference ORDER BY name")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Stores `value` under `name`.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn set_preference(&self, name: &str, value: &str) -> Result<(), RecordsError> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.write(move |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO preference VALUES (?1, ?2)",
                params![name, value],
            )?;
            Ok(())
        })
        .await
    }
}
