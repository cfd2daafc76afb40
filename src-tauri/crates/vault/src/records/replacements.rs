//! Keys that are being replaced: an old one that still works, and the new one that is to take its place.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use terms::{AccountSid, KeySid};

use super::convert::{Utc, words};
use super::{Records, RecordsError};

words! {
    /// How it is known that the new key is in use.
    #[derive(serde::Serialize)]
    #[cfg_attr(feature = "types", derive(specta::Type))]
    #[serde(rename_all = "camelCase")]
    pub enum InUse {
        /// Twilio's lists have something that the subaccount sent after the new key was handed over.
        Seen = "seen",
        /// The user said so.
        Said = "said",
    }
}

/// A key that is being replaced, or was. It is forgotten with the credential of its new key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The key that is to go.
    pub old_key: KeySid,
    /// The key that takes its place; its secret is saved here.
    pub new_key: KeySid,
    /// Whose they are.
    pub account: AccountSid,
    /// When the new key's secret arrived.
    pub begun_at: Timestamp,
    /// When Twilio was last asked whether anything was sent since the new key was handed over.
    pub looked_at: Option<Timestamp>,
    /// Since when the new key is known to be in use, and how.
    pub in_use: Option<(Timestamp, InUse)>,
    /// When the old key was deleted.
    pub ended_at: Option<Timestamp>,
}

impl Replacement {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let time = |column| {
            Ok::<_, rusqlite::Error>(row.get::<_, Option<Utc>>(column)?.map(|time| time.0))
        };
        Ok(Self {
            old_key: row.get("old_key")?,
            new_key: row.get("new_key")?,
            account: row.get("account")?,
            begun_at: row.get::<_, Utc>("begun_at")?.0,
            looked_at: time("looked_at")?,
            in_use: time("in_use_at")?.zip(row.get("in_use")?),
            ended_at: time("ended_at")?,
        })
    }
}

/// The new key is sealed: from here on there are two.
pub(super) fn begin(
    transaction: &Transaction<'_>,
    old_key: &KeySid,
    new_key: &KeySid,
    account: &AccountSid,
    at: Timestamp,
) -> Result<(), RecordsError> {
    transaction.execute(
        "INSERT OR REPLACE INTO replacement (old_key, new_key, account, begun_at) VALUES (?1, ?2, ?3, ?4)",
        params![old_key, new_key, account, Utc(at)],
    )?;
    Ok(())
}

impl Records {
    /// Records that Twilio was asked whether anything was sent since the new key was handed over.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn mark_looked(&self, old_key: KeySid, at: Timestamp) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE replacement SET looked_at = ?2 WHERE old_key = ?1",
                params![old_key, Utc(at)],
            )?;
            Ok(())
        })
        .await
    }

    /// Records that the new key is in use. What was seen is not replaced by what was said.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn mark_in_use(
        &self,
        old_key: KeySid,
        at: Timestamp,
        how: InUse,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE replacement SET in_use_at = ?2, in_use = ?3 WHERE old_key = ?1 AND in_use IS NULL",
                params![old_key, Utc(at), how],
            )?;
            Ok(())
        })
        .await
    }

    /// Records that the old key was deleted.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn end_replacement(
        &self,
        old_key: KeySid,
        at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE replacement SET ended_at = coalesce(ended_at, ?2) WHERE old_key = ?1",
                params![old_key, Utc(at)],
            )?;
            Ok(())
        })
        .await
    }

    /// The replacement of this key, also one that has ended.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn replacement(&self, old_key: KeySid) -> Result<Option<Replacement>, RecordsError> {
        self.read(move |connection| {
            let row = connection.query_row(
                "SELECT * FROM replacement WHERE old_key = ?1",
                [old_key],
                Replacement::from_row,
            );
            Ok(row.optional()?)
        })
        .await
    }

    /// All replacements, those that began last first.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn replacements(&self) -> Result<Vec<Replacement>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM replacement ORDER BY begun_at DESC, old_key")?;
            let rows = statement.query_map([], Replacement::from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }
}
