//! A caller that waits for the keychain.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedMutexGuard, watch};

use super::KeychainError;
use super::unanswered::{OneUnanswered, Unanswered, WORTH_SAYING_AFTER};

/// How long a caller waits, and whether it has been said that it does.
pub(super) struct Wait<'a> {
    unanswered: &'a Unanswered,
    pub(super) given_up: watch::Receiver<()>,
    pub(super) worth_saying_at: tokio::time::Instant,
    pub(super) said: Option<OneUnanswered<'a>>,
}

impl<'a> Wait<'a> {
    pub(super) fn new(unanswered: &'a Unanswered) -> Self {
        Self {
            unanswered,
            given_up: unanswered.given_up(),
            worth_saying_at: tokio::time::Instant::now() + WORTH_SAYING_AFTER,
            said: None,
        }
    }

    /// Waits until it is this call's turn to change the item.
    pub(super) async fn turn(
        &mut self,
        turn: Arc<tokio::sync::Mutex<()>>,
        deadline: Duration,
    ) -> Result<OwnedMutexGuard<()>, KeychainError> {
        let lost_at = tokio::time::Instant::now() + deadline;
        let mut mine = Box::pin(turn.lock_owned());
        loop {
            let worth_saying_at = self.worth_saying_at;
            tokio::select! {
                biased;
                guard = &mut mine => return Ok(guard),
                Ok(()) = self.given_up.changed() => return Err(KeychainError::GivenUp),
                () = tokio::time::sleep_until(lost_at) => return Err(KeychainError::NoAnswer),
                () = tokio::time::sleep_until(worth_saying_at), if self.said.is_none() => {
                    self.said = Some(self.unanswered.one_more());
                }
            }
        }
    }
}
