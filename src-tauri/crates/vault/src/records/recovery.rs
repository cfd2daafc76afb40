//! What the recovery passphrase opens, and what opens it.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::convert::Utc;
use super::{Records, RecordsError};

/// The recovery passphrase as the records know it. Neither half can be read without the keychain or the passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// The folder's sealing identity, encrypted to the passphrase: an armoured age file.
    pub wrapped_identity: String,
    /// The passphrase, encrypted to the sealing identity: an armoured age file. Daily backups are made with it.
    pub sealed_passphrase: String,
    /// The public half of that identity.
    pub recipient: String,
    /// When the passphrase was set.
    pub set_at: Timestamp,
}

impl Recovery {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            wrapped_identity: row.get("wrapped_identity")?,
            sealed_passphrase: row.get("sealed_passphrase")?,
            recipient: row.get("recipient")?,
            set_at: row.get::<_, Utc>("set_at")?.0,
        })
    }
}

impl Records {
    /// The recovery passphrase's two halves, once one is set.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn recovery(&self) -> Result<Option<Recovery>, RecordsError> {
        self.read(|connection| {
            Ok(connection
                .query_row("SELECT * FROM recovery", [], Recovery::from_row)
                .optional()?)
        })
        .await
    }

    /// Records another passphrase in place of the one before.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn save_recovery(&self, recovery: Recovery) -> Result<(), RecordsError> {
        self.write(move |transaction| replace(transaction, &recovery))
            .await
    }
}

/// Puts another in the place of the one before, inside a transaction.
pub(super) fn replace(
    transaction: &Transaction<'_>,
    recovery: &Recovery,
) -> Result<(), RecordsError> {
    transaction.execute(
        "INSERT OR REPLACE INTO recovery (only, wrapped_identity, sealed_passphrase, recipient, set_at)
         VALUES (1, ?1, ?2, ?3, ?4)",
        params![
            recovery.wrapped_identity,
            recovery.sealed_passphrase,
            recovery.recipient,
            Utc(recovery.set_at)
        ],
    )?;
    Ok(())
}
