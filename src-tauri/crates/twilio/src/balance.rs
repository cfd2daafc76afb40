//! What is left on the parent's one balance.

use crate::{AccountSid, Client, Error, Money, body, exchange::Answer, wire};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct WireBalance {
    account_sid: AccountSid,
    balance: Box<RawValue>,
    currency: String,
}

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
    let wire: WireBalance = answer.read("balance")?;
    wire::same_account(parent, &wire.account_sid)?;
    Money::from_wire(&wire.balance, &wire.currency).map_err(|_| answer.unreadable("balance"))
}
