//! What is asked for in a run, as the campaign writes it down, and by which request Twilio carries it out.

use practice::RequestEntry;
use serde::{Deserialize, Serialize};
use workflows::{NumberBeforeClosing, Order};

use crate::lives::kept::is_named;

/// What is to become of a number before its subaccount is closed: moved to this account, or released by closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub number: String,
    pub move_to: Option<String>,
}

/// One order of a batch, by SIDs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    Replace {
        account: String,
        key: String,
        name: String,
    },
    Revoke {
        account: String,
        key: String,
    },
    Rename {
        account: String,
        key: String,
        name: String,
    },
    Suspend {
        account: String,
    },
    Reactivate {
        account: String,
    },
    Close {
        account: String,
        numbers: Vec<Decided>,
    },
    Move {
        account: String,
        number: String,
        to: String,
    },
    Release {
        account: String,
        number: String,
    },
    Prove {
        key: String,
    },
}

impl Asked {
    /// As the window would order it.
    pub fn order(&self) -> Order {
        match self {
            Self::Replace { account, key, name } => Order::ReplaceKey {
                account_sid: sid(account),
                key_sid: sid(key),
                name: name.clone(),
            },
            Self::Revoke { account, key } => Order::RevokeKey {
                account_sid: sid(account),
                key_sid: sid(key),
            },
            Self::Rename { account, key, name } => Order::RenameKey {
                account_sid: sid(account),
                key_sid: sid(key),
                name: name.clone(),
            },
            Self::Suspend { account } => Order::SuspendSubaccount {
                account_sid: sid(account),
                reason: "Has not paid".to_owned(),
            },
            Self::Reactivate { account } => Order::ReactivateSubaccount {
                account_sid: sid(account),
            },
            Self::Close { account, numbers } => Order::CloseSubaccount {
                account_sid: sid(account),
                numbers: numbers.iter().map(Decided::as_ordered).collect(),
            },
            Self::Move {
                account,
                number,
                to,
            } => Order::MoveNumber {
                account_sid: sid(account),
                number_sid: sid(number),
                to: sid(to),
            },
            Self::Release { account, number } => Order::ReleaseNumber {
                account_sid: sid(account),
                number_sid: sid(number),
            },
            Self::Prove { key } => Order::ProveKey { key_sid: sid(key) },
        }
    }

    /// Whether this request is what carries the order out. Of closing it is the last one; see [`Asked::moves`] for those before.
    pub fn is_asked_by(&self, request: &RequestEntry) -> bool {
        let posts = |what: &str, field: &str, value: &str| {
            request.method == "POST" && names(request, what) && request.field(field) == Some(value)
        };
        let deletes = |what: &str| request.method == "DELETE" && names(request, what);
        match self {
            Self::Replace { account, name, .. } => {
                let named = request.field("FriendlyName");
                let is_new_key = request.path.ends_with("/Keys.json") && names(request, account)
                    || request.path.ends_with("/v1/Keys");
                request.method == "POST"
                    && is_new_key
                    && named.is_some_and(|named| is_named(named, name))
            }
            Self::Revoke { key, .. } => deletes(key),
            Self::Rename { key, name, .. } => posts(key, "FriendlyName", name),
            Self::Suspend { account } => posts(account, "Status", "suspended"),
            Self::Reactivate { account } => posts(account, "Status", "active"),
            Self::Close { account, .. } => posts(account, "Status", "closed"),
            Self::Move {
                account,
                number,
                to,
            } => names(request, account) && posts(number, "AccountSid", to),
            Self::Release { number, .. } => deletes(number),
            Self::Prove { key } => is_proof_of(request, key),
        }
    }

    /// The moves of numbers that come before a subaccount is closed, each as an order by itself.
    pub fn moves(&self) -> Vec<Self> {
        let Self::Close { account, numbers } = self else {
            return Vec::new();
        };
        let to_move = numbers.iter().filter_map(|one| {
            Some(Self::Move {
                account: account.clone(),
                number: one.number.clone(),
                to: one.move_to.clone()?,
            })
        });
        to_move.collect()
    }
}

impl Decided {
    fn as_ordered(&self) -> NumberBeforeClosing {
        NumberBeforeClosing {
            number_sid: sid(&self.number),
            move_to: self.move_to.as_deref().map(sid),
        }
    }
}

/// Whether Twilio did what was asked.
pub fn is_carried_out(request: &RequestEntry) -> bool {
    request
        .handled
        .is_some_and(|status| (200..300).contains(&status))
}

/// Whether a request changes anything, if it is carried out.
pub fn changes_something(request: &RequestEntry) -> bool {
    request.method != "GET"
}

/// Faults that carry a call out and let its answer come back whole.
const ANSWERED_WHOLE: [&str; 2] = ["stale", "slow_drip"];

/// Whether this is a live call signed with the key whose answer came back whole.
pub fn is_proof_of(request: &RequestEntry, key: &str) -> bool {
    request.method == "GET"
        && request.signed_by.as_ref().is_some_and(|by| by.sid == key)
        && is_carried_out(request)
        && request.answered == Some(200)
        && request
            .fault
            .as_deref()
            .is_none_or(|fault| ANSWERED_WHOLE.contains(&fault))
}

/// Whether the path has this SID in it.
pub fn names(request: &RequestEntry, sid: &str) -> bool {
    let mut parts = request.path.split('/');
    parts.any(|part| part.trim_end_matches(".json") == sid)
}

fn sid<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("a SID")
}
