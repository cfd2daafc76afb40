//! What stopped each unfinished thing last.

use std::collections::HashMap;

use parking_lot::Mutex;
use vault::EntryId;

use crate::view::FailureView;

/// What stopped each unfinished thing last, since the program started.
#[derive(Default)]
pub(crate) struct LastFailures(Mutex<HashMap<EntryId, FailureView>>);

impl LastFailures {
    pub fn note(&self, failure: &FailureView) {
        if let Some(entry) = failure.unfinished {
            let entry = EntryId::new(i64::from(entry));
            self.0.lock().insert(entry, failure.clone());
        }
    }

    pub fn of(&self, entry: EntryId) -> Option<FailureView> {
        self.0.lock().get(&entry).cloned()
    }

    pub fn forget(&self, entry: EntryId) {
        self.0.lock().remove(&entry);
    }
}
