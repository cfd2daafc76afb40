//! What of Twilio's answers could not be read the last time. It is kept in memory alone: the next reading finds out anew.

use std::collections::HashMap;

use parking_lot::{Mutex, MutexGuard};
use terms::AccountSid;
use twilio::{Account, Listing};

use crate::failure::Problem;
use crate::view::{ListOddities, NotReadable, count};

/// What could not be read of the connected account.
#[derive(Default)]
pub(crate) struct NotRead(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    list: ListOddities,
    subaccounts: HashMap<AccountSid, NotReadable>,
}

impl ListOddities {
    /// The account itself is in Twilio's list, and not in the list of its subaccounts.
    pub(crate) fn of(listing: &Listing<Account>, parent: &AccountSid) -> Self {
        let odd = |account: &&Account| account.odd.any() && account.sid != *parent;
        Self {
            shown: count(listing.rows.iter().filter(odd).count()),
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
    pub fn note_list(&self, list: ListOddities) {
        self.inner().list = list;
    }

    /// `None` where nothing in it was odd, or it was not read yet.
    pub fn list(&self) -> Option<ListOddities> {
        let list = self.inner().list.clone();
        (list != ListOddities::default()).then_some(list)
    }

    pub fn note(&self, account: AccountSid, what: NotReadable) {
        let mut inner = self.inner();
        if what == NotReadable::default() {
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
