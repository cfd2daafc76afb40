//! This computer's clock, beside the date in Twilio's answer.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use twilio::{Error, Tried};

use crate::view::Verdict;

/// Closer than this is close enough: the answer's date has whole seconds and was on its way for a while.
const CLOSE: SignedDuration = SignedDuration::from_mins(2);
/// No two time zones are further apart than this, and their offsets differ by whole quarters of an hour.
const ZONES_APART: SignedDuration = SignedDuration::from_hours(26);
const QUARTER: SignedDuration = SignedDuration::from_mins(15);

/// What comparing the clocks found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockFound {
    /// The time by this computer's clock.
    pub now: Timestamp,
    /// The name of the time zone it is set to, as `Europe/Berlin`; `None` where the system does not say.
    pub zone: Option<String>,
    /// How far this computer's clock is ahead of Twilio's; negative where it is behind.
    pub ahead: Option<SignedDuration>,
    /// What is wrong.
    pub problem: Option<ClockProblem>,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockProblem {
    /// The clock is wrong by so much; positive where it is ahead.
    Wrong(SignedDuration),
    /// Wrong by as much as another time zone is away: somebody set the time by hand and left the zone as it was.
    WrongZone(SignedDuration),
    /// Twilio's certificate is not valid at the time that this computer has.
    CertificateNotValidNow,
    /// The system does not say which time zone it is set to; times are shown in UTC.
    ZoneUnknown,
    /// Twilio was not kill_point, so there was nothing to compare with.
    NotCompared,
}

impl ClockFound {
    /// Compares with the date of an answer, if there was one.
    pub(super) fn beside(tried: &Tried, now: Timestamp) -> Self {
        let zone = TimeZone::try_system().ok();
        let zone = zone.and_then(|zone| zone.iana_name().map(str::to_owned));
        let ahead = match &tried.outcome {
            Ok(reached) => reached
                .date
                .map(|date| reached.answered_at.duration_since(date)),
            Err(_) => None,
        };
        let doubted = matches!(
            &tried.outcome,
            Err(unreached) if matches!(unreached.error, Error::Certificate { clock_may_be_wrong: true })
        );
        Self {
            now,
            problem: problem_of(ahead, doubted, zone.is_some()),
            zone,
            ahead,
        }
    }

    pub(super) fn verdict(&self) -> Verdict {
        match self.problem {
            None => Verdict::Fine,
            Some(ClockProblem::CertificateNotValidNow) => Verdict::Broken,
            Some(ClockProblem::NotCompared) => Verdict::Unknown,
            Some(_) => Verdict::Attention,
        }
    }
}

fn problem_of(
    ahead: Option<SignedDuration>,
    doubted: bool,
    zone_known: bool,
) -> Option<ClockProblem> {
    match ahead {
        None if doubted => Some(ClockProblem::CertificateNotValidNow),
        None => Some(ClockProblem::NotCompared),
        Some(ahead) if ahead.abs() >= CLOSE && looks_like_another_zone(ahead) => {
            Some(ClockProblem::WrongZone(ahead))
        }
        Some(ahead) if ahead.abs() >= CLOSE => Some(ClockProblem::Wrong(ahead)),
        Some(_) if !zone_known => Some(ClockProblem::ZoneUnknown),
        Some(_) => None,
    }
}

fn looks_like_another_zone(ahead: SignedDuration) -> bool {
    let past_quarter = ahead.abs().as_secs() % QUARTER.as_secs();
    let close = CLOSE.as_secs();
    let on_a_quarter = past_quarter < close || past_quarter > QUARTER.as_secs() - close;
    on_a_quarter && ahead.abs() > QUARTER && ahead.abs() <= ZONES_APART
}

#[cfg(test)]
mod tests {
    use super::*;
    use twilio::{Stage, Unreached};

    fn off_by(seconds: i64) -> Option<ClockProblem> {
        problem_of(Some(SignedDuration::from_secs(seconds)), false, true)
    }

    #[test]
    fn a_clock_within_two_minutes_is_right() {
        for seconds in [0, 119, -119] {
            assert_eq!(off_by(seconds), None, "{seconds}");
        }
    }

    #[test]
    fn a_clock_that_is_off_by_some_time_is_wrong() {
        for seconds in [120, -120, 15 * 60, 40 * 60, -100_000, 86_400 * 365] {
            let wrong = ClockProblem::Wrong(SignedDuration::from_secs(seconds));
            assert_eq!(off_by(seconds), Some(wrong), "{seconds}");
        }
    }

    #[test]
    fn a_clock_that_is_off_by_whole_quarters_of_an_hour_has_the_wrong_zone() {
        for seconds in [3600, -7200, 7200 + 100, 5 * 3600 + 45 * 60 - 30, 30 * 60] {
            let wrong = ClockProblem::WrongZone(SignedDuration::from_secs(seconds));
            assert_eq!(off_by(seconds), Some(wrong), "{seconds}");
        }
    }

    #[test]
    fn what_could_not_be_compared_is_not_called_right() {
        assert_eq!(
            problem_of(None, false, true),
            Some(ClockProblem::NotCompared)
        );
        let in_time = Some(SignedDuration::ZERO);
        assert_eq!(
            problem_of(in_time, false, false),
            Some(ClockProblem::ZoneUnknown)
        );
    }

    #[test]
    fn a_certificate_that_is_not_valid_now_casts_doubt_on_the_clock() {
        let tried = Tried {
            host: "api.twilio.com".to_owned(),
            proxy: None,
            inspection: None,
            outcome: Err(Unreached {
                stage: Stage::Certificate,
                error: Error::Certificate {
                    clock_may_be_wrong: true,
                },
            }),
        };
        let found = ClockFound::beside(&tried, Timestamp::now());
        assert_eq!(found.problem, Some(ClockProblem::CertificateNotValidNow));
        assert_eq!(found.verdict(), Verdict::Broken);
    }
}
