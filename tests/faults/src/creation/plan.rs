//! What happens in one run. All of it comes from the seed and the run's number.

use std::time::Duration;

use practice::{AnswerBody, Fault, Rule};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde::{Deserialize, Serialize};
use vault::keychain::file_store::{Call, Fault as KeychainFault, Refusal, Rule as Turn, Script};
use vault::points::{Point, When};

use super::paths;

/// What somebody does in one life of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// A subaccount and its key.
    Subaccount,
    /// A key for a subaccount that exists.
    Key,
    /// Three subaccounts at once.
    Subaccounts,
    /// Keys for three subaccounts at once, two of them with another after the first.
    Keys,
    /// A subaccount, two keys and a look at what is unfinished, at once.
    Mixed,
    /// A key, which is then handed over.
    HandOver,
    /// What is unfinished is finished by the user.
    Finish,
    /// What is unfinished puts itself right.
    Reconcile,
    /// What is unfinished is not wanted any more.
    Delete,
    /// The lists are read anew.
    Refresh,
    /// The account is connected again.
    Connect,
    /// Every saved secret is shown.
    Show,
    /// The recovery passphrase takes the place of another, and what opens sealed copies with it.
    ChangePassphrase,
    /// A key, and once the disk is well again, another try at it in the same life.
    TryAgain,
}

/// One order of a user's, which must never be carried out twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The subaccount to be made, or `None` where the key is for one of the known ones.
    pub subaccount: Option<String>,
    /// Which of the known subaccounts.
    pub known: usize,
    pub key: String,
}

/// When a life ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kill {
    /// At the nth point it comes to.
    Nth(u32),
    /// At this point of the list, the nth time.
    At(usize, u32),
}

impl Kill {
    pub fn when(self) -> Option<When> {
        match self {
            Self::Nth(nth) => Some(When::Nth(nth)),
            Self::At(point, nth) => Point::ALL.get(point).map(|&point| When::At(point, nth)),
        }
    }

    /// At a point, the first time.
    pub fn at(point: Point) -> Self {
        let place = Point::ALL.iter().position(|known| *known == point);
        Self::At(place.unwrap_or_default(), 1)
    }
}

/// How Twilio goes wrong during one life.
#[derive(Debug, Clone)]
pub enum TwilioTrouble {
    /// Nothing listens.
    Offline,
    /// What listens does not speak TLS, and TLS is asked for.
    Tls,
    /// What is made is known only so much later.
    CatchesUp(Duration),
    /// One kind of request goes wrong.
    Rule(Rule),
}

impl TwilioTrouble {
    pub fn name(&self) -> String {
        match self {
            Self::Offline => "refused".to_owned(),
            Self::Tls => "tls".to_owned(),
            Self::CatchesUp(_) => "catches up".to_owned(),
            Self::Rule(rule) => match rule.fault {
                Fault::Answer {
                    status,
                    body,
                    after,
                } => {
                    let when = if after { "after" } else { "before" };
                    format!("{}xx {body:?} {when}", status / 100)
                }
                _ => rule.fault.kind().to_owned(),
            },
        }
    }
}

/// How the keychain goes wrong during one life.
#[derive(Debug, Clone)]
pub struct KeychainTrouble {
    pub name: &'static str,
    pub script: Script,
}

/// How the disk goes wrong during one life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskTrouble {
    pub errno: DiskError,
    /// From this point on; without one, from the start.
    pub from: Option<Kill>,
    /// How many calls go well first.
    pub skip: u32,
    /// How many then fail; `None` for all.
    pub times: Option<u32>,
}

/// What the disk answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiskError {
    Full,
    Broken,
    ReadOnly,
}

impl DiskError {
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "disk ENOSPC",
            Self::Broken => "disk EIO",
            Self::ReadOnly => "disk EROFS",
        }
    }

    /// Linux's number for it.
    pub fn errno(self) -> u32 {
        match self {
            Self::Full => 28,
            Self::Broken => 5,
            Self::ReadOnly => 30,
        }
    }
}

