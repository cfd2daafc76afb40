//! Stopping an operation, and letting it pause.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

/// Why an operation was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// Its user said so.
    Asked,
    /// The program was locked.
    Locked,
    /// Another account was opened.
    Left,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Open,
    Stopped(StopReason),
    /// It goes to its end, whoever wants it stopped.
    Committed,
}

/// What an operation is told from outside.
pub(super) struct Control {
    ending: watch::Sender<Ending>,
    /// The same for code that cannot wait for it.
    flag: AtomicBool,
    paused: watch::Sender<bool>,
}

impl Control {
    pub fn new() -> Self {
        Self {
            ending: watch::Sender::new(Ending::Open),
            flag: AtomicBool::new(false),
            paused: watch::Sender::new(false),
        }
    }

    /// Stops it, unless it is stopped or has committed itself.
    pub fn stop(&self, why: StopReason) {
        let stops = self.become_from_open(Ending::Stopped(why));
        if stops {
            self.flag.store(true, Ordering::Relaxed);
        }
    }

    /// From here on it cannot be stopped. False where it was.
    pub fn commit(&self) -> bool {
        self.become_from_open(Ending::Committed) || *self.ending.borrow() == Ending::Committed
    }

    fn become_from_open(&self, next: Ending) -> bool {
        self.ending.send_if_modified(|ending| {
            let open = *ending == Ending::Open;
            if open {
                *ending = next;
            }
            open
        })
    }

    pub fn is_committed(&self) -> bool {
        *self.ending.borrow() == Ending::Committed
    }

    pub fn why_stopped(&self) -> Option<StopReason> {
        match *self.ending.borrow() {
            Ending::Stopped(why) => Some(why),
            Ending::Open | Ending::Committed => None,
        }
    }

    /// Waits until it is stopped; for ever where it never is.
    pub async fn stopped(&self) -> StopReason {
        let mut watching = self.ending.subscribe();
        loop {
            if let Ending::Stopped(why) = *watching.borrow_and_update() {
                return why;
            }
            // The sender lives as long as `self`, so waiting ends only by a change.
            let _ = watching.changed().await;
        }
    }

    /// True once it is stopped.
    pub fn flag(&self) -> &AtomicBool {
        &self.flag
    }

    pub fn pause(&self, paused: bool) {
        self.paused
            .send_if_modified(|now| std::mem::replace(now, paused) != paused);
    }

    /// Waits until it is to pause, or not any more.
    pub async fn comes_to(&self, paused: bool) {
        let mut watching = self.paused.subscribe();
        // The sender lives as long as `self`, so waiting ends only by coming to it.
        let _ = watching.wait_for(|now| *now == paused).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_was_stopped_may_not_commit_itself_and_one_that_has_is_not_stopped() {
        let stopped = Control::new();
        stopped.stop(StopReason::Asked);
        assert!(!stopped.commit());
        assert!(stopped.flag().load(Ordering::Relaxed));
        let committed = Control::new();
        assert!(committed.commit());
        committed.stop(StopReason::Locked);
        assert_eq!(committed.why_stopped(), None);
        assert!(!committed.flag().load(Ordering::Relaxed));
    }

    #[test]
    fn the_first_reason_stays() {
        let control = Control::new();
        control.stop(StopReason::Locked);
        control.stop(StopReason::Asked);
        assert_eq!(control.why_stopped(), Some(StopReason::Locked));
    }
}
