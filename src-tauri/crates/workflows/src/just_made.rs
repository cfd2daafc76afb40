//! What this program made a moment ago: Twilio may not know it everywhere yet, and refuses it as if it did not exist.

use std::collections::HashMap;

use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

/// When this run made what, by the clock that nobody sets.
#[derive(Default)]
pub(crate) struct JustMade(Mutex<HashMap<String, Duration>>);

impl JustMade {
    /// Notes that the account or the key of this SID was made, and forgets what was made longer ago than that.
    pub(crate) fn note(&self, sid: &str, now: Duration, known_after: Duration) {
        let mut made = self.made();
        made.retain(|_, at| now.saturating_sub(*at) < known_after);
        made.insert(sid.to_owned(), now);
    }

    /// Whether it was made within that time.
    pub(crate) fn knows(&self, sid: &str, now: Duration, known_after: Duration) -> bool {
        let at = self.made().get(sid).copied();
        at.is_some_and(|at| now.saturating_sub(at) < known_after)
    }

    fn made(&self) -> MutexGuard<'_, HashMap<String, Duration>> {
        self.0.lock()
    }
}
