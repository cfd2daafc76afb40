//! What an account spent.

use crate::{AccountSid, Client, Error, Money, body, exchange::Answer, wire};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

/// The category that holds everything. Others overlap, so summing them would count twice.
const EVERYTHING: &str = "totalprice";

/// What an account spent, and up to when that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spend {
    /// The amount.
    pub money: Money,
    /// Up to when Twilio had counted, where it says so.
    pub as_of: Option<Timestamp>,
}

#[derive(Deserialize)]
struct UsagePage {
    usage_records: Vec<UsageRow>,
    #[serde(default)]
    uri: Option<String>,
}

#[derive(Deserialize)]
struct UsageRow {
    account_sid: AccountSid,
    category: String,
    price: Box<RawValue>,
    price_unit: String,
    #[serde(default)]
    as_of: Option<String>,
}

impl Client {
    /// What this account alone, without its subaccounts, spent since the first of the month (GMT).
    /// `None` where Twilio has no row, which means no spending.
    pub async fn spend_this_month(&self, account: &AccountSid) -> Result<Option<Spend>, Error> {
        let records = format!("Accounts/{account}/Usage/Records/ThisMonth");
        let query = [("Category", EVERYTHING), ("IncludeSubaccounts", "false")];
        let answer = self
            .get(self.address(&records, &query), body::ONE_PAGE)
            .await?;
        read_spend(account, &answer)
    }
}

/// The spend in an answer that must be about `account`.
pub(crate) fn read_spend(account: &AccountSid, answer: &Answer) -> Result<Option<Spend>, Error> {
    let page: UsagePage = answer.read("usage")?;
    if let Some(uri) = &page.uri {
        answer.requires_account(account, uri, "usage")?;
    }
    for row in &page.usage_records {
        wire::same_account(account, &row.account_sid)?;
    }
    let mut rows = page
        .usage_records
        .iter()
        .filter(|row| row.category == EVERYTHING);
    let Some(row) = rows.next() else {
        return Ok(None);
    };
    if rows.next().is_some() {
        return Err(answer.unreadable("usage"));
    }
    let money = Money::from_wire(&row.price, &row.price_unit)
        .map_err(|_| answer.unreadable("usage price"))?;
    let as_of = wire::iso8601(row.as_of.as_deref());
    Ok(Some(Spend { money, as_of }))
}
