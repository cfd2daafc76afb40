//! What each subaccount spent this month, as it was last read.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};
use terms::{AccountSid, Money};

use super::convert::{Amount, Utc, readable, utc};
use super::{Records, RecordsError};

/// What one account spent this month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spend {
    /// Whose spend it is.
    pub account: AccountSid,
    /// How much.
    pub money: Money,
    /// Up to when Twilio had counted.
    pub as_of: Option<Timestamp>,
    /// When it was read.
    pub read_at: Timestamp,
}

impl Spend {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            account: row.get("account")?,
            money: Money {
                amount: row.get::<_, Amount>("amount")?.0,
                currency: row.get("currency")?,
            },
            as_of: row.get::<_, Option<Utc>>("as_of")?.map(|time| time.0),
            read_at: row.get::<_, Utc>("read_at")?.0,
        })
    }
}

impl Records {
    /// Records what an account spent, in place of what was known.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn save_spend(&self, spend: Spend) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO spend (account, amount, currency, as_of, read_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![spend.account, Amount(spend.money.amount), spend.money.currency, utc(spend.as_of), Utc(spend.read_at)],
            )?;
            Ok(())
        })
        .await
    }

    /// What all accounts spent, as far as it was read.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn all_spend(&self) -> Result<Vec<Spend>, RecordsError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM spend ORDER BY account")?;
            Ok(readable(statement.query_map([], Spend::from_row)?)?)
        })
        .await
    }

    /// What one account spent, once it was read.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn spend_of(&self, account: AccountSid) -> Result<Option<Spend>, RecordsError> {
        self.read(move |connection| {
            let row = connection.query_row(
                "SELECT * FROM spend WHERE account = ?1",
                [account],
                Spend::from_row,
            );
            Ok(row.optional()?)
        })
        .await
    }
}
