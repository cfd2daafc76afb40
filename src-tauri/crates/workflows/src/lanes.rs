//! One change at a time to one thing: a second click, or a second window, finds the lane taken.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use twilio::AccountSid;
use vault::EntryId;

/// What may only be changed by one workflow at a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Lane {
    /// Making a subaccount of this name.
    NewSubaccount(String),
    /// Making or deleting keys of this subaccount.
    KeysOf(AccountSid),
    /// Going on with this journal entry.
    Entry(EntryId),
    /// Looking after everything that is unfinished.
    Reconcile,
    Refresh,
    /// Putting back or restoring what was lost.
    Recovery,
    /// Writing a backup.
    Backup,
    /// Settling in what was restored, to its end.
    Settle,
    /// Writing a file for another program, or looking after those that were written.
    Export,
}

/// The lanes taken now.
#[derive(Clone, Default)]
pub(crate) struct Lanes(Arc<Mutex<HashSet<Lane>>>);

/// Holds a lane until dropped.
pub(crate) struct InLane {
    lanes: Lanes,
    lane: Lane,
}

impl Lanes {
    /// Takes the lane, or `None` where another workflow is in it.
    pub fn enter(&self, lane: Lane) -> Option<InLane> {
        self.taken().insert(lane.clone()).then(|| InLane {
            lanes: self.clone(),
            lane,
        })
    }

    /// Whether a workflow is at any journal entry.
    pub fn any_entry_taken(&self) -> bool {
        self.taken()
            .iter()
            .any(|lane| matches!(lane, Lane::Entry(_)))
    }

    pub fn is_taken(&self, lane: &Lane) -> bool {
        self.taken().contains(lane)
    }

    fn taken(&self) -> MutexGuard<'_, HashSet<Lane>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for InLane {
    fn drop(&mut self) {
        self.lanes.taken().remove(&self.lane);
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
}
