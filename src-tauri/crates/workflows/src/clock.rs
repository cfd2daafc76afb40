//! What time it is, and how much of it has passed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// The time now, in UTC, and a time that nobody sets: the computer's, or a test's.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    steady: Arc<dyn Fn() -> Duration + Send + Sync>,
}

impl Clock {
    /// The computer's own clocks.
    pub fn system() -> Self {
        let begun = Instant::now();
        Self::told_by(Timestamp::now, move || begun.elapsed())
    }

    /// A clock that says what these say: see [`Clock::now`] and [`Clock::steady`].
    pub fn told_by(
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        steady: impl Fn() -> Duration + Send + Sync + 'static,
    ) -> Self {
        Self {
            now: Arc::new(now),
            steady: Arc::new(steady),
        }
    }

    /// The time of day, which may be set at any moment.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// How much time has passed since some moment of this run, whatever the time of day was set to. The computer's sleep may be left out.
    pub fn steady(&self) -> Duration {
        (self.steady)()
    }
}
