//! Looking at the records while they are in use, for somebody who wants to know whether they are sound.

use jiff::Timestamp;

use super::{Records, RecordsError, snapshots};

/// What looking at the records found, where they are sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Examination {
    /// How many rolling copies there are.
    pub copies: usize,
    /// When the newest of them was taken.
    pub newest_copy: Option<Timestamp>,
}

impl Records {
    /// Reads the whole database and checks that it is sound: every page, every index, every reference between rows.
    ///
    /// # Errors
    /// [`RecordsError::Damaged`] where it is not; or what the disk answered.
    pub async fn examine(&self) -> Result<Examination, RecordsError> {
        let folder = self.folder().to_owned();
        self.read(move |connection| {
            // Both answer rows only about what is wrong, but that the first says "ok" where nothing is.
            let verdict: String =
                connection.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
            let mut dangling = connection.prepare("PRAGMA foreign_key_check")?;
            if verdict != "ok" || dangling.exists([])? {
                return Err(RecordsError::Damaged);
            }
            let copies = snapshots::copies(&folder)?;
            Ok(Examination {
                copies: copies.len(),
                newest_copy: copies.last().map(|(mark, _)| mark.at),
            })
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sound_records_say_how_many_copies_there_are() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(folder.path()).await.unwrap().records;
        let found = records.examine().await.unwrap();
        assert_eq!((found.copies, found.newest_copy), (0, None));
        let copies = folder.path().join("copies");
        std::fs::create_dir_all(&copies).unwrap();
        for name in [
            "records 2026-11-20T10-00-00.5Z.db",
            "records 2026-11-21T10-00-00Z.db",
            "else",
        ] {
            std::fs::write(copies.join(name), "x").unwrap();
        }
        let found = records.examine().await.unwrap();
        assert_eq!(found.copies, 2);
        assert_eq!(found.newest_copy, "2026-11-21T10:00:00Z".parse().ok());
    }

    #[tokio::test]
    async fn an_index_that_misses_a_row_is_damage() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(folder.path()).await.unwrap().records;
        let spoilt = records.write(|transaction| {
            transaction.execute_batch(
                "INSERT INTO activity (at, what, detail) VALUES ('2026-11-20T10:00:00Z', 'connected', '');
                 PRAGMA writable_schema = ON;
                 UPDATE sqlite_schema SET sql = 'CREATE INDEX activity_of_account ON activity (what)'
                     WHERE name = 'activity_of_account';
                 PRAGMA writable_schema = RESET;",
            )?;
            Ok(())
        });
        spoilt.await.unwrap();
        assert_eq!(records.examine().await, Err(RecordsError::Damaged));
    }
}
