//! The order of copies and of broken databases that were set aside. They are counted together: the clock may have been set between two.

use std::fmt;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// The time in a name; no colons, which Windows does not allow.
const NAME_TIME: &str = "%Y-%m-%dT%H-%M-%S%.fZ";

/// What a name says of when something was put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Counts up; 0 for what was put there before anything was counted.
    pub(super) number: u64,
    /// What the clock said, for people.
    pub(super) at: Timestamp,
}

impl Mark {
    /// The one that follows all of these.
    pub(super) fn after<'a>(all: impl Iterator<Item = &'a Self>, at: Timestamp) -> Self {
        let highest = all.map(|mark| mark.number).max().unwrap_or(0);
        Self {
            number: highest.saturating_add(1),
            at,
        }
    }

    /// Reads one: a time and a number, or a time alone.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (time, number) = match text.split_once(' ') {
            Some((time, number)) => (time, number.parse().ok()?),
            None => (text, 0),
        };
        let time = strtime::parse(NAME_TIME, time).ok()?.to_datetime().ok()?;
        Some(Self {
            number,
            at: TimeZone::UTC.to_timestamp(time).ok()?,
        })
    }

    /// Whether this was put there after the other. Of two that were not counted the times say it; one that is still to come is of a
    /// clock that was wrong, and says nothing.
    pub(super) fn is_after(&self, other: &Self, now: Timestamp) -> bool {
        match (self.number, other.number) {
            (0, 0) => self.at >= other.at || other.at > now,
            (mine, others) => mine > others,
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.at.strftime(NAME_TIME), self.number)
    }
}

/// Sorts by number. Those that were not counted come first, by their times, and of them those first whose time is still to come.
pub(super) fn in_order(marked: &mut [(Mark, PathBuf)], now: Timestamp) {
    marked.sort_by(|(one, one_path), (other, other_path)| {
        let key = |mark: &Mark| (mark.number, mark.number == 0 && mark.at <= now, mark.at);
        (key(one), one_path).cmp(&(key(other), other_path))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str) -> Mark {
        Mark::parse(text).unwrap()
    }

    fn now() -> Timestamp {
        "2026-06-01T00:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_mark_is_read_as_it_is_written_and_an_uncounted_one_too() {
        let counted = mark("2026-01-02T08-00-00.5Z 12");
        assert_eq!(counted.number, 12);
        assert_eq!(counted.to_string(), "2026-01-02T08-00-00.5Z 12");
        assert_eq!(mark("2026-01-02T08-00-00Z").number, 0);
        for other in ["", "x", "12", "2026-01-02T08-00-00Z twelve", "unfinished"] {
            assert_eq!(Mark::parse(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_counted_follows_its_number_and_the_rest_its_time_unless_that_is_still_to_come() {
        let expected = [
            "2031-01-01T00-00-00Z",
            "2026-01-01T00-00-00Z",
            "2026-02-01T00-00-00Z",
            "2031-01-01T00-00-00Z 1",
            "2020-01-01T00-00-00Z 2",
        ];
        let mut marks: Vec<_> = expected
            .iter()
            .rev()
            .map(|text| (mark(text), PathBuf::from(text)))
            .collect();
        in_order(&mut marks, now());
        let sorted: Vec<_> = marks
            .iter()
            .map(|(_, path)| path.to_str().unwrap())
            .collect();
        assert_eq!(sorted, expected);
        let next = Mark::after(marks.iter().map(|(mark, _)| mark), now());
        assert_eq!(next.number, 3);
        assert!(marks.iter().all(|(mark, _)| next.is_after(mark, now())));
    }
}
