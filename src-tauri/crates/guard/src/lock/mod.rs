//! Whether the program is locked. It is, until it is known that it need not be; and in doubt it is.
//!
//! This decides only. What locked means (which calls are refused, what is forgotten) is for those who ask.

mod moment;
mod proof;
mod remembered;
mod ways;

use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;

pub use moment::{Clock, Moment};
pub use proof::{NotNow, StillClosed, Try, Way};
pub use remembered::Remembered;
pub use ways::{Found, Ways};

use proof::Tries;
use ways::Known;

/// Before this is done, whoever did not prove that it is them within this time is asked again.
pub const FRESH_FOR: Duration = Duration::from_secs(2 * 60);
/// What was done when is written down so often, for the next start.
const WRITTEN_DOWN_EVERY: Duration = Duration::from_secs(20);

/// Why it was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is not known yet whether it has to be.
    Starting,
    /// Nobody did anything for the set time, or the clock was set back.
    Idle,
    /// Somebody pressed the button.
    Asked,
    /// The computer went to sleep, its screen was locked, or somebody else took it over.
    Away,
    /// It was locked, or had been left for too long, when the program ended.
    LastTime,
}

/// One closing among all there were: a later one is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Closing(u64);

/// Proof that it was open a moment ago.
#[derive(Debug)]
pub struct Open {
    closings: u64,
}

/// Proof that it was open a moment ago, and that whoever asked had just said who they are, where there is a way to. What needs that asks
/// for this value, so that it cannot be done without.
#[derive(Debug)]
pub struct Fresh(Open);

impl Fresh {
    /// That it was open.
    pub fn open(&self) -> &Open {
        &self.0
    }
}

/// They have to say again who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotFresh {
    /// It is locked.
    #[error("it is locked")]
    Closed,
    /// The last time is too long ago.
    #[error("the last unlock is too long ago")]
    AskAgain,
}

/// The lock.
pub struct Lock {
    clock: Clock,
    inner: Mutex<Inner>,
    closed: watch::Sender<bool>,
    remembered: watch::Sender<Option<Remembered>>,
}

struct Inner {
    closed: Option<Why>,
    known: Known,
    idle: Duration,
    active: Moment,
    proved: Option<Moment>,
    /// How often it was closed: what began before a closing does not count after it.
    closings: u64,
    tries: Tries,
}

impl Lock {
    /// A lock that is closed.
    pub fn new(clock: Clock) -> Self {
        let now = clock.now();
        Self {
            clock,
            inner: Mutex::new(Inner {
                closed: Some(Why::Starting),
                known: Known::default(),
                idle: Duration::ZERO,
                active: now,
                proved: None,
                closings: 0,
                tries: Tries::default(),
            }),
            closed: watch::Sender::new(true),
            remembered: watch::Sender::new(None),
        }
    }

    /// Says what there is to lock, and so decides whether it begins locked: where it was when the program ended, or where nobody was
    /// seen at it for `idle` since. That holds whatever can open it today: a way that is not there opens nothing. One that was closed
    /// meanwhile stays so where there is a way to open it again. `found` says what opens it beside the system's own check.
    pub fn begin(&self, found: Found, idle: Duration, remembered: Option<Remembered>) {
        let mut inner = self.inner();
        let now = self.clock.now();
        let left = remembered.is_some_and(|before| {
            let seen = now.wall.as_second().checked_sub(before.seen);
            let away = seen.and_then(|seconds| u64::try_from(seconds).ok());
            let is_long = away.is_none_or(|away| Duration::from_secs(away) > idle);
            before.closed || (is_long && before.holds_a_lock())
        });
        inner.known = Known::at_the_start(found, remembered.map(|before| before.by), left);
        inner.idle = idle;
        inner.active = now;
        inner.proved = None;
        inner.closings += 1;
        inner.tries = Tries::after(remembered.map_or(0, |before| before.wrong), now);
        let can_close = inner.known.ways().can_close();
        let meanwhile = inner
            .closed
            .filter(|why| *why != Why::Starting && can_close);
        inner.closed = meanwhile.or(left.then_some(Why::LastTime));
        self.tell(&inner, now);
    }

