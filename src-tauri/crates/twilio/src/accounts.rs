//! Accounts: the parent and its subaccounts.

use crate::{
    Client, Error, Listing, Oddities, body,
    exchange::Answer,
    fields::{Fields, Part},
    listing::{self, Row},
    paging::PAGE_SIZE,
    wire,
};
use jiff::Timestamp;
use terms::{AccountSid, AccountStatus};

/// An account as Twilio describes it, without its Auth Token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub sid: AccountSid,
    /// Its name; not unique, empty where Twilio has none, and shortened where it is longer than Twilio allows.
    pub friendly_name: String,
    /// Whether it can be used.
    pub status: AccountStatus,
    /// Trial or paid.
    pub kind: AccountKind,
    /// Its parent, where that can be read; a parent is its own owner.
    pub owner: Option<AccountSid>,
    /// When it was made, where Twilio says so.
    pub created: Option<Timestamp>,
    /// What of this could not be read as it should be.
    pub odd: Oddities,
}

impl Account {
    /// Whether this is a main account rather than a subaccount.
    pub fn is_parent(&self) -> bool {
        self.owner.as_ref() == Some(&self.sid)
    }
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

/// The fields read; all others, `auth_token` first among them, are skipped without being copied.
impl Row for Account {
    const LIST: &'static str = "accounts";

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let sid = fields.id("sid")?;
        let name = fields.text("friendly_name");
        let (status, kind) = (fields.text("status"), fields.text("type"));
        let (owner, created) = (fields.id("owner_account_sid"), fields.time("date_created"));
        Some(Self {
            sid,
            odd: Oddities {
                name: name.part != Part::Whole,
                rest: status.part != Part::Whole
                    || kind.is_odd()
                    || owner.is_none()
                    || created.is_odd,
            },
            friendly_name: name.text,
            status: AccountStatus::of_word(&status.text),
            kind: match kind.text.to_ascii_lowercase().as_str() {
                "trial" => AccountKind::Trial,
                "full" => AccountKind::Full,
                _ => AccountKind::Other(kind.text),
            },
            owner,
            created: created.time,
        })
    }

    fn sid(&self) -> &str {
        self.sid.as_str()
    }

    fn is_odd(&self) -> bool {
        self.odd.any()
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
    pub async fn accounts(&self) -> Result<Listing<Account>, Error> {
        self.all_rows(self.address(LIST, &[PAGE_SIZE])).await
    }

    /// Reads the accounts with exactly this name; names are not unique.
    pub async fn accounts_named(&self, friendly_name: &str) -> Result<Vec<Account>, Error> {
        let url = self.address(LIST, &[("FriendlyName", friendly_name), PAGE_SIZE]);
        let mut accounts = self.all_rows::<Account>(url).await?.rows;
        accounts.retain(|account| account.friendly_name == friendly_name);
        Ok(accounts)
    }

    /// The first accounts the signer sees, itself possibly not among them.
    pub(crate) async fn some_accounts(&self) -> Result<Vec<Account>, Error> {
        let url = self.address(LIST, &[("PageSize", "50")]);
        let answer = self.get(url, body::ONE_PAGE).await?;
        Ok(listing::read_page(&answer, None)?.rows)
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

    /// Suspends, reactivates or closes an account. Closing releases its phone numbers; what was closed can still be read, for 30 days or for
    /// good (<https://www.twilio.com/docs/iam/api/subaccounts>). Asked for the status that it has, Twilio changes nothing.
    ///
    /// # Errors
    /// [`Refusal::of_a_status`](crate::Refusal::of_a_status) tells Twilio's reasons apart. Where [`Error::created`] is unknown, reading
    /// the account tells.
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
    const WHAT: &str = "created account";
    let account = one(answer, WHAT)?;
    let owner = account
        .owner
        .as_ref()
        .ok_or_else(|| answer.unreadable(WHAT))?;
    if let Some(signer) = signer {
        wire::same_account(signer, owner)?;
    }
    if account.is_parent() {
        return Err(answer.unreadable(WHAT));
    }
    Ok(account)
}

pub(crate) fn read_account(asked: &AccountSid, answer: &Answer) -> Result<Account, Error> {
    let account = one(answer, "account")?;
    wire::same_account(asked, &account.sid)?;
    Ok(account)
}

fn one(answer: &Answer, what: &'static str) -> Result<Account, Error> {
    Account::read(&answer.fields(what)?).ok_or_else(|| answer.unreadable(what))
}
