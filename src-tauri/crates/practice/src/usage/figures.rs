//! The counts of one account on one day, and their sums.

use std::collections::HashMap;
use std::ops::AddAssign;

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

use crate::clock::{day_of, seconds_to_end_of};
use crate::model::{Account, Status, World};
use crate::seed::number_count;
use crate::seed::scatter::{below, scatter};

/// Prices in hundred-thousandths of a dollar.
mod price {
    pub const CALL_MINUTE: i64 = 1_400;
    pub const TEXT_SENT: i64 = 790;
    pub const TEXT_RECEIVED: i64 = 750;
    pub const NUMBER_MONTH: i64 = 115_000;
    /// What carriers charge a text: part of the total, and of no category, as with Twilio.
    pub const CARRIER_FEE: i64 = 300;
}

/// What was used, in counts; prices follow from them.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Figures {
    pub calls: i64,
    pub call_minutes: i64,
    pub texts_sent: i64,
    pub texts_received: i64,
    pub numbers: i64,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.calls += other.calls;
        self.call_minutes += other.call_minutes;
        self.texts_sent += other.texts_sent;
        self.texts_received += other.texts_received;
        self.numbers += other.numbers;
    }
}

impl Figures {
    pub(crate) fn calls_price(&self) -> Decimal {
        dollars(self.call_minutes * price::CALL_MINUTE)
    }

    pub(crate) fn sent_price(&self) -> Decimal {
        dollars(self.texts_sent * price::TEXT_SENT)
    }

    pub(crate) fn received_price(&self) -> Decimal {
        dollars(self.texts_received * price::TEXT_RECEIVED)
    }

    pub(crate) fn numbers_price(&self) -> Decimal {
        dollars(self.numbers * price::NUMBER_MONTH)
    }

    pub(crate) fn total_price(&self) -> Decimal {
        let fees = dollars(self.texts_sent * price::CARRIER_FEE);
        self.calls_price() + self.sent_price() + self.received_price() + self.numbers_price() + fees
    }
}

fn dollars(hundred_thousandths: i64) -> Decimal {
    Decimal::new(hundred_thousandths, 5)
}

/// Sums usage, remembering the days of the parent with all its subaccounts, which take longest.
#[derive(Default)]
pub(crate) struct UsageBook {
    all_accounts: HashMap<Date, Figures>,
    revision: u64,
}

impl UsageBook {
    /// What one account used from the first to the last day, both included; with all subaccounts if so asked and it is the parent.
    pub(crate) fn between(
        &mut self,
        world: &World,
        account: &Account,
        with_subaccounts: bool,
        first: Date,
        last: Date,
    ) -> Figures {
        if self.revision != world.revision {
            self.all_accounts.clear();
            self.revision = world.revision;
        }
        let mut sum = Figures::default();
        // Days before the first one with usage are all zero; skipping them bounds the work.
        let mut date = first.max(world.usage_from);
        while date <= last {
            let day = Day::of(date);
            sum += if with_subaccounts && account.ordinal == 0 {
                self.all_on(world, day)
            } else {
                on_day(world, account, day)
            };
            let Ok(tomorrow) = date.tomorrow() else { break };
            date = tomorrow;
        }
        sum
    }

    fn all_on(&mut self, world: &World, day: Day) -> Figures {
        *self.all_accounts.entry(day.date).or_insert_with(|| {
            let mut sum = Figures::default();
            for account in &world.accounts {
                sum += on_day(world, account, day);
            }
            sum
        })
    }
}

/// A day, with what every account's figures of it need.
#[derive(Clone, Copy)]
struct Day {
    date: Date,
    /// Its last second; an account that was made after it has no use.
    ends: i64,
    /// Such as 20261123.
    number: u64,
    weekend: bool,
}

impl Day {
    fn of(date: Date) -> Self {
        let part = |value: i16| u64::from(value.unsigned_abs());
        let number =
            part(date.year()) * 10_000 + part(date.month().into()) * 100 + part(date.day().into());
        Self {
            date,
            ends: seconds_to_end_of(date),
            number,
            weekend: matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }
}

/// What one account used on one day, which lies after the first with usage.
fn on_day(world: &World, account: &Account, day: Day) -> Figures {
    const USE: u64 = 101;
    const SIZE: u64 = 102;
    let Day { date, .. } = day;
    let quiet = account
        .quiet
        .iter()
        .any(|quiet| quiet.from <= date && quiet.until.is_none_or(|until| date < until));
    if !account.used || account.created.as_second() > day.ends {
        return Figures::default();
    }
    let ordinal = u64::from(account.ordinal);
    let size = scatter(world.seed, &[SIZE, ordinal]);
    let dice = scatter(world.seed, &[USE, ordinal, day.number]);

    // Alarms come in bursts: one day in forty has many, a weekend has few.
    let burst = if below(dice >> 8, 40) == 0 { 9 } else { 1 };
    let billed_today = u64::from(date.day().unsigned_abs()) == below(size >> 16, 28) + 1;
    let numbers = || i64::try_from(number_count(world.seed, account.ordinal)).unwrap_or_default();
    if quiet {
        // Numbers are billed until the account is closed, which is the last that happens to it.
        let is_closed = account.status == Status::Closed && date >= day_of(account.updated);
        let billed = billed_today && !is_closed;
        return Figures {
            numbers: if billed { numbers() } else { 0 },
            ..Figures::default()
        };
    }
    let most_texts = if day.weekend { 3 } else { below(size, 14) + 2 };
    let texts_sent = below(dice >> 16, most_texts) * burst;
    let calls = below(dice >> 24, below(size >> 8, 3) + 1) * burst;
    let count = |value: u64| i64::try_from(value).unwrap_or_default();
    Figures {
        calls: count(calls),
        call_minutes: count(calls + below(dice >> 32, calls + 1)),
        texts_sent: count(texts_sent),
        texts_received: count(below(dice >> 40, texts_sent / 2 + 1)),
        numbers: if billed_today { numbers() } else { 0 },
    }
}