    /// Says anew what opens it beside the system's own check. Closed stays closed.
    pub fn set_found(&self, found: Found) {
        let mut inner = self.inner();
        if inner.known.found != found {
            inner.known.found = found;
            self.tell(&inner, self.clock.now());
        }
    }

    /// The passphrase that is set can open nothing any more: what the records keep of it is damaged. The account's Auth Token takes its
    /// place.
    pub fn passphrase_is_damaged(&self) {
        self.inner().known.passphrase_damaged = true;
    }

    /// What opens it again for certain.
    pub fn ways(&self) -> Ways {
        self.inner().known.ways()
    }

    /// Whether this way is taken now.
    pub fn takes(&self, way: Way) -> bool {
        let inner = self.inner();
        inner.known.takes(way, inner.closed.is_some())
    }

    /// Whether there is a way to open it again, without which it is not closed.
    pub fn can_close(&self) -> bool {
        self.inner().known.ways().can_close()
    }

    /// After this time without anybody doing anything it closes.
    pub fn set_idle(&self, idle: Duration) {
        self.inner().idle = idle;
    }

    /// Whether it is closed, and why. Closes it first if its time has come.
    pub fn closed(&self) -> Option<Why> {
        self.closing().map(|(_, why)| why)
    }

    /// Which closing it is closed by, and why. Closes it first if its time has come.
    pub fn closing(&self) -> Option<(Closing, Why)> {
        let mut inner = self.inner();
        self.close_if_idle(&mut inner);
        inner.closed.map(|why| (Closing(inner.closings), why))
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.closed().is_some()
    }

    /// Somebody did something at the window. Of no use once it is closed.
    pub fn note_activity(&self) {
        let mut inner = self.inner();
        self.close_if_idle(&mut inner);
        if inner.closed.is_none() {
            let now = self.clock.now();
            inner.active = now;
            self.write_down_sparsely(&inner, now);
        }
    }

    /// Closes it. Says whether it is closed now: without a way to open it again it stays open.
    pub fn close(&self, why: Why) -> bool {
        let mut inner = self.inner();
        if inner.closed.is_none() && inner.known.ways().can_close() {
            self.do_close(&mut inner, why);
        }
        inner.closed.is_some()
    }

    /// When it will close by itself; `None` while it is closed or cannot be.
    pub fn closes_in(&self) -> Option<Duration> {
        let mut inner = self.inner();
        self.close_if_idle(&mut inner);
        if inner.closed.is_some() || !inner.known.ways().can_close() {
            return None;
        }
        let age = inner.active.age(&self.clock.now()).unwrap_or(inner.idle);
        Some(inner.idle.saturating_sub(age))
    }

    /// How long the next passphrase or Auth Token has to wait after wrong ones.
    pub fn passphrase_wait(&self) -> Option<Duration> {
        self.inner().tries.wait(self.clock.now())
    }

