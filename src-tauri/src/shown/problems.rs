//! What stopped each unfinished thing last, since the program started.

use std::collections::HashMap;

use parking_lot::Mutex;
use vault::EntryId;

use crate::wire::Failure;

/// The last failure of each unfinished entry.
#[derive(Default)]
pub struct Problems(Mutex<HashMap<EntryId, Failure>>);

impl Problems {
    pub fn remember(&self, entry: EntryId, failure: Failure) {
        self.0.lock().insert(entry, failure);
    }

    /// What stopped it is overcome.
    pub fn forget(&self, entry: EntryId) {
        self.0.lock().remove(&entry);
    }

    pub fn of(&self, entry: EntryId) -> Option<Failure> {
        self.0.lock().get(&entry).cloned()
    }

    /// Entry numbers mean something else in other records.
    pub fn forget_all(&self) {
        self.0.lock().clear();
    }
}
