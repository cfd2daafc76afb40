//! Subaccounts as they were last seen at Twilio.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use terms::{AccountSid, AccountStatus};

use super::convert::{Utc, readable, utc};
use super::{Records, RecordsError};

/// A subaccount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subaccount {
    /// Its Account SID.
    pub account: AccountSid,
    /// The connected account that it is of, where that is known.
    pub parent: Option<AccountSid>,
    /// Its friendly name.
    pub name: String,
    /// Its status.
    pub status: AccountStatus,
    /// When it was created, if Twilio said so.
    pub created_at: Option<Timestamp>,
    /// Since when Twilio's list has been without it. It is kept because a credential of it is saved here or it is part of
    /// something unfinished. Not read when it is written.
    pub missing_since: Option<Timestamp>,
}

impl Subaccount {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            account: row.get("account")?,
            parent: row.get("parent")?,
            name: row.get("name")?,
            status: row.get("status")?,
            created_at: row.get::<_, Option<Utc>>("created_at")?.map(|time| time.0),
            missing_since: row
                .get::<_, Option<Utc>>("missing_since")?
                .map(|time| time.0),
        })
    }
}

/// Writes one as it was seen at `seen_at`, unless something newer is known. Saved credentials follow its name. One whose name could not be
/// read keeps the name it had.
pub(super) fn upsert(
    transaction: &Transaction<'_>,
    subaccount: &Subaccount,
    seen_at: Timestamp,
) -> Result<(), RecordsError> {
    let changed = transaction
        .prepare_cached(
            "INSERT INTO subaccount (account, name, status, created_at, seen_at, parent) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (account) DO UPDATE SET
                 name = coalesce(nullif(excluded.name, ''), name),
                 status = excluded.status, seen_at = excluded.seen_at, missing_since = NULL,
                 created_at = coalesce(excluded.created_at, created_at),
                 parent = coalesce(excluded.parent, parent)
             WHERE excluded.seen_at >= seen_at",
        )?
        .execute(params![
            subaccount.account,
            subaccount.name,
            subaccount.status,
            utc(subaccount.created_at),
            Utc(seen_at),
            subaccount.parent
        ])?;
    if changed > 0 && !subaccount.name.is_empty() {
        transaction
            .prepare_cached(
                "UPDATE credential SET account_name = ?2 WHERE account = ?1 AND account_name <> ?2",
            )?
            .execute(params![subaccount.account, subaccount.name])?;
    }
    Ok(())
}

/// When a whole list was last read.
pub(super) fn list_read_at(
    connection: &Connection,
    list: &str,
) -> Result<Option<Timestamp>, RecordsError> {
    let read_at: Option<Utc> = connection
        .query_row(
            "SELECT read_at FROM list_read WHERE list = ?1",
            [list],
            |row| row.get(0),
        )
        .optional()?;
    Ok(read_at.map(|time| time.0))
}

pub(super) fn note_list_read(
    transaction: &Transaction<'_>,
    list: &str,
    read_at: Timestamp,
) -> Result<(), RecordsError> {
    transaction.execute(
        "INSERT OR REPLACE INTO list_read VALUES (?1, ?2)",
        params![list, Utc(read_at)],
    )?;
    Ok(())
}

impl Records {
    /// Replaces the list by one read from Twilio, in one transaction. `read_at` is when the reading *began*: what was written
    /// here since then is newer than the list and stays.
    ///
    /// Subaccounts that the list is without are removed, except those with a saved credential or an unfinished journal
    /// entry: they stay, marked as missing.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn replace_subaccounts(
        &self,
        rows: Vec<Subaccount>,
        read_at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            for row in &rows {
                upsert(transaction, row, read_at)?;
            }
            // Whatever the list holds has just been seen at read_at or later.
            transaction.execute(
                "DELETE FROM subaccount WHERE seen_at < ?1
                     AND account NOT IN (SELECT account FROM credential)
                     AND account NOT IN (SELECT account FROM unfinished WHERE account IS NOT NULL)",
                [Utc(read_at)],
            )?;
            transaction.execute(
                "UPDATE subaccount SET missing_since = ?1 WHERE seen_at < ?1 AND missing_since IS NULL",
                [Utc(read_at)],
            )?;
            note_list_read(transaction, "subaccounts", read_at)
        })
        .await
    }

    /// Takes in rows of a list that could not be read whole, in one transaction. What it is without is left as it is: it may be among
    /// what could not be read.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn take_in_subaccounts(
        &self,
        rows: Vec<Subaccount>,
        read_at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            for row in &rows {
                upsert(transaction, row, read_at)?;
            }
            note_list_read(transaction, "subaccounts", read_at)
        })
        .await
    }

    /// Lets what was seen after this time count as seen long ago: the computer's clock was ahead then, and what is read now is newer.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn forget_sightings_after(&self, now: Timestamp) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            for table in ["subaccount", "twilio_key"] {
                transaction.execute(
                    &format!("UPDATE {table} SET seen_at = ?1 WHERE seen_at > ?2"),
                    params![Utc(Timestamp::UNIX_EPOCH), Utc(now)],
                )?;
            }
            Ok(())
        })
        .await
    }

    /// Writes one subaccount as it was seen at `seen_at`.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn upsert_subaccount(
        &self,
        subaccount: Subaccount,
        seen_at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| upsert(transaction, &subaccount, seen_at))
            .await
    }

    /// All subaccounts by name, and when the whole list was last read.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn subaccounts(&self) -> Result<(Vec<Subaccount>, Option<Timestamp>), RecordsError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM subaccount ORDER BY name, account")?;
            let rows = readable(statement.query_map([], Subaccount::from_row)?)?;
            Ok((rows, list_read_at(connection, "subaccounts")?))
        })
        .await
    }

    /// One subaccount.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn subaccount(
        &self,
        account: AccountSid,
    ) -> Result<Option<Subaccount>, RecordsError> {
        self.read(move |connection| {
            let row = connection.query_row(
                "SELECT * FROM subaccount WHERE account = ?1",
                [account],
                Subaccount::from_row,
            );
            Ok(row.optional()?)
        })
        .await
    }
}
