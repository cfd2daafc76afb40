//! What is left on the parent's one balance.

use crate::{Client, Error, body, exchange::Answer, wire};
use terms::{AccountSid, Money};

const WHAT: &str = "balance";

impl Client {
    /// The balance of a parent account; subaccounts have none of their own.
    pub async fn balance(&self, parent: &AccountSid) -> Result<Money, Error> {
        let url = self.address(&format!("Accounts/{parent}/Balance"), &[]);
        let answer = self.get(url, body::ONE_THING).await?;
        read_balance(parent, &answer)
    }
}

/// The balance in an answer that must be about `parent`.
pub(crate) fn read_balance(parent: &AccountSid, answer: &Answer) -> Result<Money, Error> {
    let fields = answer.fields(WHAT)?;
    let unreadable = || answer.unreadable(WHAT);
    let whose = fields.id("account_sid").ok_or_else(unreadable)?;
    wire::same_account(parent, &whose)?;
    let amount = fields.raw("balance").ok_or_else(unreadable)?;
    let currency = fields.string("currency").ok_or_else(unreadable)?;
    wire::money(amount, &currency).map_err(|_| unreadable())
}
