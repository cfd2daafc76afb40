//! When a request is sent again, and after how long.
//!
//! Figures from Twilio's own guidance: 100 ms doubling, ten per cent either way, at most 30 s, five tries.

use crate::Error;
use jiff::Timestamp;
use std::time::Duration;

const TRIES: u32 = 5;
/// Waiting out the whole time allowed five times over would keep somebody waiting for minutes.
const TRIES_WHEN_TIMED_OUT: u32 = 2;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
const LONGEST_OBEYED: Duration = Duration::from_secs(60);

/// What sending a request a second time would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing: it only reads.
    Read,
    /// Possibly a second change.
    Write,
}

/// How long to pause before the next try, or `None` where this error is final.
/// `tries` counts those already made; `spread` is between -0.1 and 0.1.
pub(crate) fn pause(
    effect: Effect,
    error: &Error,
    tries: u32,
    retry_after: Option<Duration>,
    spread: f64,
) -> Option<Duration> {
    let limit = match (effect, error) {
        (_, Error::TooManyRequests(_)) => TRIES,
        (Effect::Write, _) => return None,
        (Effect::Read, Error::TimedOut { .. }) => TRIES_WHEN_TIMED_OUT,
        (
            Effect::Read,
            Error::Trouble { .. }
            | Error::Offline { .. }
            | Error::ConnectionRefused { .. }
            | Error::ConnectionLost { .. },
        ) => TRIES,
        (Effect::Read, _) => return None,
    };
    if tries >= limit {
        return None;
    }
    Some(retry_after.map_or_else(|| backoff(tries, spread), |asked| asked.min(LONGEST_OBEYED)))
}

fn backoff(tries: u32, spread: f64) -> Duration {
    let doublings = tries.saturating_sub(1).min(16);
    FIRST_PAUSE
        .saturating_mul(1 << doublings)
        .mul_f64(1.0 + spread.clamp(-0.1, 0.1))
        .min(LONGEST_PAUSE)
}

/// A `Retry-After` header: seconds or an HTTP date (RFC 9110, section 10.2.3).
pub(crate) fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(header)
        .ok()?;
    Duration::try_from(until.duration_since(now)).ok()
}
