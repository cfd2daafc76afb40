//! What was made a moment ago and is not known everywhere yet.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::Store;

/// When accounts and keys were made in this run, and how long it takes until they are known.
#[derive(Default)]
pub(super) struct CatchingUp {
    within: Duration,
    made: HashMap<String, Instant>,
}

impl CatchingUp {
    pub(super) fn note(&mut self, sid: &str) {
        self.made.insert(sid.to_ascii_lowercase(), Instant::now());
    }
}

impl Store {
    /// What is made is known this long afterwards: until then it cannot be signed with, and a path that names it is not found.
    pub(crate) fn catch_up_within(&mut self, within: Duration) {
        self.catching_up.within = within;
    }

    /// Whether something was made so short a while ago that it is not known yet.
    pub(crate) fn is_not_known_yet(&self, sid: &str) -> bool {
        let made = self.catching_up.made.get(&sid.to_ascii_lowercase());
        made.is_some_and(|made| made.elapsed() < self.catching_up.within)
    }
}
