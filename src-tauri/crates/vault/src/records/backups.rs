//! Which backups were tried, and which readable files are still to be deleted.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use super::convert::Utc;
use super::{Records, RecordsError};

/// So many tries are remembered.
const REMEMBERED: u32 = 100;

/// A backup that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRun {
    /// When.
    pub at: Timestamp,
    /// The file; the folder where none was made.
    pub file: String,
    /// How many credentials are in it with their secret.
    pub credentials: u32,
    /// What stopped it, in one word; `None` for one that was opened and compared.
    pub problem: Option<String>,
}

impl BackupRun {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            at: row.get::<_, Utc>("at")?.0,
            file: row.get("file")?,
            credentials: row.get("credentials")?,
            problem: row.get("problem")?,
        })
    }
}

/// A file with readable secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainExport {
    /// Where it is.
    pub file: String,
    /// When it was written.
    pub written_at: Timestamp,
}

impl Records {
    /// Remembers a backup that was tried.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn note_backup(&self, run: BackupRun) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "INSERT INTO backup (at, file, credentials, problem) VALUES (?1, ?2, ?3, ?4)",
                params![Utc(run.at), run.file, run.credentials, run.problem],
            )?;
            // The last good one is never forgotten, however many failed since.
            transaction.execute(
                "DELETE FROM backup WHERE id <= (SELECT max(id) FROM backup) - ?1
                     AND id <> (SELECT coalesce(max(id), 0) FROM backup WHERE problem IS NULL)",
                [REMEMBERED],
            )?;
            Ok(())
        })
        .await
    }

    /// The last backup that was opened and compared, and the last that was tried.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn last_backups(
        &self,
    ) -> Result<(Option<BackupRun>, Option<BackupRun>), RecordsError> {
        self.read(|connection| {
            let last = |rest: &str| {
                let select = format!("SELECT * FROM backup {rest} ORDER BY id DESC LIMIT 1");
                connection
                    .query_row(&select, [], BackupRun::from_row)
                    .optional()
            };
            Ok((last("WHERE problem IS NULL")?, last("")?))
        })
        .await
    }

    /// Remembers that a readable file is to be deleted. To be called before it is written.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn note_plain_export(&self, export: PlainExport) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO plain_export VALUES (?1, ?2)",
                params![export.file, Utc(export.written_at)],
            )?;
            Ok(())
        })
        .await
    }

    /// The readable files that are still to be deleted, oldest first.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn plain_exports(&self) -> Result<Vec<PlainExport>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM plain_export ORDER BY written_at, file")?;
            let rows = statement.query_map([], |row| {
                Ok(PlainExport {
                    file: row.get("file")?,
                    written_at: row.get::<_, Utc>("written_at")?.0,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Forgets a readable file, because it is gone or the user keeps it.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn forget_plain_export(&self, file: String) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute("DELETE FROM plain_export WHERE file = ?1", [file])?;
            Ok(())
        })
        .await
    }
}
