//! The account that is connected.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use terms::{AccountSid, Money};

use super::activity::ActivityKind;
use super::convert::{Amount, Utc, utc};
use super::{Records, RecordsError};

/// The connected parent account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Its Account SID.
    pub account: AccountSid,
    /// Its friendly name.
    pub name: String,
    /// Twilio's word for the kind of account, as `Full` or `Trial`.
    pub kind: String,
    /// When it was connected here.
    pub connected_at: Timestamp,
    /// Its balance, when last read.
    pub balance: Option<Money>,
    /// When it was last read.
    pub refreshed_at: Option<Timestamp>,
}

impl Connection {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let amount = row.get::<_, Option<Amount>>("balance_amount")?;
        let currency = row.get::<_, Option<String>>("balance_currency")?;
        Ok(Self {
            account: row.get("account")?,
            name: row.get("name")?,
            kind: row.get("kind")?,
            connected_at: row.get::<_, Utc>("connected_at")?.0,
            balance: amount
                .zip(currency)
                .map(|(Amount(amount), currency)| Money { amount, currency }),
            refreshed_at: row
                .get::<_, Option<Utc>>("refreshed_at")?
                .map(|time| time.0),
        })
    }
}

/// An amount and its currency, in a column each.
fn columns(money: Option<Money>) -> (Option<Amount>, Option<String>) {
    money
        .map(|money| (Amount(money.amount), money.currency))
        .unzip()
}

/// Forgets what was read from Twilio. Subaccounts with a saved credential stay known by name.
fn forget_cache(transaction: &Transaction<'_>) -> Result<(), RecordsError> {
    transaction.execute_batch(
        "DELETE FROM subaccount WHERE account NOT IN (SELECT account FROM credential);
         DELETE FROM twilio_key;
         DELETE FROM spend;
         DELETE FROM list_read;",
    )?;
    Ok(())
}

impl Records {
    /// The account that is connected, or else the one that was last; `None` where none ever was.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn last_connected(&self) -> Result<Option<AccountSid>, RecordsError> {
        self.read(|connection| {
            let account = connection.query_row(
                "SELECT account FROM (
                    SELECT 0 AS rank, 0 AS id, account FROM connection
                    UNION ALL
                    SELECT 1, -id, account FROM activity WHERE what = ?1 AND account IS NOT NULL
                 ) ORDER BY rank, id LIMIT 1",
                [ActivityKind::Connected],
                |row| row.get(0),
            );
            Ok(account.optional()?)
        })
        .await
    }

    /// The connected account, if there is one.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn connection(&self) -> Result<Option<Connection>, RecordsError> {
        self.read(|connection| {
            Ok(connection
                .query_row("SELECT * FROM connection", [], Connection::from_row)
                .optional()?)
        })
        .await
    }

    /// Records the connected account in place of any other. What was read from another account is forgotten.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn save_connection(&self, connected: Connection) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            let before: Option<AccountSid> =
                transaction.query_row("SELECT account FROM connection", [], |row| row.get(0)).optional()?;
            if before.is_some_and(|before| before != connected.account) {
                forget_cache(transaction)?;
            }
            let (amount, currency) = columns(connected.balance);
            transaction.execute(
                "INSERT OR REPLACE INTO connection
                     (only, account, name, kind, connected_at, balance_amount, balance_currency, refreshed_at)
                 VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    connected.account,
                    connected.name,
                    connected.kind,
                    Utc(connected.connected_at),
                    amount,
                    currency,
                    utc(connected.refreshed_at),
                ],
            )?;
            Ok(())
        })
        .await
    }

    /// Takes in what was read anew of this account, as long as it is the one that is connected. What is `None` stays.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn renew_connection(
        &self,
        account: AccountSid,
        name: Option<String>,
        balance: Option<Money>,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            let (amount, currency) = columns(balance);
            transaction.execute(
                "UPDATE connection SET
                     name = coalesce(?2, name),
                     balance_amount = coalesce(?3, balance_amount),
                     balance_currency = coalesce(?4, balance_currency)
                 WHERE account = ?1",
                params![account, name, amount, currency],
            )?;
            Ok(())
        })
        .await
    }

    /// Records when everything of this account was read to the end, as long as it is the one that is connected.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn note_refreshed(
        &self,
        account: AccountSid,
        at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE connection SET refreshed_at = ?2 WHERE account = ?1",
                params![account, Utc(at)],
            )?;
            Ok(())
        })
        .await
    }

    /// Forgets the connection and what was read through it. Saved credentials, the journal and the activity stay.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn forget_connection(&self) -> Result<(), RecordsError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM connection", [])?;
            forget_cache(transaction)
        })
        .await
    }
}
