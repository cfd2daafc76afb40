//! Calls that the keychain has not answered for a while: so that the user can be told, and can stop waiting.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::watch;

/// A call is worth a word to the user once it has waited for this long. A healthy keychain answers in a tenth of it.
pub const WORTH_SAYING_AFTER: Duration = Duration::from_millis(700);

/// Counts the calls that have waited for [`WORTH_SAYING_AFTER`] or more, of every keychain it was given to. Clones share the count.
#[derive(Clone)]
pub struct Unanswered {
    count: Arc<watch::Sender<usize>>,
    given_up: Arc<watch::Sender<()>>,
    changes: Arc<Mutex<HashMap<String, Weak<Turn>>>>,
}

/// Whose turn it is to change an item.
type Turn = tokio::sync::Mutex<()>;

impl Unanswered {
    /// Nothing waits.
    pub fn new() -> Self {
        Self {
            count: Arc::new(watch::Sender::new(0)),
            given_up: Arc::new(watch::Sender::new(())),
            changes: Arc::default(),
        }
    }

    /// How many calls wait, and when that changes.
    pub fn count(&self) -> watch::Receiver<usize> {
        self.count.subscribe()
    }

    /// Ends the waiting of every call there is now with [`KeychainError::GivenUp`](crate::KeychainError::GivenUp). What the
    /// keychain was doing for them goes on unseen, so whether a write or delete was carried out is unknown.
    pub fn give_up(&self) {
        self.given_up.send_replace(());
    }

    /// Tells when the calls of now have been given up.
    pub(super) fn given_up(&self) -> watch::Receiver<()> {
        self.given_up.subscribe()
    }

    /// By which one change of an item waits for the one before it, also for one that nobody waits for any more.
    pub(super) fn turn_to_change(&self, item: String) -> Arc<Turn> {
        let mut changes = self.changes.lock();
        changes.retain(|_, turn| turn.strong_count() > 0);
        if let Some(turn) = changes.get(&item).and_then(Weak::upgrade) {
            return turn;
        }
        let turn = Arc::new(Turn::default());
        changes.insert(item, Arc::downgrade(&turn));
        turn
    }

    /// Counts one call until the value is dropped.
    pub(super) fn one_more(&self) -> OneUnanswered<'_> {
        self.count.send_modify(|count| *count += 1);
        OneUnanswered(self)
    }
}

impl Default for Unanswered {
    fn default() -> Self {
        Self::new()
    }
}

pub(super) struct OneUnanswered<'a>(&'a Unanswered);

impl Drop for OneUnanswered<'_> {
    fn drop(&mut self) {
        self.0.count.send_modify(|count| *count -= 1);
    }
}
