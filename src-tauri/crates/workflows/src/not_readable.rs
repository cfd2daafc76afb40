//! What of Twilio's answers could not be read the last time. It is kept in memory alone: the next reading finds out anew.

use std::collections::HashMap;

use parking_lot::{Mutex, MutexGuard};
use terms::AccountSid;
use twilio::{Account, Listing};

use crate::failure::Problem;

/// What of one subaccount could not be read. The rest of it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotReadable {
    pub keys: Option<twilio::Error>,
    pub spend: Option<twilio::Error>,
    /// Keys in Twilio's list whose SID cannot be read.
    pub keys_without_sid: usize,
}

/// What of the list of subaccounts was not as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OddList {
    /// Rows that are there, as far as they can be read.
    pub shown: usize,
    /// The names of rows whose Account SID cannot be read, as far as they can be.
    pub without_sid: Vec<String>,
    /// Where the list goes on cannot be read.
    pub may_go_on: bool,
}

/// What could not be read of the connected account.
#[derive(Default)]
pub(crate) struct NotRead(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    list: OddList,
    subaccounts: HashMap<AccountSid, NotReadable>,
}

impl NotReadable {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl OddList {
    /// The account itself is in Twilio's list, and not in the list of its subaccounts.
    pub(crate) fn of(listing: &Listing<Account>, parent: &terms::AccountSid) -> Self {
        let odd = |account: &&Account| account.odd.any() && account.sid != *parent;
        Self {
            shown: listing.rows.iter().filter(odd).count(),
            without_sid: listing
                .unidentified
                .iter()
                .map(|row| row.friendly_name.clone())
                .collect(),
            may_go_on: !listing.to_its_end,
        }
    }
}

impl NotRead {
    pub fn note_list(&self, list: OddList) {
        self.inner().list = list;
    }

    pub fn list(&self) -> OddList {
        self.inner().list.clone()
    }

    pub fn note(&self, account: AccountSid, what: NotReadable) {
        let mut inner = self.inner();
        if what.is_nothing() {
            inner.subaccounts.remove(&account);
        } else {
            inner.subaccounts.insert(account, what);
        }
    }

    pub fn of(&self, account: &AccountSid) -> Option<NotReadable> {
        self.inner().subaccounts.get(account).cloned()
    }

    /// Another account is connected, or none.
    pub fn forget(&self) {
        *self.inner() = Inner::default();
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock()
    }
}

/// Whether Twilio itself decided that this cannot be read, so that trying again would come to the same: it refused it in its own form,
/// or answered what this part of it should not be.
pub(crate) fn is_for_good(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Twilio(twilio::Error::Refused(_) | twilio::Error::Odd { .. })
    )
}