/// One life of the program.
#[derive(Debug, Clone)]
pub struct Life {
    pub work: Work,
    /// How much later than the life before it begins.
    pub minutes_later: i64,
    pub twilio: Option<TwilioTrouble>,
    pub keychain: Option<KeychainTrouble>,
    pub disk: Option<DiskTrouble>,
    pub kill: Option<Kill>,
    /// The keychain is gone for good when it is over.
    pub emptied_after: bool,
    /// The keychain's items of API keys are gone when it is over.
    pub secrets_lost_after: bool,
}

impl Life {
    /// One in which nothing goes wrong.
    pub fn of(work: Work) -> Self {
        Self {
            work,
            minutes_later: 0,
            twilio: None,
            keychain: None,
            disk: None,
            kill: None,
            emptied_after: false,
            secrets_lost_after: false,
        }
    }

    /// What may be waited for in vain is not waited for long.
    pub fn is_hasty(&self) -> bool {
        matches!(&self.twilio, Some(TwilioTrouble::Rule(rule))
            if matches!(rule.fault, Fault::TimeoutBefore | Fault::TimeoutAfter | Fault::SlowDrip { .. } | Fault::Delay { .. }))
    }

    pub fn keychain_hangs(&self) -> bool {
        self.keychain
            .as_ref()
            .is_some_and(|trouble| trouble.name == "hangs")
    }

    /// The names of its faults.
    pub fn faults(&self) -> impl Iterator<Item = String> {
        let twilio = self
            .twilio
            .as_ref()
            .map(|trouble| format!("Twilio {}", trouble.name()));
        let keychain = self
            .keychain
            .as_ref()
            .map(|trouble| format!("keychain {}", trouble.name));
        let disk = self.disk.map(|trouble| trouble.errno.name().to_owned());
        let emptied = self
            .emptied_after
            .then(|| "keychain emptied for good".to_owned());
        let lost = self
            .secrets_lost_after
            .then(|| "keychain lost its secrets".to_owned());
        [twilio, keychain, disk, emptied, lost]
            .into_iter()
            .flatten()
    }
}

/// One run.
#[derive(Debug, Clone)]
pub struct Plan {
    pub number: u64,
    /// Somebody else has things of the same names.
    pub look_alikes: bool,
    /// Whether secrets were sealed in this folder before.
    pub sealed_before: bool,
    pub orders: Vec<Order>,
    pub lives: Vec<Life>,
}

impl Plan {
    pub fn new(seed: u64, number: u64) -> Self {
        // Neighbouring runs must not be neighbours in the generator.
        let mixed = seed ^ number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut dice = StdRng::seed_from_u64(mixed);
        let mut lives = if dice.random_bool(0.4) {
            paths::one(&mut dice)
        } else {
            let first = pick(
                &mut dice,
                &[
                    (Work::Subaccount, 26),
                    (Work::Key, 20),
                    (Work::Subaccounts, 10),
                    (Work::Keys, 10),
                    (Work::Mixed, 10),
                    (Work::HandOver, 14),
                    (Work::TryAgain, 10),
                ],
            );
            vec![a_life(&mut dice, first)]
        };
        let first = lives[0].work;
        for _ in 0..pick(&mut dice, &[(0, 15), (1, 40), (2, 30), (3, 15)]) {
            let next = pick(
                &mut dice,
                &[
                    (Work::Reconcile, 45),
                    (Work::Finish, 23),
                    (Work::Delete, 14),
                    (Work::Refresh, 8),
                    (Work::Connect, 4),
                    (Work::Show, 6),
                    (Work::ChangePassphrase, 6),
                ],
            );
            lives.push(a_life(&mut dice, next));
        }
        Self {
            number,
            look_alikes: dice.random_bool(0.4),
            sealed_before: dice.random_bool(0.7),
            orders: orders(first, number),
            lives,
        }
    }

    /// A path by itself, with nothing but its own faults and kills.
    pub fn of_path(lives: Vec<Life>, number: u64) -> Self {
        Self {
            number,
            look_alikes: false,
            sealed_before: false,
            orders: orders(lives[0].work, number),
            lives,
        }
    }

    /// Whether secrets may be gone for good.
    pub fn empties_the_keychain(&self) -> bool {
        self.lives.iter().any(|life| life.emptied_after)
    }
}

/// The request that makes a subaccount.
pub const NEW_SUBACCOUNT: (&str, &str) = ("POST", "/2010-04-01/Accounts.json");
/// The request that makes a key.
pub const NEW_KEY: (&str, &str) = ("POST", "/**/Keys.json");
/// The request that renames a key.
pub const RENAME_KEY: (&str, &str) = ("POST", "/**/Keys/*.json");

