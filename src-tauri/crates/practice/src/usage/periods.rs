//! The spans of days that usage can be asked for.

use jiff::Span as Shift;
use jiff::civil::Date;

/// How usage is cut into rows: the last part of the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    /// No last part: everything asked for in one row a category.
    Whole,
    AllTime,
    Daily,
    Monthly,
    Yearly,
    ThisMonth,
    LastMonth,
    Today,
    Yesterday,
}

/// The first and the last day of a row, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub first: Date,
    pub last: Date,
}

impl Period {
    const NAMED: [(&'static str, Self); 8] = [
        ("AllTime", Self::AllTime),
        ("Daily", Self::Daily),
        ("Monthly", Self::Monthly),
        ("Yearly", Self::Yearly),
        ("ThisMonth", Self::ThisMonth),
        ("LastMonth", Self::LastMonth),
        ("Today", Self::Today),
        ("Yesterday", Self::Yesterday),
    ];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::NAMED
            .into_iter()
            .find(|&(known, _)| known == name)
            .map(|(_, period)| period)
    }

    /// The last part of the path, with the slash before it; nothing for the whole.
    pub(crate) fn path(self) -> String {
        Self::NAMED
            .into_iter()
            .find(|&(_, period)| period == self)
            .map_or_else(String::new, |(name, _)| format!("/{name}"))
    }

    /// Whether a row without use is left out: so with the many rows of days, months and years.
    pub(crate) fn leaves_out_empty_rows(self) -> bool {
        matches!(self, Self::Daily | Self::Monthly | Self::Yearly)
    }

    /// The rows' spans, newest first, for what was asked and the day it is. The named ones go by the day alone.
    pub(crate) fn spans(self, asked: Span, today: Date) -> Vec<Span> {
        let yesterday = today.yesterday().unwrap_or(today);
        let last_month = today.first_of_month().yesterday().unwrap_or(today);
        match self {
            Self::Whole | Self::AllTime => vec![asked],
            Self::Daily => cut(asked, |day| day, |day| day),
            Self::Monthly => cut(asked, Date::first_of_month, |day| {
                day.last_of_month().min(today.max(day))
            }),
            Self::Yearly => cut(asked, Date::first_of_year, |day| {
                day.last_of_year().min(today.max(day))
            }),
            Self::ThisMonth => vec![Span {
                first: today.first_of_month(),
                last: today,
            }],
            Self::LastMonth => vec![Span {
                first: last_month.first_of_month(),
                last: last_month,
            }],
            Self::Today => vec![Span {
                first: today,
                last: today,
            }],
            Self::Yesterday => vec![Span {
                first: yesterday,
                last: yesterday,
            }],
        }
    }
}

/// Cuts from the newest to the oldest; `first` and `last` give the bounds of the piece a day lies in.
fn cut(asked: Span, first: impl Fn(Date) -> Date, last: impl Fn(Date) -> Date) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut day = asked.last;
    while day >= asked.first {
        let span = Span {
            first: first(day),
            last: last(day),
        };
        spans.push(span);
        let Ok(before) = span.first.yesterday() else {
            break;
        };
        day = before;
    }
    spans
}

/// A day as `StartDate` and `EndDate` give it: `2026-11-01`, or days from today such as `-30days`.
pub(crate) fn day_given(text: &str, today: Date) -> Option<Date> {
    if let Some(days) = text
        .strip_suffix("days")
        .or_else(|| text.strip_suffix("day"))
    {
        let days: i32 = days.parse().ok()?;
        let shift: Shift = Shift::new().try_days(days).ok()?;
        return today.checked_add(shift).ok();
    }
    // Nothing but the full form: jiff would read more.
    let full = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    full.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn months_are_whole_but_for_the_present_one() {
        let asked = Span {
            first: date(2026, 9, 20),
            last: date(2026, 11, 23),
        };
        let spans = Period::Monthly.spans(asked, date(2026, 11, 23));
        assert_eq!(
            spans,
            [
                Span {
                    first: date(2026, 11, 1),
                    last: date(2026, 11, 23)
                },
                Span {
                    first: date(2026, 10, 1),
                    last: date(2026, 10, 31)
                },
                Span {
                    first: date(2026, 9, 1),
                    last: date(2026, 9, 30)
                },
            ]
        );
    }

    #[test]
    fn a_day_is_a_full_date_or_a_number_of_days_from_today() {
        let today = date(2026, 11, 23);
        assert_eq!(day_given("2026-11-01", today), Some(date(2026, 11, 1)));
        assert_eq!(day_given("-30days", today), Some(date(2026, 10, 24)));
        assert_eq!(day_given("+1day", today), Some(date(2026, 11, 24)));
        for wrong in [
            "",
            "2026-13-01",
            "2026-1-1",
            "yesterday",
            "days",
            "20261101",
            "2026-11-01T00:00",
            "-99999999999days",
        ] {
            assert_eq!(day_given(wrong, today), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading_of_days(text in any::<String>()) {
            let _ = day_given(&text, date(2026, 11, 23));
        }
    }
}
