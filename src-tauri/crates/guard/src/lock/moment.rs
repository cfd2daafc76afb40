//! Two clocks at once: one that nobody can set, and the one on the wall, which knows what passed while the first stood still.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

/// The clock on the wall is corrected by so much in everyday life; when it goes back by more, somebody has set it.
const EVERYDAY_CORRECTION: Duration = Duration::from_secs(60);

/// One moment, as both clocks have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Since some moment before; also counts while the computer sleeps, where the system has such a clock. Cannot be set.
    pub steady: Duration,
    /// What the clock on the wall says, which anybody can set.
    pub wall: Timestamp,
}

impl Moment {
    /// Whether `limit` has passed since, by either clock. A wall clock that was set back counts as if it had.
    pub fn is_older_than(&self, limit: Duration, now: &Moment) -> bool {
        self.age(now).is_none_or(|age| age > limit)
    }

    /// How long ago this was by the clock that says more; `None` where the wall clock was set back since.
    pub fn age(&self, now: &Moment) -> Option<Duration> {
        let steady = now.steady.saturating_sub(self.steady);
        let wall = now.wall.duration_since(self.wall);
        let behind = jiff::SignedDuration::try_from(steady).ok()? - wall;
        if behind.unsigned_abs() > EVERYDAY_CORRECTION && behind.is_positive() {
            return None;
        }
        Some(if wall.is_negative() {
            steady
        } else {
            steady.max(wall.unsigned_abs())
        })
    }
}

/// Where the time comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Moment + Send + Sync>);

impl Clock {
    /// The computer's two clocks.
    pub fn system() -> Self {
        let steady = steady_clock();
        Self::of(move || Moment {
            steady: steady(),
            wall: Timestamp::now(),
        })
    }

    /// A clock that says what `now` says.
    pub fn of(now: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The present.
    pub fn now(&self) -> Moment {
        (self.0)()
    }
}

/// Linux's clock that goes on while the computer sleeps.
#[cfg(target_os = "linux")]
fn steady_clock() -> impl Fn() -> Duration + Send + Sync {
    || since_the_start_of(rustix::time::ClockId::Boottime)
}

/// macOS' own monotonic clock goes on while the computer sleeps; the one Rust's `Instant` uses does not.
#[cfg(target_os = "macos")]
fn steady_clock() -> impl Fn() -> Duration + Send + Sync {
    || since_the_start_of(rustix::time::ClockId::Monotonic)
}

#[cfg(unix)]
fn since_the_start_of(clock: rustix::time::ClockId) -> Duration {
    let time = rustix::time::clock_gettime(clock);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or_default(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}

#[cfg(windows)]
fn steady_clock() -> impl Fn() -> Duration + Send + Sync {
    let start = std::time::Instant::now();
    move || start.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(steady: u64, wall: i64) -> Moment {
        Moment {
            steady: Duration::from_secs(steady),
            wall: Timestamp::from_second(wall).expect("a time"),
        }
    }

    #[test]
    fn the_clock_that_says_more_counts() {
        let start = moment(100, 1_000);
        assert_eq!(
            start.age(&moment(160, 1_060)),
            Some(Duration::from_secs(60))
        );
        // Asleep, by a steady clock that stood still.
        assert_eq!(
            start.age(&moment(101, 1_900)),
            Some(Duration::from_secs(900))
        );
        assert_eq!(
            start.age(&moment(150, 1_001)),
            Some(Duration::from_secs(50))
        );
        assert_eq!(start.age(&moment(1_000, 1_001)), None, "set back");
    }

    #[test]
    fn a_wall_clock_that_was_set_back_makes_everything_old() {
        let start = moment(100, 1_000);
        let five_minutes = Duration::from_secs(300);
        assert_eq!(start.age(&moment(110, 900)), None);
        assert!(start.is_older_than(five_minutes, &moment(110, 900)));
        assert!(
            !start.is_older_than(five_minutes, &moment(110, 980)),
            "an everyday correction"
        );
    }

    #[test]
    fn the_computers_clocks_go_forward() {
        let clock = Clock::system();
        let before = clock.now();
        assert!(clock.now().steady >= before.steady);
        assert!(before.steady > Duration::ZERO || cfg!(windows));
    }
}