    /// Begins a try to open it, or to say again who one is. One at a time for each way, by a way that counts, and not right after too
    /// many wrong ones.
    pub fn try_to_open(&self, way: Way) -> Result<Try<'_>, NotNow> {
        let mut inner = self.inner();
        let now = self.clock.now();
        if !inner.known.takes(way, inner.closed.is_some()) {
            return Err(NotNow::NotAWay);
        }
        inner.tries.begin(way, now)?;
        Ok(Try::new(self, way, inner.closings, now))
    }

    /// Allows what needs more than an open lock: that they have just said who they are. Where there is no way to, being open is enough.
    pub fn require_fresh(&self) -> Result<Fresh, NotFresh> {
        let mut inner = self.inner();
        self.close_if_idle(&mut inner);
        if inner.closed.is_some() {
            return Err(NotFresh::Closed);
        }
        let now = self.clock.now();
        let is_fresh = inner
            .proved
            .is_some_and(|proved| !proved.is_older_than(FRESH_FOR, &now));
        if is_fresh || !inner.known.ways().can_close() {
            Ok(Fresh(Open {
                closings: inner.closings,
            }))
        } else {
            Err(NotFresh::AskAgain)
        }
    }

    /// Allows what needs an open lock only, and lets it be asked later whether it is open still.
    pub fn require_open(&self) -> Result<Open, NotFresh> {
        let mut inner = self.inner();
        self.close_if_idle(&mut inner);
        match inner.closed {
            Some(_) => Err(NotFresh::Closed),
            None => Ok(Open {
                closings: inner.closings,
            }),
        }
    }

    /// Whether it has been open ever since.
    pub fn still(&self, open: &Open) -> Result<(), NotFresh> {
        let mut inner = self.inner();
        self.close_if_idle(&mut inner);
        if inner.closed.is_none() && inner.closings == open.closings {
            Ok(())
        } else {
            Err(NotFresh::Closed)
        }
    }

    /// Follows whether it is closed.
    pub fn watch(&self) -> watch::Receiver<bool> {
        self.closed.subscribe()
    }

    /// What the next start would have to know if the program ended now.
    pub fn to_remember(&self) -> Remembered {
        let mut inner = self.inner();
        self.close_if_idle(&mut inner);
        remembered(&inner, self.clock.now())
    }

    /// Follows what the next start has to know.
    pub fn watch_remembered(&self) -> watch::Receiver<Option<Remembered>> {
        self.remembered.subscribe()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock()
    }

    fn close_if_idle(&self, inner: &mut Inner) {
        let now = self.clock.now();
        if inner.closed.is_none()
            && inner.known.ways().can_close()
            && inner.active.is_older_than(inner.idle, &now)
        {
            self.do_close(inner, Why::Idle);
        }
    }

    fn do_close(&self, inner: &mut Inner, why: Why) {
        inner.closed = Some(why);
        inner.proved = None;
        inner.closings += 1;
        self.tell(inner, self.clock.now());
    }

    fn end_try(&self, begun: &proof::Begun, proof: bool) -> Result<(), StillClosed> {
        let mut inner = self.inner();
        let now = self.clock.now();
        inner.tries.end(begun.way);
        if !proof {
            if begun.way.can_be_guessed() {
                inner.tries.was_wrong(now);
                self.tell(&inner, now);
            }
            return Err(StillClosed::NotProved);
        }
        if begun.closings != inner.closings {
            return Err(StillClosed::ClosedMeanwhile);
        }
        if begun.at.is_older_than(proof::ANSWERED_WITHIN, &now) {
            return Err(StillClosed::TooLate);
        }
        inner.tries = Tries::default();
        inner.known.proved_by(begun.way);
        inner.closed = None;
        inner.active = now;
        inner.proved = Some(now);
        self.tell(&inner, now);
        Ok(())
    }

    fn drop_try(&self, way: Way) {
        self.inner().tries.end(way);
    }

    fn tell(&self, inner: &Inner, now: Moment) {
        let closed = inner.closed.is_some();
        self.closed
            .send_if_modified(|told| std::mem::replace(told, closed) != closed);
        self.remembered.send_replace(Some(remembered(inner, now)));
    }

    fn write_down_sparsely(&self, inner: &Inner, now: Moment) {
        let next = remembered(inner, now);
        self.remembered.send_if_modified(|told| {
            let due = told.is_none_or(|told| {
                let since = next.seen.saturating_sub(told.seen);
                u64::try_from(since).is_ok_and(|since| since >= WRITTEN_DOWN_EVERY.as_secs())
            });
            if due {
                *told = Some(next);
            }
            due
        });
    }
}

fn remembered(inner: &Inner, now: Moment) -> Remembered {
    Remembered {
        closed: inner.closed.is_some(),
        seen: now.wall.as_second(),
        wrong: inner.tries.wrong(),
        by: inner.known.to_remember(),
    }
}
