//! API keys as they were last seen at Twilio.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use terms::{AccountSid, KeySid, Region};

use super::convert::{Utc, readable, utc};
use super::subaccounts::{list_read_at, note_list_read};
use super::{Records, RecordsError};

/// An API key at Twilio, whether or not its secret is saved here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwilioKey {
    /// Its SID.
    pub key: KeySid,
    /// Where it is.
    pub region: Region,
    /// Its friendly name; empty where it has none.
    pub name: String,
    /// When it was created, if Twilio said so.
    pub created_at: Option<Timestamp>,
}

impl TwilioKey {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get("key")?,
            region: row.get("region")?,
            name: row.get("name")?,
            created_at: row.get::<_, Option<Utc>>("created_at")?.map(|time| time.0),
        })
    }
}

fn list(account: &AccountSid) -> String {
    format!("keys {account}")
}

/// Writes one as it was seen at `seen_at`, unless something newer is known.
pub(super) fn upsert(
    transaction: &Transaction<'_>,
    account: &AccountSid,
    key: &TwilioKey,
    seen_at: Timestamp,
) -> Result<(), RecordsError> {
    transaction
        .prepare_cached(
            "INSERT INTO twilio_key (key, account, name, created_at, seen_at, region) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (key) DO UPDATE SET
                 account = excluded.account, name = excluded.name, seen_at = excluded.seen_at, region = excluded.region,
                 created_at = coalesce(excluded.created_at, created_at)
             WHERE excluded.seen_at >= seen_at",
        )?
        .execute(params![key.key, account, key.name, utc(key.created_at), Utc(seen_at), key.region])?;
    Ok(())
}

impl Records {
    /// Replaces the keys of one account by a list read from Twilio, in one transaction. `read_at` is when the reading *began*: keys
    /// written here since then stay.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn replace_keys(
        &self,
        account: AccountSid,
        keys: Vec<TwilioKey>,
        read_at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            for key in &keys {
                upsert(transaction, &account, key, read_at)?;
            }
            transaction.execute(
                "DELETE FROM twilio_key WHERE account = ?1 AND seen_at < ?2",
                params![account, Utc(read_at)],
            )?;
            note_list_read(transaction, &list(&account), read_at)
        })
        .await
    }

    /// Takes in keys of a list that could not be read whole, in one transaction. What it is without is left as it is: it may be among
    /// what could not be read.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn take_in_keys(
        &self,
        account: AccountSid,
        keys: Vec<TwilioKey>,
        read_at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            for key in &keys {
                upsert(transaction, &account, key, read_at)?;
            }
            note_list_read(transaction, &list(&account), read_at)
        })
        .await
    }

    /// Records that a key has another name at Twilio, also of one that is saved here.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn rename_key(
        &self,
        account: AccountSid,
        key: TwilioKey,
        seen_at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            upsert(transaction, &account, &key, seen_at)?;
            transaction.execute(
                "UPDATE credential SET key_name = ?2 WHERE key = ?1",
                params![key.key, key.name],
            )?;
            Ok(())
        })
        .await
    }

    /// Forgets a key that was deleted at Twilio, and that is not saved here.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn forget_key(&self, key: KeySid) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute("DELETE FROM twilio_key WHERE key = ?1", [key])?;
            Ok(())
        })
        .await
    }

    /// The keys of one account by name, and when their list was last read.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn keys(
        &self,
        account: AccountSid,
    ) -> Result<(Vec<TwilioKey>, Option<Timestamp>), RecordsError> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM twilio_key WHERE account = ?1 ORDER BY name, key")?;
            let keys = readable(statement.query_map([&account], TwilioKey::from_row)?)?;
            Ok((keys, list_read_at(connection, &list(&account))?))
        })
        .await
    }

    /// When the keys of each account were last read, for the accounts whose keys were.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn keys_read_at(&self) -> Result<Vec<(AccountSid, Timestamp)>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT substr(list, 6), read_at FROM list_read WHERE list LIKE 'keys %'",
            )?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Utc>(1)?.0)))?;
            Ok(readable(rows)?)
        })
        .await
    }

    /// The keys of all accounts, by account and name.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn all_keys(&self) -> Result<Vec<(AccountSid, TwilioKey)>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM twilio_key ORDER BY account, name, key")?;
            let rows = statement.query_map([], |row| {
                Ok((row.get("account")?, TwilioKey::from_row(row)?))
            })?;
            Ok(readable(rows)?)
        })
        .await
    }
}
