//! One change at a time to one thing: a second click, or a second window, finds the lane taken.

use std::collections::HashSet;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use terms::{AccountSid, KeySid};
use vault::{BatchId, EntryId};

/// What may only be changed by one workflow at a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Lane {
    /// Making a subaccount of this name.
    NewSubaccount(String),
    /// Making or deleting keys of this subaccount, or changing it.
    Subaccount(AccountSid),
    /// Going on with this journal entry.
    Entry(EntryId),
    /// Keeping a sign-in.
    Connect,
    /// Looking after everything that is unfinished.
    Reconcile,
    Refresh,
    /// Saving a key anew whose secret is in the keychain.
    RecoverFromKeychain(KeySid),
    /// Putting back or restoring what was lost.
    Recovery,
    /// Replacing what opens sealed copies. Nobody else may be at anything that is sealed or opened.
    Rekeying,
    /// Writing a backup.
    Backup,
    /// Settling in what was restored, to its end.
    Settle,
    /// Writing a file for another program, or looking after those that were written.
    Export,
    /// Carrying out the orders of this batch.
    Batch(BatchId),
}

impl Lane {
    /// What goes on in it makes, keeps or deletes keys.
    fn is_of_a_creation(&self) -> bool {
        matches!(
            self,
            Self::NewSubaccount(_) | Self::Subaccount(_) | Self::Entry(_)
        )
    }
}

/// The lanes taken now.
#[derive(Clone, Default)]
pub(crate) struct Lanes(Arc<Mutex<Taken>>);

#[derive(Default)]
struct Taken {
    lanes: HashSet<Lane>,
    closed: bool,
}

impl Taken {
    /// Whether this may begin beside what goes on. Replacing what opens sealed copies goes on alone, but for the reading of lists.
    fn lets_in(&self, lane: &Lane) -> bool {
        let mut others = self.lanes.iter().filter(|taken| **taken != Lane::Refresh);
        match lane {
            Lane::Refresh => true,
            Lane::Rekeying => others.next().is_none(),
            _ => others.all(|taken| *taken != Lane::Rekeying),
        }
    }

    fn is_creating(&self) -> bool {
        self.lanes.iter().any(Lane::is_of_a_creation)
    }
}

/// Holds a lane until dropped.
pub(crate) struct InLane {
    lanes: Lanes,
    lane: Lane,
}

impl Lanes {
    /// Takes the lane, or `None` where another workflow is in it or all are closed.
    pub fn enter(&self, lane: Lane) -> Option<InLane> {
        let mut taken = self.taken();
        let may_enter = !taken.closed && taken.lets_in(&lane);
        (may_enter && taken.lanes.insert(lane.clone())).then(|| InLane {
            lanes: self.clone(),
            lane,
        })
    }

    /// Whether keys or subaccounts are being made, finished or deleted.
    pub fn is_creating(&self) -> bool {
        self.taken().is_creating()
    }

    /// Lets nobody enter any more, unless something is being created, or was and left something behind that may not be lost: then it
    /// says so and closes nothing. `nothing_left` is asked while nobody can enter.
    pub fn close(&self, nothing_left: impl FnOnce() -> bool) -> bool {
        let mut taken = self.taken();
        taken.closed = !taken.is_creating() && nothing_left();
        taken.closed
    }

    pub fn is_taken(&self, lane: &Lane) -> bool {
        self.taken().lanes.contains(lane)
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock()
    }
}

impl Drop for InLane {
    fn drop(&mut self) {
        self.lanes.taken().lanes.remove(&self.lane);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_is_free_again_when_its_holder_is_gone() {
        let lanes = Lanes::default();
        let first = lanes.enter(Lane::Refresh);
        assert!(first.is_some());
        assert!(lanes.enter(Lane::Refresh).is_none());
        assert!(lanes.enter(Lane::Reconcile).is_some());
        drop(first);
        assert!(lanes.enter(Lane::Refresh).is_some());
    }

    #[test]
    fn nothing_is_sealed_or_opened_while_what_opens_it_is_replaced() {
        for other in [
            Lane::Backup,
            Lane::Recovery,
            Lane::Reconcile,
            Lane::Export,
            Lane::RecoverFromKeychain(format!("SK{}", "0".repeat(32)).parse().expect("a SID")),
        ] {
            let lanes = Lanes::default();
            let first = lanes.enter(other.clone());
            assert!(lanes.enter(Lane::Rekeying).is_none(), "{other:?}");
            drop(first);
            let reading = lanes.enter(Lane::Refresh);
            let rekeying = lanes.enter(Lane::Rekeying);
            assert!(rekeying.is_some(), "lists may be read meanwhile");
            assert!(lanes.enter(other.clone()).is_none(), "{other:?}");
            assert!(lanes.enter(Lane::Rekeying).is_none());
            drop(reading);
            assert!(lanes.enter(Lane::Refresh).is_some());
            drop(rekeying);
            assert!(lanes.enter(other).is_some());
        }
    }

    #[test]
    fn lanes_close_for_good_but_not_while_something_is_created() {
        let account: AccountSid = format!("AC{}", "0".repeat(32)).parse().expect("a SID");
        for lane in [
            Lane::NewSubaccount("Acme".to_owned()),
            Lane::Subaccount(account),
            Lane::Entry(EntryId::new(1)),
        ] {
            let lanes = Lanes::default();
            let creating = lanes.enter(lane);
            assert!(!lanes.close(|| true));
            assert!(lanes.enter(Lane::Refresh).is_some());
            drop(creating);
            assert!(!lanes.close(|| false), "a secret is in memory alone");
            let backup = lanes.enter(Lane::Backup);
            assert!(lanes.close(|| true), "a backup can be stopped");
            drop(backup);
            assert!(lanes.enter(Lane::Refresh).is_none());
        }
    }
}
