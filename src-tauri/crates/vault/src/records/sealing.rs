//! What sealing needs to know about a data folder.

use super::{Records, RecordsError};

/// The data folder as sealed copies see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealing {
    /// Names the folder's identity in the keychain ([`Item::SealingIdentity`](crate::Item::SealingIdentity)). Made once.
    pub id: String,
    /// The public half that secrets are sealed to, once there is one.
    pub recipient: Option<String>,
}

impl Records {
    /// The folder's id and recipient.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn sealing(&self) -> Result<Sealing, RecordsError> {
        self.read(|connection| {
            let read = |row: &rusqlite::Row<'_>| {
                Ok(Sealing {
                    id: row.get("id")?,
                    recipient: row.get("recipient")?,
                })
            };
            Ok(connection.query_row("SELECT id, recipient FROM folder", [], read)?)
        })
        .await
    }

    /// Records the recipient unless there is one, and answers the one that holds.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn record_recipient(&self, recipient: String) -> Result<String, RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE folder SET recipient = ?1 WHERE recipient IS NULL",
                [recipient],
            )?;
            Ok(transaction.query_row("SELECT recipient FROM folder", [], |row| row.get(0))?)
        })
        .await
    }

    /// Records another recipient in place of the one that is recorded.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn replace_recipient(&self, recipient: String) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute("UPDATE folder SET recipient = ?1", [recipient])?;
            Ok(())
        })
        .await
    }
}
