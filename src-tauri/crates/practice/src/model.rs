//! What the made-up Twilio keeps: one parent account, its subaccounts, their keys and numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::region::Region;

/// The form of the state file; raised when [`World`] changes shape.
pub(crate) const FORMAT: u32 = 1;

/// Everything that a restart has to bring back. `accounts[0]` is the parent.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct World {
    pub format: u32,
    pub seed: u64,
    pub trial: bool,
    /// How many subaccounts that are not closed the parent may have.
    pub subaccount_limit: usize,
    /// How many keys one account may have.
    pub key_limit: usize,
    /// The first day that has usage.
    pub usage_from: Date,
    pub balance: Decimal,
    /// Counts every SID and secret ever given out, so that none comes twice.
    pub given_out: u32,
    /// Counts every change.
    pub revision: u64,
    /// The user and password of the test credentials.
    pub test_credentials: (String, String),
    pub accounts: Vec<Arc<Account>>,
}

/// An account's state, in the words of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// In use.
    Active,
    /// Stopped, by the parent or by Twilio; can be made active again.
    Suspended,
    /// Ended for good.
    Closed,
}

impl Status {
    /// The word the API uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Active, Self::Suspended, Self::Closed]
            .into_iter()
            .find(|status| status.as_str() == word)
    }
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub sid: String,
    pub friendly_name: String,
    pub status: Status,
    /// Suspended by Twilio's own staff: the API cannot undo it.
    pub suspended_by_twilio: bool,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub auth_token: String,
    pub secondary_auth_token: Option<String>,
    /// Those of other Regions than US1, where one was changed; state files of before there were any lack them.
    #[serde(default)]
    pub tokens_elsewhere: BTreeMap<Region, AuthTokens>,
    pub keys: Vec<Key>,
    pub numbers: Vec<PhoneNumber>,
    /// The place in the order of making; also the source of the account's own usage figures.
    pub ordinal: u32,
    /// Whether the account has usage: those of the seed do, those made later do not.
    pub used: bool,
    /// The spans of days without use, because the account was suspended or closed, or because its devices were silent.
    pub quiet: Vec<Quiet>,
}

/// The Auth Tokens of an account in one Region.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AuthTokens {
    pub primary: String,
    pub secondary: Option<String>,
}

/// Days without use: from the first to before the last, or still going on.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Quiet {
    pub from: Date,
    pub until: Option<Date>,
}

/// What a key may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// Everything in its own account. Only the Console makes these.
    Main,
    /// All but Accounts and Keys.
    Standard,
    /// Only what its policy allows.
    Restricted {
        /// The permissions, such as `/twilio/messaging/messages/create`.
        allow: Vec<String>,
    },
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Key {
    pub sid: String,
    pub friendly_name: Option<String>,
    pub secret: String,
    pub kind: KeyKind,
    /// Where it can sign.
    #[serde(default)]
    pub region: Region,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub ordinal: u32,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PhoneNumber {
    pub sid: String,
    /// In E.164, of the 555-01xx block that is kept for fiction.
    pub number: String,
    pub created: Timestamp,
    // State files of before there was anything to change lack the rest.
    /// When it was changed last; never without it.
    #[serde(default)]
    pub updated: Option<Timestamp>,
    /// The name somebody gave it; without one it is called by its digits.
    #[serde(default)]
    pub friendly_name: Option<String>,
    /// What Twilio calls when somebody calls the number.
    #[serde(default)]
    pub voice_url: Option<String>,
    /// What Twilio calls when somebody texts the number.
    #[serde(default)]
    pub sms_url: Option<String>,
}
