//! The state a fresh practice server starts with: the same for the same settings and day.

pub(crate) mod names;
pub(crate) mod scatter;
pub(crate) mod sids;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use rust_decimal::Decimal;

use crate::Settings;
use crate::clock::day_of;
use crate::model::{Account, FORMAT, Key, KeyKind, PhoneNumber, Quiet, Status, World};
use crate::region::Region;
use scatter::{below, scatter};

/// Twilio's limit for the friendly names of accounts and keys, in characters.
pub(crate) const NAME_LENGTH: usize = 64;

/// What one parent may have until Twilio's support raises it.
const USUAL_SUBACCOUNT_LIMIT: usize = 1_000;

/// Places of the seed's random values; each is used for one thing only.
mod place {
    pub const AGE: u64 = 1;
    pub const STATUS: u64 = 2;
    pub const KEYS: u64 = 3;
    pub const NUMBERS: u64 = 4;
    pub const QUIET: u64 = 5;
    pub const SILENCE: u64 = 6;
}

/// So many subaccounts, the first ones, are in use up to today.
const IN_USE: usize = 12;

/// Makes the parent and its subaccounts.
pub(crate) fn world(settings: &Settings, now: Timestamp) -> World {
    let today = day_of(now);
    let mut world = World {
        format: FORMAT,
        seed: settings.seed,
        trial: settings.trial,
        subaccount_limit: if settings.trial {
            1
        } else {
            settings.subaccounts.max(USUAL_SUBACCOUNT_LIMIT)
        },
        key_limit: settings.key_limit,
        usage_from: first_of_month_before(today, 13),
        balance: Decimal::new(128_437, 2),
        given_out: 0,
        revision: 0,
        test_credentials: (String::new(), String::new()),
        accounts: Vec::new(),
    };
    let parent = parent(&mut world, now);
    world.accounts.push(Arc::new(parent));
    world.test_credentials = (world.new_sid("AC"), world.new_auth_token());
    // A trial parent never has more than its one subaccount.
    let count = if settings.trial {
        settings.subaccounts.min(1)
    } else {
        settings.subaccounts
    };
    for ordinal in 0..count {
        let account = subaccount(&mut world, ordinal, count, now);
        world.accounts.push(Arc::new(account));
    }
    world
}

fn parent(world: &mut World, now: Timestamp) -> Account {
    let created = days_before(now, 6 * 365);
    let mut parent = bare_account(world, names::PARENT.to_owned(), 0, created);
    parent.used = true;
    parent.keys = vec![
        key(world, Some("Office"), KeyKind::Main, created),
        key(world, Some("Alarm gateway"), KeyKind::Standard, created),
        key(world, Some("Texts only"), restricted(), created),
    ];
    parent.numbers = vec![number(world, 0, created)];
    parent
}

fn subaccount(world: &mut World, ordinal: usize, count: usize, now: Timestamp) -> Account {
    let seed = world.seed;
    let index = u64::try_from(ordinal).unwrap_or_default();
    let dice = |place: u64| scatter(seed, &[place, index]);
    // Spread over five years, the oldest made first, each at its own minute.
    let age_days = 5 * 365 * (count - ordinal) / count.max(1);
    let created = days_before(now, i64::try_from(age_days).unwrap_or_default())
        - jiff::SignedDuration::from_mins(
            i64::try_from(below(dice(place::AGE), 600)).unwrap_or_default(),
        );
    let name = names::company(ordinal);
    let mut account = bare_account(
        world,
        name,
        u32::try_from(ordinal + 1).unwrap_or(u32::MAX),
        created,
    );
    account.used = true;

    for count in 0..number_count(seed, account.ordinal) {
        account
            .numbers
            .push(number(world, index * 3 + count + 1, created));
    }
    keys(world, &mut account, dice(place::KEYS));
    let dice_of_status = if ordinal < 2 {
        99
    } else {
        below(dice(place::STATUS), 100)
    };
    end(&mut account, dice_of_status, dice(place::QUIET), now);
    if ordinal >= IN_USE && account.status == Status::Active {
        silence(&mut account, dice(place::SILENCE), now);
    }
    account
}

/// Keys for most: one for DicksonOne, sometimes one that was replaced, sometimes others.
fn keys(world: &mut World, account: &mut Account, dice: u64) {
    let made = account.created;
    let dickson = names::dickson_key(&account.friendly_name);
    match if account.ordinal == 1 {
        1
    } else {
        below(dice, 20)
    } {
        0 | 5 | 10 => {}
        1 => {
            account
                .keys
                .push(key(world, Some(&dickson), KeyKind::Standard, made));
            account
                .keys
                .push(key(world, Some("Made in the Console"), KeyKind::Main, made));
        }
        2 => {
            account
                .keys
                .push(key(world, Some(&dickson), KeyKind::Standard, made));
            account
                .keys
                .push(key(world, Some(&dickson), KeyKind::Standard, made));
        }
        3 => {
            account
                .keys
                .push(key(world, Some(&dickson), KeyKind::Standard, made));
            account
                .keys
                .push(key(world, Some("Texts only"), restricted(), made));
        }
        4 => {
            account.keys.push(key(world, None, KeyKind::Standard, made));
            for use_of in ["Zapier", "Pager backup", &dickson] {
                account
                    .keys
                    .push(key(world, Some(use_of), KeyKind::Standard, made));
            }
        }
        _ => account
            .keys
            .push(key(world, Some(&dickson), KeyKind::Standard, made)),
    }
}

