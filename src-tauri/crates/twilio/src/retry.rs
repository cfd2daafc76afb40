//! When a request is sent again, and after how long.
//!
//! Figures from Twilio's own guidance: 100 ms doubling, ten per cent either way, at most 30 s, five tries.

use crate::Error;
use jiff::Timestamp;
use std::time::Duration;

const TRIES: u32 = 5;
/// Waiting out the whole time allowed five times over would keep somebody waiting for minutes.
const TRIES_WHEN_TIMED_OUT: u32 = 2;
/// The pause before the second try, unless told otherwise.
pub(crate) const FIRST_PAUSE: Duration = Duration::from_millis(100);
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

/// How long to pause before the next try, or `None` where this error is final: as long as the server asked for, and no shorter than
/// this client's own pause, since a server that asks for none is busy all the same. Only Twilio's own 429 lets a change be sent again.
/// `tries` counts those already made; `spread` is between -0.1 and 0.1; `first_pause` doubles with each try.
pub(crate) fn pause(
    effect: Effect,
    error: &Error,
    tries: u32,
    retry_after: Option<Duration>,
    spread: f64,
    first_pause: Duration,
) -> Option<Duration> {
    let limit = match (effect, error) {
        (_, Error::TooManyRequests(_)) => TRIES,
        (Effect::Write, _) => return None,
        (Effect::Read, Error::TimedOut { .. }) => TRIES_WHEN_TIMED_OUT,
        (
            Effect::Read,
            Error::AnsweredByAnother {
                status: 429 | 500..,
                ..
            }
            | Error::Trouble(_)
            | Error::Offline { .. }
            | Error::ConnectionRefused { .. }
            | Error::ConnectionLost { .. },
        ) => TRIES,
        (Effect::Read, _) => return None,
    };
    if tries >= limit {
        return None;
    }
    let asked = retry_after.unwrap_or_default().min(LONGEST_OBEYED);
    Some(asked.max(backoff(tries, spread, first_pause)))
}

fn backoff(tries: u32, spread: f64, first_pause: Duration) -> Duration {
    let doublings = tries.saturating_sub(1).min(16);
    first_pause
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;
    use proptest::prelude::*;

    fn busy() -> Error {
        Error::TooManyRequests(said(429, 20429))
    }

    fn trouble() -> Error {
        Error::Trouble(said(503, 20503))
    }

    fn said(status: u16, code: u32) -> Refusal {
        let body = format!(r#"{{"code":{code},"message":"m","status":{status}}}"#);
        Refusal::read(status, body.as_bytes(), None, "").unwrap()
    }

    fn of_another(status: u16) -> Error {
        Error::AnsweredByAnother {
            status,
            title: None,
            request_id: None,
        }
    }

    #[test]
    fn pauses_double_from_a_tenth_of_a_second() {
        let pauses: Vec<u128> = (1..5)
            .filter_map(|tries| pause(Effect::Read, &trouble(), tries, None, 0.0, FIRST_PAUSE))
            .map(|pause| pause.as_millis())
            .collect();
        assert_eq!(pauses, [100, 200, 400, 800]);
    }

    #[test]
    fn the_fifth_try_is_the_last() {
        assert_eq!(
            pause(Effect::Read, &trouble(), 5, None, 0.0, FIRST_PAUSE),
            None
        );
        assert_eq!(
            pause(Effect::Write, &busy(), 5, None, 0.0, FIRST_PAUSE),
            None
        );
    }

    #[test]
    fn a_write_is_sent_again_only_where_it_was_not_processed() {
        assert!(pause(Effect::Write, &busy(), 1, None, 0.0, FIRST_PAUSE).is_some());
        for error in [
            trouble(),
            of_another(429),
            of_another(503),
            Error::TimedOut {
                request_sent: false,
            },
            Error::ConnectionLost {
                request_sent: true,
                detail: String::new(),
            },
            Error::ConnectionRefused {
                detail: String::new(),
            },
            Error::Offline {
                detail: String::new(),
            },
        ] {
            assert_eq!(
                pause(Effect::Write, &error, 1, None, 0.0, FIRST_PAUSE),
                None,
                "{error}"
            );
        }
    }

    #[test]
    fn a_final_answer_is_not_asked_for_again() {
        let wrong_certificate = Error::Certificate {
            clock_may_be_wrong: true,
        };
        for error in [
            wrong_certificate,
            of_another(302),
            of_another(403),
            Error::TooLarge,
        ] {
            assert_eq!(
                pause(Effect::Read, &error, 1, None, 0.0, FIRST_PAUSE),
                None,
                "{error}"
            );
        }
    }

    #[test]
    fn what_the_server_asks_for_is_obeyed_up_to_a_minute() {
        let asked = |seconds| {
            let after = Some(Duration::from_secs(seconds));
            pause(Effect::Write, &busy(), 1, after, 0.0, FIRST_PAUSE)
        };
        assert_eq!(asked(7), Some(Duration::from_secs(7)));
        assert_eq!(asked(61), Some(Duration::from_secs(60)));
        assert_eq!(asked(u64::MAX), Some(Duration::from_secs(60)));
    }

    #[test]
    fn a_pause_is_never_shorter_than_ones_own() {
        for (tries, own) in [(1, 100), (2, 200), (3, 400), (4, 800)] {
            for asked in [0, 50] {
                let asked = Some(Duration::from_millis(asked));
                assert_eq!(
                    pause(Effect::Write, &busy(), tries, asked, 0.0, FIRST_PAUSE),
                    Some(Duration::from_millis(own))
                );
            }
        }
    }

    #[test]
    fn a_time_to_retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(retry_after(" 3 ", now), Some(Duration::from_secs(3)));
        let date = "Thu, 01 Jan 2026 00:00:09 GMT";
        assert_eq!(retry_after(date, now), Some(Duration::from_secs(9)));
        for text in ["", "-1", "soon", "1.5", "Wed, 31 Dec 2025 00:00:00 GMT"] {
            assert_eq!(retry_after(text, now), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_pause_stays_within_ten_per_cent(tries in 1_u32..5, spread in -1.0..1.0_f64) {
            let plain = backoff(tries, 0.0, FIRST_PAUSE).as_secs_f64();
            let spread = backoff(tries, spread, FIRST_PAUSE).as_secs_f64();
            prop_assert!((spread / plain - 1.0).abs() < 0.101);
        }

        #[test]
        fn no_header_breaks_reading_it(text in any::<String>()) {
            let _ = retry_after(&text, Timestamp::UNIX_EPOCH);
        }
    }
}
