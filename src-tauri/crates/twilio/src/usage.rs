//! What an account spent.

use crate::{Client, Error, body, exchange::Answer, fields::Fields, wire};
use jiff::Timestamp;
use terms::{AccountSid, Money};

const WHAT: &str = "usage";
const SUM: &str = "sum of the usage";

/// The category that holds everything. Others overlap, so summing them would count twice.
pub(crate) const EVERYTHING: &str = "totalprice";

/// What the phone numbers cost, each once a month on a day of its own.
const NUMBERS: &str = "phonenumbers";

/// What an account spent, and up to when that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spend {
    /// The amount.
    pub money: Money,
    /// Up to when Twilio had counted, where it says so.
    pub as_of: Option<Timestamp>,
}

impl Client {
    /// What this account alone, without its subaccounts, spent since the first of the month (GMT).
    /// `None` where Twilio has no row, which means no spending.
    pub async fn spend_this_month(&self, account: &AccountSid) -> Result<Option<Spend>, Error> {
        self.spend(account, "ThisMonth", EVERYTHING).await
    }

    /// What the phone numbers of this account alone cost in the calendar month before this one (GMT), as it was billed. Numbers that came since
    /// are not in it. `None` where Twilio has no row, which means no cost.
    pub async fn numbers_spend_last_month(
        &self,
        account: &AccountSid,
    ) -> Result<Option<Spend>, Error> {
        self.spend(account, "LastMonth", NUMBERS).await
    }

    async fn spend(
        &self,
        account: &AccountSid,
        period: &str,
        category: &str,
    ) -> Result<Option<Spend>, Error> {
        let records = format!("Accounts/{account}/Usage/Records/{period}");
        let query = [("Category", category), ("IncludeSubaccounts", "false")];
        let answer = self
            .get(self.address(&records, &query), body::ONE_PAGE)
            .await?;
        read_spend(account, category, &answer)
    }
}

/// The spend in an answer that must be about `account`. A row of another category may be odd; that of the one asked for may not.
pub(crate) fn read_spend(
    account: &AccountSid,
    asked: &str,
    answer: &Answer,
) -> Result<Option<Spend>, Error> {
    let page = answer.fields(WHAT)?;
    let uri = page.string("uri");
    if let Some(uri) = &uri {
        answer.requires_account(account, uri, WHAT)?;
    }
    let rows = page.rows("usage_records").ok_or_else(|| match &uri {
        Some(_) => answer.odd("list of usage"),
        None => answer.unreadable(WHAT),
    })?;
    let is_empty = rows.is_empty();
    let mut spend = None;
    for row in rows.into_iter().filter_map(Fields::of) {
        let whose = row.id::<AccountSid>("account_sid");
        if let Some(whose) = &whose {
            wire::same_account(account, whose)?;
        }
        let is_the_asked = row.string("category").as_deref() == Some(asked);
        if !is_the_asked || (whose.is_none() && uri.is_none()) {
            continue;
        }
        match (read_row(&row), &spend) {
            (Some(read), None) => spend = Some(read),
            // Two sums of the same that differ: neither is to be believed.
            (Some(read), Some(before)) if read != *before => return Err(answer.odd(SUM)),
            _ => {}
        }
    }
    // The sum may be among the rows that could not be read: only no row at all means no spending.
    if spend.is_none() && !is_empty {
        return Err(answer.odd(SUM));
    }
    Ok(spend)
}

fn read_row(row: &Fields<'_>) -> Option<Spend> {
    let money = wire::money(row.raw("price")?, &row.string("price_unit")?).ok()?;
    Some(Spend {
        money,
        as_of: row.time("as_of").time,
    })
}
