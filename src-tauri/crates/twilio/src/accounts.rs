//! Accounts: the parent and its subaccounts.

use crate::{
    AccountSid, Client, Error, body,
    exchange::Answer,
    paging::{PAGE_SIZE, Page},
    wire,
};
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::HashSet;

/// An account as Twilio describes it, without its Auth Token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub sid: AccountSid,
    /// Its name; not unique, empty where Twilio has none.
    pub friendly_name: String,
    /// Whether it can be used.
    pub status: AccountStatus,
    /// Trial or paid.
    pub kind: AccountKind,
    /// Its parent; a parent is its own owner.
    pub owner: AccountSid,
    /// When it was made, where Twilio says so.
    pub created: Option<Timestamp>,
}

impl Account {
    /// Whether this is a main account rather than a subaccount.
    pub fn is_parent(&self) -> bool {
        self.sid == self.owner
    }
}

/// Whether an account can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountStatus {
    /// In use.
    Active,
    /// Stopped for now; its numbers stay and are billed.
    Suspended,
    /// Ended for good.
    Closed,
    /// A status this version does not know, as Twilio wrote it.
    Other(String),
}

/// Trial or paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountKind {
    /// A trial account: one subaccount at most.
    Trial,
    /// A paid account.
    Full,
    /// A kind this version does not know, as Twilio wrote it.
    Other(String),
}

/// The status an account can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewStatus {
    /// In use again.
    Active,
    /// Stopped for now.
    Suspended,
    /// Ended for good; this cannot be undone, and its phone numbers are released.
    Closed,
}

impl NewStatus {
    fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }
}

/// The fields read; all others, `auth_token` first among them, are skipped without being stored.
#[derive(Deserialize)]
struct WireAccount {
    sid: AccountSid,
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    friendly_name: String,
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    status: String,
    #[serde(default, rename = "type", deserialize_with = "wire::text_or_empty")]
    kind: String,
    owner_account_sid: AccountSid,
    #[serde(default)]
    date_created: Option<String>,
}

impl From<WireAccount> for Account {
    fn from(wire: WireAccount) -> Self {
        Self {
            sid: wire.sid,
            friendly_name: wire.friendly_name,
            status: match wire.status.to_ascii_lowercase().as_str() {
                "active" => AccountStatus::Active,
                "suspended" => AccountStatus::Suspended,
                "closed" => AccountStatus::Closed,
                _ => AccountStatus::Other(wire.status),
            },
            kind: match wire.kind.to_ascii_lowercase().as_str() {
                "trial" => AccountKind::Trial,
                "full" => AccountKind::Full,
                _ => AccountKind::Other(wire.kind),
            },
            owner: wire.owner_account_sid,
            created: wire::rfc2822(wire.date_created.as_deref()),
        }
    }
}

#[derive(Deserialize)]
struct AccountPage {
    accounts: Vec<WireAccount>,
    #[serde(default)]
    uri: Option<String>,
    #[serde(default)]
    next_page_uri: Option<String>,
}

impl Page for AccountPage {
    type Row = WireAccount;
    const WHAT: &'static str = "accounts";

    fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }

    fn open(self) -> (Vec<WireAccount>, Option<String>) {
        (self.accounts, self.next_page_uri)
    }
}

const LIST: &str = "Accounts";

fn resource(sid: &AccountSid) -> String {
    format!("Accounts/{sid}")
}

impl Client {
    /// Reads one account.
    pub async fn account(&self, sid: &AccountSid) -> Result<Account, Error> {
        let url = self.address(&resource(sid), &[]);
        read_account(sid, &self.get(url, body::ONE_THING).await?)
    }

    /// Reads every account the signer sees, itself included, a thousand to a request.
    pub async fn accounts(&self) -> Result<Vec<Account>, Error> {
        let url = self.address(LIST, &[PAGE_SIZE]);
        let rows = self.all_rows::<AccountPage>(url).await?;
        Ok(distinct(rows))
    }

    /// Reads the accounts with exactly this name; names are not unique.
    pub async fn accounts_named(&self, friendly_name: &str) -> Result<Vec<Account>, Error> {
        let url = self.address(LIST, &[("FriendlyName", friendly_name), PAGE_SIZE]);
        let rows = self.all_rows::<AccountPage>(url).await?;
        let mut accounts = distinct(rows);
        accounts.retain(|account| account.friendly_name == friendly_name);
        Ok(accounts)
    }

    /// The first accounts the signer sees, itself possibly not among them.
    pub(crate) async fn some_accounts(&self) -> Result<Vec<Account>, Error> {
        let url = self.address(LIST, &[("PageSize", "50")]);
        let answer = self.get(url, body::ONE_PAGE).await?;
        let (accounts, _) = read_page(&answer)?;
        Ok(accounts)
    }

    /// Creates a subaccount of the signing account. Sent once; only 429 is answered by sending again.
    ///
    /// # Errors
    /// [`Error::created`] says whether a subaccount may exist all the same. Twilio has no way of
    /// recognising a repeated create, so look for it by name before trying again. A call that is dropped
    /// before it returns is as unknown as a lost reply.
    pub async fn create_account(&self, friendly_name: &str) -> Result<Account, Error> {
        let url = self.address(LIST, &[]);
        let answer = self.post(url, &[("FriendlyName", friendly_name)]).await?;
        read_created(self.credentials().account(), &answer)
    }

    /// Gives an account another name.
    pub async fn rename_account(
        &self,
        sid: &AccountSid,
        friendly_name: &str,
    ) -> Result<Account, Error> {
        let url = self.address(&resource(sid), &[]);
        read_account(
            sid,
            &self.post(url, &[("FriendlyName", friendly_name)]).await?,
        )
    }

    /// Suspends, reactivates or closes an account.
    pub async fn set_account_status(
        &self,
        sid: &AccountSid,
        status: NewStatus,
    ) -> Result<Account, Error> {
        let url = self.address(&resource(sid), &[]);
        read_account(sid, &self.post(url, &[("Status", status.as_str())]).await?)
    }
}

/// A subaccount just made, which must belong to `signer` where that is known.
pub(crate) fn read_created(signer: Option<&AccountSid>, answer: &Answer) -> Result<Account, Error> {
    let account: Account = answer.read::<WireAccount>("created account")?.into();
    if let Some(signer) = signer {
        wire::same_account(signer, &account.owner)?;
    }
    if account.is_parent() {
        return Err(answer.unreadable("created account"));
    }
    Ok(account)
}

/// One page of accounts, and where the next one is.
pub(crate) fn read_page(answer: &Answer) -> Result<(Vec<Account>, Option<String>), Error> {
    let (rows, next) = answer.read::<AccountPage>(AccountPage::WHAT)?.open();
    Ok((distinct(rows), next))
}

pub(crate) fn read_account(asked: &AccountSid, answer: &Answer) -> Result<Account, Error> {
    let account: Account = answer.read::<WireAccount>("account")?.into();
    wire::same_account(asked, &account.sid)?;
    Ok(account)
}

/// An account made while the pages are read can push another onto two of them.
fn distinct(rows: Vec<WireAccount>) -> Vec<Account> {
    let mut seen = HashSet::new();
    rows.into_iter()
        .map(Account::from)
        .filter(|account| seen.insert(account.sid.clone()))
        .collect()
}
