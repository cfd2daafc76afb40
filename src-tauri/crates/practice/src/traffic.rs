//! The texts and calls of an account: those of the last days on which it had any, one for each that usage counts.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::clock::day_of;
use crate::region::Region;
use crate::seed::{first_number, scatter, sids};
use crate::store::{Place, Store};
use crate::usage::{Figures, Span};

/// How many days in a row are told of, up to today or to the last with any use.
const DAYS: i32 = 14;
/// How long texts and calls are kept, in days: Twilio's usual for texts.
const KEPT: i32 = 400;
/// More than any account texts or calls on a day.
const ROOM_FOR_A_DAY: u32 = 512;
/// After how many minutes the next text or call is made, the first an hour after midnight.
const MINUTES_BETWEEN: i64 = 11;

/// One text.
pub(crate) struct Text {
    pub sid: String,
    pub from: String,
    pub to: String,
    pub at: Timestamp,
    /// Somebody's answer to an alarm, rather than an alarm.
    pub is_answer: bool,
    /// Whether the phone was off.
    pub is_undelivered: bool,
}

/// One call, which somebody answered.
pub(crate) struct Call {
    pub sid: String,
    pub from: String,
    pub to: String,
    pub at: Timestamp,
    /// Minutes as they are billed.
    pub minutes: i64,
}

/// The texts of an account, the newest first.
pub(crate) fn texts(store: &mut Store, place: Place, region: Region, now: Timestamp) -> Vec<Text> {
    let (seed, account) = (store.world().seed, store.account(place).ordinal);
    let mut texts = Vec::new();
    for (date, figures) in days(store, place, region, now) {
        for number in 0..up_to(figures.texts_sent) {
            texts.push(text(seed, account, date, number, false));
        }
        for number in 0..up_to(figures.texts_received) {
            texts.push(text(seed, account, date, number, true));
        }
    }
    texts.retain(|text| text.at <= now);
    texts.sort_by(|one, other| (other.at, &other.sid).cmp(&(one.at, &one.sid)));
    texts
}

/// The calls of an account, the newest first.
pub(crate) fn calls(store: &mut Store, place: Place, region: Region, now: Timestamp) -> Vec<Call> {
    let (seed, account) = (store.world().seed, store.account(place).ordinal);
    let mut calls = Vec::new();
    for (date, figures) in days(store, place, region, now) {
        let longer = up_to(figures.call_minutes - figures.calls);
        for number in 0..up_to(figures.calls) {
            calls.push(Call {
                sid: sids::sid("CA", seed, ordinal(account, date, number)),
                from: first_number(account),
                to: phone(seed, account, number),
                at: minute_of(date, i64::from(number) * MINUTES_BETWEEN + 65),
                minutes: 1 + i64::from(number < longer),
            });
        }
    }
    calls.retain(|call| call.at <= now);
    calls.sort_by(|one, other| (other.at, &other.sid).cmp(&(one.at, &one.sid)));
    calls
}

/// The days that are told of, with what was used on each.
fn days(store: &mut Store, place: Place, region: Region, now: Timestamp) -> Vec<(Date, Figures)> {
    // Everything goes by US1.
    if region != Region::Us1 {
        return Vec::new();
    }
    let today = day_of(now);
    let mut days = Vec::new();
    let mut last_used = None;
    let mut date = today;
    for back in 0..KEPT {
        let span = Span {
            first: date,
            last: date,
        };
        let figures = store.usage(place, false, span);
        let is_used = figures.texts_sent + figures.texts_received + figures.calls > 0;
        if is_used && last_used.is_none() {
            last_used = Some(back);
        }
        days.push((date, figures));
        let Ok(before) = date.yesterday() else { break };
        date = before;
        // Of an account in use the days up to today; of a silent one those up to its last.
        let enough = last_used.map(|used| if used < DAYS { DAYS } else { used + DAYS });
        if enough.is_some_and(|enough| back + 1 >= enough) {
            break;
        }
    }
    days
}

fn text(seed: u64, account: u32, date: Date, number: u32, is_answer: bool) -> Text {
    let (own, phone) = (first_number(account), phone(seed, account, number));
    // An answer comes five minutes after its alarm, with an ordinal from the other half of the day's room.
    let (from, to, later, half) = match is_answer {
        false => (own, phone, 0, 0),
        true => (phone, own, 5, ROOM_FOR_A_DAY / 2),
    };
    let ordinal = ordinal(account, date, number + half);
    let dice = scatter::scatter(seed, &[u64::from(b'D'), u64::from(ordinal)]);
    Text {
        sid: sids::sid("SM", seed, ordinal),
        from,
        to,
        at: minute_of(date, i64::from(number) * MINUTES_BETWEEN + 60 + later),
        is_answer,
        is_undelivered: !is_answer && scatter::below(dice, 20) == 0,
    }
}

/// Tells apart what is made on the days that are told of; a text keeps its own from day to day.
fn ordinal(account: u32, date: Date, number: u32) -> u32 {
    let days = (date - Date::constant(2008, 1, 1)).get_days();
    let day = u32::try_from(days.rem_euclid(DAYS)).unwrap_or_default();
    let days = DAYS.unsigned_abs();
    account
        .wrapping_mul(days * ROOM_FOR_A_DAY)
        .wrapping_add(day * ROOM_FOR_A_DAY + number)
}

/// One of the account's three phones, of the block that is kept for fiction.
fn phone(seed: u64, account: u32, number: u32) -> String {
    let place = [u64::from(b'M'), u64::from(account), u64::from(number % 3)];
    let phone = scatter::below(scatter::scatter(seed, &place), 100);
    format!("+1202555{:04}", 100 + phone)
}

fn minute_of(date: Date, minute: i64) -> Timestamp {
    let midnight = date
        .to_datetime(Time::midnight())
        .to_zoned_datetime(TimeZone::UTC)
        .map_or(Timestamp::UNIX_EPOCH, |midnight| midnight.timestamp());
    let minute = SignedDuration::from_mins(minute);
    midnight.checked_add(minute).unwrap_or(midnight)
}

fn up_to(count: i64) -> u32 {
    u32::try_from(count).unwrap_or_default()
}

impl Call {
    /// What it cost, in dollars.
    pub(crate) fn price(&self) -> Decimal {
        Figures {
            call_minutes: self.minutes,
            ..Figures::default()
        }
        .calls_price()
    }
}
