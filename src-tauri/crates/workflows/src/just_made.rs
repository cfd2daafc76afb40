//! What this program made a moment ago: Twilio may not know it everywhere yet, and refuses it as if it did not exist.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::workspace::Workspace;

/// When this run made what, by the clock that nobody sets.
#[derive(Default)]
pub(crate) struct JustMade(Mutex<HashMap<String, Duration>>);

impl JustMade {
    fn made(&self) -> MutexGuard<'_, HashMap<String, Duration>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Workspace {
    /// Notes that Twilio has just made the account or the key of this SID for this program.
    pub(crate) fn note_made(&self, sid: &str) {
        let now = self.clock.steady();
        let mut made = self.just_made.made();
        made.retain(|_, at| now.saturating_sub(*at) < self.patience.known);
        made.insert(sid.to_owned(), now);
    }

    /// Whether that was within [`crate::Patience::known`].
    pub(crate) fn is_just_made(&self, sid: &str) -> bool {
        let at = self.just_made.made().get(sid).copied();
        at.is_some_and(|at| self.clock.steady().saturating_sub(at) < self.patience.known)
    }

    /// Asks something about what this SID names, and asks again for as long as Twilio may merely not know it yet.
    pub(crate) async fn once_known<T, Asked>(
        &self,
        sid: &str,
        ask: impl Fn() -> Asked,
    ) -> Result<T, twilio::Error>
    where
        Asked: Future<Output = Result<T, twilio::Error>>,
    {
        loop {
            match ask().await {
                Err(error) if error.may_be_not_yet_known() && self.is_just_made(sid) => {
                    tokio::time::sleep(self.patience.prove_pause).await;
                }
                outcome => return outcome,
            }
        }
    }
}
