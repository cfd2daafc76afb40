//! The saved keys that Twilio refused when they were last tried. Kept among the preferences of this computer: what another one
//! restores, it tries for itself.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::credentials::update;
use super::{Records, RecordsError};
use crate::KeyId;

/// The preference they are kept under: when, by key.
pub(crate) const NAME: &str = "refused_keys";

type Refused = BTreeMap<String, Timestamp>;

/// One that cannot be read is as good as none: the next try finds out again.
fn read(connection: &Connection) -> Result<Refused, RecordsError> {
    let text: Option<String> = connection
        .query_row(
            "SELECT value FROM preference WHERE name = ?1",
            [NAME],
            |row| row.get(0),
        )
        .optional()?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

fn write(transaction: &Transaction<'_>, refused: &Refused) -> Result<(), RecordsError> {
    let text = serde_json::to_string(refused)
        .map_err(|error| RecordsError::Unreadable(error.to_string()))?;
    transaction.execute(
        "INSERT OR REPLACE INTO preference VALUES (?1, ?2)",
        params![NAME, text],
    )?;
    Ok(())
}

/// That the key works after all.
pub(super) fn forget(transaction: &Transaction<'_>, key: &KeyId) -> Result<(), RecordsError> {
    let mut refused = read(transaction)?;
    match refused.remove(key.as_str()) {
        Some(_) => write(transaction, &refused),
        None => Ok(()),
    }
}

impl Records {
    /// Records that Twilio itself refused the key when it was tried: that it once worked is not true any more, and it is not tried
    /// again by itself.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`], or what the write failed with.
    pub async fn mark_refused(&self, key: KeyId, at: Timestamp) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            update(
                transaction,
                "UPDATE credential SET proved_at = NULL WHERE key = ?1",
                [&key],
            )?;
            transaction.execute("DELETE FROM proof_due WHERE key = ?1", [&key])?;
            let mut refused = read(transaction)?;
            refused.insert(key.as_str().to_owned(), at);
            write(transaction, &refused)
        })
        .await
    }

    /// The keys that Twilio refused when they were last tried, and when that was.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn refused_keys(&self) -> Result<Vec<(KeyId, Timestamp)>, RecordsError> {
        self.read(|connection| {
            let refused = read(connection)?;
            Ok(refused
                .into_iter()
                .map(|(key, at)| (KeyId::new(key), at))
                .collect())
        })
        .await
    }
}
