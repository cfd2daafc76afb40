//! What the user keeps of a customer here. Twilio knows nothing of it.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use terms::AccountSid;

use super::convert::{readable, unreadable};
use super::{Records, RecordsError};

/// What the user keeps of the customer whose subaccount this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The subaccount.
    pub account: AccountSid,
    /// The customer's number in the user's own books; empty where there is none.
    pub number: String,
    /// Words to find it by, in the user's order.
    pub tags: Vec<String>,
    /// Anything else, of any number of lines.
    pub note: String,
}

impl Customer {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let tags: String = row.get("tags")?;
        Ok(Self {
            account: row.get("account")?,
            number: row.get("number")?,
            tags: serde_json::from_str(&tags).map_err(unreadable)?,
            note: row.get("note")?,
        })
    }

    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.number.is_empty() && self.tags.is_empty() && self.note.is_empty()
    }
}

/// Keeps it in place of what was kept of that customer. Nothing is kept of one of whom there is nothing to keep.
fn keep(transaction: &Transaction<'_>, customer: &Customer) -> Result<(), RecordsError> {
    if customer.is_empty() {
        transaction.execute(
            "DELETE FROM customer WHERE account = ?1",
            [&customer.account],
        )?;
        return Ok(());
    }
    transaction.execute(
        "INSERT OR REPLACE INTO customer (account, number, tags, note) VALUES (?1, ?2, ?3, ?4)",
        params![
            customer.account,
            customer.number,
            serde_json::json!(customer.tags).to_string(),
            customer.note
        ],
    )?;
    Ok(())
}

/// Keeps it, unless something is kept of that customer already.
pub(super) fn keep_if_new(
    transaction: &Transaction<'_>,
    customer: &Customer,
) -> Result<(), RecordsError> {
    let is_known: bool = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM customer WHERE account = ?1)",
        [&customer.account],
        |row| row.get(0),
    )?;
    if is_known {
        return Ok(());
    }
    keep(transaction, customer)
}

impl Records {
    /// Keeps this of a customer, in place of what was kept.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn keep_customer(&self, customer: Customer) -> Result<(), RecordsError> {
        self.write(move |transaction| keep(transaction, &customer))
            .await
    }

    /// What is kept of all customers.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn customers(&self) -> Result<Vec<Customer>, RecordsError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM customer ORDER BY account")?;
            Ok(readable(statement.query_map([], Customer::from_row)?)?)
        })
        .await
    }

    /// What is kept of one, if anything is.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn customer(&self, account: AccountSid) -> Result<Option<Customer>, RecordsError> {
        self.read(move |connection| {
            let row = connection.query_row(
                "SELECT * FROM customer WHERE account = ?1",
                [account],
                Customer::from_row,
            );
            Ok(row.optional()?)
        })
        .await
    }
}
