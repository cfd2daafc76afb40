//! What stopped something unfinished last, where the records did not take it.

use std::collections::HashMap;

use parking_lot::Mutex;
use vault::EntryId;

use crate::view::FailureView;

/// What stopped each unfinished thing last, where the records did not take it. Forgotten when the program ends.
#[derive(Default)]
pub(crate) struct LastFailures(Mutex<HashMap<EntryId, FailureView>>);

impl LastFailures {
    pub fn note(&self, entry: EntryId, failure: &FailureView) {
        self.0.lock().insert(entry, failure.clone());
    }

    pub fn of(&self, entry: EntryId) -> Option<FailureView> {
        self.0.lock().get(&entry).cloned()
    }

    pub fn forget(&self, entry: EntryId) {
        self.0.lock().remove(&entry);
    }
}