fn orders(work: Work, number: u64) -> Vec<Order> {
    let subaccount = |mark: &str| Order {
        subaccount: Some(format!("Cold Store {number}{mark}")),
        known: 0,
        key: format!("Cold Store {number}{mark} - DicksonOne"),
    };
    let key = |known: usize, mark: &str| Order {
        subaccount: None,
        known,
        key: format!("Alarm {number}{mark}"),
    };
    match work {
        Work::Subaccount => vec![subaccount("")],
        Work::Subaccounts => vec![
            subaccount(" North"),
            subaccount(" South"),
            subaccount(" West"),
        ],
        Work::Keys => vec![
            key(0, ""),
            key(1, ""),
            key(2, ""),
            key(0, " again"),
            key(1, " again"),
        ],
        Work::Mixed => vec![subaccount(""), key(0, ""), key(1, "")],
        _ => vec![key(0, "")],
    }
}

fn a_life(dice: &mut StdRng, work: Work) -> Life {
    let twilio = dice.random_bool(0.5).then(|| twilio_trouble(dice));
    let keychain = dice.random_bool(0.15).then(|| keychain_trouble(dice));
    let disk = dice.random_bool(0.12).then(|| disk_trouble(dice));
    let kill = dice.random_bool(0.8).then(|| a_kill(dice, work));
    Life {
        work,
        minutes_later: pick(dice, &[(0, 50), (3, 20), (6, 30)]),
        twilio,
        keychain,
        disk,
        kill,
        emptied_after: dice.random_bool(0.02),
        secrets_lost_after: dice.random_bool(0.03),
    }
}

/// Where a life of this work may end.
pub fn a_kill(dice: &mut StdRng, work: Work) -> Kill {
    let longest = match work {
        Work::Subaccounts | Work::Keys | Work::Mixed => 60,
        Work::Subaccount | Work::Key | Work::HandOver | Work::TryAgain => 27,
        _ => 12,
    };
    if dice.random_bool(0.8) {
        Kill::Nth(dice.random_range(1..=longest))
    } else {
        let point = dice.random_range(0..Point::ALL.len());
        Kill::At(point, dice.random_range(1..=2))
    }
}

fn disk_trouble(dice: &mut StdRng) -> DiskTrouble {
    let from = dice.random_bool(0.6).then(|| {
        let point = dice.random_range(0..Point::ALL.len());
        Kill::At(point, 1)
    });
    DiskTrouble {
        errno: pick(
            dice,
            &[
                (DiskError::Full, 2),
                (DiskError::Broken, 2),
                (DiskError::ReadOnly, 1),
            ],
        ),
        from,
        skip: if from.is_some() {
            dice.random_range(0..3)
        } else {
            dice.random_range(0..60)
        },
        times: pick(dice, &[(None, 2), (Some(1), 2), (Some(4), 1)]),
    }
}

fn twilio_trouble(dice: &mut StdRng) -> TwilioTrouble {
    let fault = match dice.random_range(0..28) {
        0 => return TwilioTrouble::Offline,
        1 => return TwilioTrouble::Tls,
        2 => Fault::TimeoutBefore,
        3 => Fault::TimeoutAfter,
        4 => Fault::ResetBefore,
        5 | 6 => Fault::ResetAfter,
        7..=18 => an_answer(dice),
        19 => return TwilioTrouble::CatchesUp(Duration::from_millis(dice.random_range(5..60))),
        20 => Fault::TooManyRequests { retry_after: None },
        21 => Fault::Truncated,
        22 => Fault::WrongTypes { field: None },
        23 => Fault::SlowDrip {
            bytes: 8,
            every_ms: 20,
        },
        24 => Fault::Stale,
        25 => Fault::OtherAccount { sid: None },
        26 => Fault::MissingFields { field: None },
        _ => Fault::Refuse { for_ms: 60_000 },
    };
    // The made-up Twilio would carry a change out on the other account, and nobody could put that right.
    let reads_only = matches!(fault, Fault::Stale | Fault::OtherAccount { .. });
    const CHANGES: [(&str, &str); 6] = [
        NEW_SUBACCOUNT,
        NEW_KEY,
        NEW_KEY,
        ("POST", "/2010-04-01/Accounts/*.json"),
        RENAME_KEY,
        ("DELETE", "**"),
    ];
    const READS: [(&str, &str); 5] = [
        ("GET", "/2010-04-01/Accounts.json"),
        ("GET", "/2010-04-01/Accounts/*.json"),
        ("GET", "/**/Keys.json"),
        ("GET", "/**/Messages.json"),
        ("GET", "**"),
    ];
    let (method, path) = if reads_only || dice.random_bool(0.3) {
        READS[dice.random_range(0..READS.len())]
    } else {
        CHANGES[dice.random_range(0..CHANGES.len())]
    };
    let rule = Rule::new(fault).on(method, path);
    TwilioTrouble::Rule(match dice.random_range(0..6) {
        0..=2 => rule.next(1),
        3 => rule.next(2),
        4 => rule.nth(2),
        _ => rule,
    })
}

