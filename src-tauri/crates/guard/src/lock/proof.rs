//! Saying who one is: one try at a time for each way, slower after wrong ones, and void once it was closed in between.

use std::time::Duration;

use thiserror::Error;

use super::{Lock, Moment};

/// A try that takes longer is no proof any more.
pub const ANSWERED_WITHIN: Duration = Duration::from_secs(150);
/// So many wrong ones cost nothing.
const FREE: u32 = 3;
/// The first wait, doubled with each further wrong one.
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(5 * 60);

/// How somebody says who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The system asks, in its own way.
    System,
    /// The recovery passphrase.
    Passphrase,
    /// The Auth Token of the account, which Twilio says is right: the last way in, where no passphrase opens it.
    AuthToken,
}

impl Way {
    /// Whether what is typed for it could be found by trying.
    pub(super) fn can_be_guessed(self) -> bool {
        self != Self::System
    }
}

/// Why a try cannot begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotNow {
    /// One is under way.
    #[error("a try is under way")]
    Busy,
    /// It does not count as a way to open this.
    #[error("this is no way to open it")]
    NotAWay,
    /// Too many were wrong.
    #[error("too many were wrong; wait {} s", .0.as_secs())]
    Wait(Duration),
}

/// Why it was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum StillClosed {
    #[error("it was not proved")]
    NotProved,
    #[error("it was closed while the answer was awaited")]
    ClosedMeanwhile,
    #[error("the answer came too late")]
    TooLate,
}

/// What a try began with.
pub(super) struct Begun {
    pub way: Way,
    pub closings: u64,
    pub at: Moment,
}

/// A try that is under way. Dropping it ends it without a proof.
pub struct Try<'a> {
    lock: &'a Lock,
    begun: Option<Begun>,
    way: Way,
}

impl<'a> Try<'a> {
    pub(super) fn new(lock: &'a Lock, way: Way, closings: u64, at: Moment) -> Self {
        let begun = Some(Begun { way, closings, at });
        Self { lock, begun, way }
    }

    /// It is them.
    pub fn proved(mut self) -> Result<(), StillClosed> {
        self.end(true)
    }

    /// It is not, or it could not be found out. A wrong passphrase or Auth Token is counted.
    pub fn failed(mut self) -> StillClosed {
        self.end(false).err().unwrap_or(StillClosed::NotProved)
    }

    fn end(&mut self, proof: bool) -> Result<(), StillClosed> {
        match self.begun.take() {
            Some(begun) => self.lock.end_try(&begun, proof),
            None => Err(StillClosed::NotProved),
        }
    }
}

impl Drop for Try<'_> {
    fn drop(&mut self) {
        if self.begun.take().is_some() {
            self.lock.drop_try(self.way);
        }
    }
}

/// The tries so far.
#[derive(Default)]
pub(super) struct Tries {
    system: bool,
    passphrase: bool,
    auth_token: bool,
    wrong: u32,
    last_wrong: Option<Moment>,
}

impl Tries {
    /// So many were wrong before; the wait for them begins anew.
    pub fn after(wrong: u32, now: Moment) -> Self {
        Self {
            wrong,
            last_wrong: (wrong > 0).then_some(now),
            ..Self::default()
        }
    }

    pub fn wrong(&self) -> u32 {
        self.wrong
    }

    pub fn begin(&mut self, way: Way, now: Moment) -> Result<(), NotNow> {
        if *self.under_way(way) {
            return Err(NotNow::Busy);
        }
        if way.can_be_guessed()
            && let Some(wait) = self.wait(now)
        {
            return Err(NotNow::Wait(wait));
        }
        *self.under_way(way) = true;
        Ok(())
    }

    pub fn end(&mut self, way: Way) {
        *self.under_way(way) = false;
    }

    pub fn was_wrong(&mut self, now: Moment) {
        self.wrong = self.wrong.saturating_add(1);
        self.last_wrong = Some(now);
    }

    /// How long the next passphrase has to wait, by the clock that nobody can set.
    pub fn wait(&self, now: Moment) -> Option<Duration> {
        let further = self.wrong.checked_sub(FREE)?;
        let factor = 1_u32.checked_shl(further).unwrap_or(u32::MAX);
        let wait = FIRST_WAIT.saturating_mul(factor).min(LONGEST_WAIT);
        let waited = now.steady.saturating_sub(self.last_wrong?.steady);
        wait.checked_sub(waited).filter(|left| !left.is_zero())
    }

    fn under_way(&mut self, way: Way) -> &mut bool {
        match way {
            Way::System => &mut self.system,
            Way::Passphrase => &mut self.passphrase,
            Way::AuthToken => &mut self.auth_token,
        }
    }
}
