//! The time the made-up Twilio goes by: the system's, or one that a test sets.

use jiff::civil::{Date, Time};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Unit};
use parking_lot::Mutex;

/// The clock of a practice server.
pub(crate) struct Clock {
    standing_at: Mutex<Option<Timestamp>>,
}

impl Clock {
    pub(crate) fn new(standing_at: Option<Timestamp>) -> Self {
        Self {
            standing_at: Mutex::new(standing_at),
        }
    }

    /// The time in whole seconds, which is all Twilio's dates show.
    pub(crate) fn now(&self) -> Timestamp {
        let standing_at = *self.standing_at.lock();
        let now = standing_at.unwrap_or_else(Timestamp::now);
        now.round(Unit::Second).unwrap_or(now)
    }

    pub(crate) fn stand_at(&self, time: Option<Timestamp>) {
        *self.standing_at.lock() = time;
    }

    pub(crate) fn advance(&self, by: SignedDuration) {
        let now = self.now();
        self.stand_at(Some(now.checked_add(by).unwrap_or(now)));
    }
}

/// A date as `api` and `iam` write it, such as `Thu, 30 Jul 2015 20:00:00 +0000`.
pub(crate) fn rfc2822(time: Timestamp) -> String {
    written(time, "%a, %d %b %Y %H:%M:%S +0000")
}

/// A date as the `Date` header has it, such as `Thu, 30 Jul 2015 20:00:00 GMT` (RFC 9110, section 5.6.7).
pub(crate) fn http_date(time: Timestamp) -> String {
    written(time, "%a, %d %b %Y %H:%M:%S GMT")
}

/// A date as `accounts` writes it, such as `2015-07-31T04:00:00Z`.
pub(crate) fn iso8601(time: Timestamp) -> String {
    written(time, "%Y-%m-%dT%H:%M:%SZ")
}

/// A date as the `as_of` of usage records has it, such as `2019-06-24T22:32:49+00:00`.
pub(crate) fn iso8601_with_offset(time: Timestamp) -> String {
    written(time, "%Y-%m-%dT%H:%M:%S+00:00")
}

/// The day a time lies in, in UTC, which is what usage goes by.
pub(crate) fn day_of(time: Timestamp) -> Date {
    time.to_zoned_datetime(TimeZone::UTC).date()
}

/// The last second of a day in UTC, counted from 1970.
pub(crate) fn seconds_to_end_of(date: Date) -> i64 {
    let end = date.to_datetime(Time::MAX).to_zoned_datetime(TimeZone::UTC);
    end.map_or(i64::MAX, |end| end.timestamp().as_second())
}

fn written(time: Timestamp, format: &str) -> String {
    // Only a broken format can fail, and those above are tested.
    strtime::format(format, &time.to_zoned_datetime(TimeZone::UTC)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_writes_dates_its_own_way() {
        let time: Timestamp = "2026-02-03T04:05:06Z".parse().expect("a time");
        assert_eq!(rfc2822(time), "Tue, 03 Feb 2026 04:05:06 +0000");
        assert_eq!(http_date(time), "Tue, 03 Feb 2026 04:05:06 GMT");
        assert_eq!(iso8601(time), "2026-02-03T04:05:06Z");
        assert_eq!(iso8601_with_offset(time), "2026-02-03T04:05:06+00:00");
    }

    #[test]
    fn a_day_ends_one_second_before_the_next() {
        let time: Timestamp = "2026-02-03T23:59:59Z".parse().expect("a time");
        assert_eq!(seconds_to_end_of(day_of(time)), time.as_second());
    }

    #[test]
    fn a_clock_that_was_set_stands_until_it_is_moved() {
        let clock = Clock::new("2026-02-03T04:05:06Z".parse().ok());
        assert_eq!(clock.now(), clock.now());
        clock.advance(SignedDuration::from_hours(1));
        assert_eq!(iso8601(clock.now()), "2026-02-03T05:05:06Z");
    }
}