/// Any status that is no success, by Twilio or by whatever stands before it, before or after the change was made.
fn an_answer(dice: &mut StdRng) -> Fault {
    let status = dice.random_range(400..600);
    let body = match dice.random_range(0..2) {
        0 => AnswerBody::Twilio,
        _ => AnswerBody::ALL[dice.random_range(0..AnswerBody::ALL.len())],
    };
    // Twilio documents that what it answers by its own 429 was not processed; nobody else's word is taken for that.
    let never_after = status == 429 && body == AnswerBody::Twilio;
    Fault::Answer {
        status,
        body,
        after: !never_after && dice.random_bool(0.6),
    }
}

fn keychain_trouble(dice: &mut StdRng) -> KeychainTrouble {
    let on = pick(
        dice,
        &[
            (Call::Any, 2),
            (Call::Write, 3),
            (Call::Read, 2),
            (Call::Delete, 1),
        ],
    );
    let script = |on: Call, fault: KeychainFault, dice: &mut StdRng| Script {
        rules: vec![Turn {
            on,
            skip: dice.random_range(0..6),
            times: pick(dice, &[(None, 2), (Some(1), 1), (Some(2), 1)]),
            fault,
        }],
        ..Script::default()
    };
    let refuse = KeychainFault::Refuse;
    let (name, script) = match dice.random_range(0..10) {
        0 => ("locked", script(on, refuse(Refusal::Locked), dice)),
        1 => ("dismissed", script(on, refuse(Refusal::Dismissed), dice)),
        2 => (
            "hangs",
            script(on, KeychainFault::Hang { ms: 60_000 }, dice),
        ),
        3 => (
            "full",
            Script {
                capacity: Some(dice.random_range(2..5)),
                ..Script::default()
            },
        ),
        4 => (
            "error after a write that succeeded",
            script(
                Call::Write,
                KeychainFault::DoneButReported(Refusal::Broken),
                dice,
            ),
        ),
        5 => (
            "emptied",
            Script {
                emptied: true,
                ..Script::default()
            },
        ),
        6 => ("daemon killed", script(on, refuse(Refusal::WentAway), dice)),
        7 => (
            "loses a write",
            script(Call::Write, KeychainFault::Lose, dice),
        ),
        8 => (
            "garbles a write",
            script(Call::Write, KeychainFault::Garble, dice),
        ),
        _ => ("blocked", script(on, refuse(Refusal::Blocked), dice)),
    };
    KeychainTrouble { name, script }
}

/// A keychain that takes so many writes and then no more.
pub fn keychain_refusing_writes_after(skip: u32) -> KeychainTrouble {
    KeychainTrouble {
        name: "locked",
        script: Script {
            rules: vec![Turn {
                on: Call::Write,
                skip,
                times: None,
                fault: KeychainFault::Refuse(Refusal::Locked),
            }],
            ..Script::default()
        },
    }
}

/// One of several, by weight.
pub fn pick<T: Copy>(dice: &mut StdRng, choices: &[(T, u32)]) -> T {
    let all: u32 = choices.iter().map(|(_, weight)| weight).sum();
    let mut left = dice.random_range(0..all);
    for &(choice, weight) in choices {
        if left < weight {
            return choice;
        }
        left -= weight;
    }
    choices[0].0
}