/// A few in a hundred are suspended, a few closed.
fn end(account: &mut Account, percent: u64, dice: u64, now: Timestamp) {
    account.status = match percent {
        0..=4 => Status::Suspended,
        5..=8 => Status::Closed,
        _ => return,
    };
    account.suspended_by_twilio = percent == 4;
    if account.status == Status::Closed {
        account.numbers.clear();
    }
    let ago = i64::try_from(below(dice, 200) + 1).unwrap_or(1);
    account.updated = days_before(now, ago).max(account.created);
    account.quiet.push(Quiet {
        from: day_of(account.updated),
        until: None,
    });
}

/// Of a few in a hundred the devices fell silent some time ago, and of a few they were never connected.
fn silence(account: &mut Account, dice: u64, now: Timestamp) {
    let from = match below(dice, 100) {
        0..=4 => {
            let ago = i64::try_from(below(dice >> 8, 200) + 20).unwrap_or(20);
            days_before(now, ago).max(account.created)
        }
        5..=7 => account.created,
        _ => return,
    };
    account.quiet.push(Quiet {
        from: day_of(from),
        until: None,
    });
}

fn bare_account(
    world: &mut World,
    friendly_name: String,
    ordinal: u32,
    created: Timestamp,
) -> Account {
    Account {
        sid: world.new_sid("AC"),
        friendly_name,
        status: Status::Active,
        suspended_by_twilio: false,
        created,
        updated: created,
        auth_token: world.new_auth_token(),
        secondary_auth_token: None,
        tokens_elsewhere: BTreeMap::new(),
        keys: Vec::new(),
        numbers: Vec::new(),
        ordinal,
        used: false,
        quiet: Vec::new(),
    }
}

fn key(world: &mut World, name: Option<&str>, kind: KeyKind, created: Timestamp) -> Key {
    world.new_key(name.map(str::to_owned), kind, created)
}

fn restricted() -> KeyKind {
    KeyKind::Restricted {
        allow: vec![
            "/twilio/messaging/messages/create".into(),
            "/twilio/messaging/messages/read".into(),
        ],
    }
}

/// How many numbers a seeded account has, one to three.
pub(crate) fn number_count(seed: u64, ordinal: u32) -> u64 {
    if ordinal == 0 {
        1
    } else {
        below(scatter(seed, &[place::NUMBERS, u64::from(ordinal)]), 3) + 1
    }
}

/// The number that a seeded account has sent and called from, whoever has it now.
pub(crate) fn first_number(ordinal: u32) -> String {
    digits(u64::from(ordinal).saturating_sub(1) * 3 + u64::from(ordinal > 0))
}

/// A number of the block 555-0100 to 555-0199, which is kept for fiction, in one of 800 area codes.
fn digits(place: u64) -> String {
    let area = 201 + place / 100 % 799;
    format!("+1{area}55501{:02}", place % 100)
}

fn number(world: &mut World, place: u64, created: Timestamp) -> PhoneNumber {
    // One in three is set to answer calls and texts, so that a move has something to lose.
    let answers =
        |what: &str| (place % 3 == 1).then(|| format!("https://answering.example/{what}"));
    PhoneNumber {
        sid: world.new_sid("PN"),
        number: digits(place),
        created,
        updated: None,
        friendly_name: None,
        voice_url: answers("calls"),
        sms_url: answers("texts"),
    }
}

impl World {
    /// A SID that was never given out before.
    pub(crate) fn new_sid(&mut self, prefix: &str) -> String {
        let ordinal = self.next_ordinal();
        sids::sid(prefix, self.seed, ordinal)
    }

    /// An Auth Token that was never given out before.
    pub(crate) fn new_auth_token(&mut self) -> String {
        let ordinal = self.next_ordinal();
        sids::auth_token(self.seed, ordinal)
    }

    /// A key with a SID and a secret that were never given out before.
    pub(crate) fn new_key(
        &mut self,
        friendly_name: Option<String>,
        kind: KeyKind,
        now: Timestamp,
    ) -> Key {
        let ordinal = self.next_ordinal();
        Key {
            sid: sids::sid("SK", self.seed, ordinal),
            friendly_name,
            secret: sids::secret(self.seed, ordinal),
            kind,
            region: Region::default(),
            created: now,
            updated: now,
            ordinal,
        }
    }

    /// An account without anything in it, not yet part of this world.
    pub(crate) fn new_account(&mut self, friendly_name: String, now: Timestamp) -> Account {
        let ordinal = u32::try_from(self.accounts.len()).unwrap_or(u32::MAX);
        bare_account(self, friendly_name, ordinal, now)
    }

    fn next_ordinal(&mut self) -> u32 {
        self.given_out = self.given_out.wrapping_add(1);
        self.given_out
    }
}

fn days_before(now: Timestamp, days: i64) -> Timestamp {
    now - jiff::SignedDuration::from_hours(24 * days)
}

fn first_of_month_before(today: Date, months: i64) -> Date {
    today
        .first_of_month()
        .checked_sub(Span::new().months(months))
        .unwrap_or(today)
}
