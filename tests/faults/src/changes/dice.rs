//! What chance adds to a run. All of it comes from the run's seed.

use practice::{Fault, Rule};
use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;

use super::Life;
use super::asked::{Asked, Decided};
use super::prepared::{Scene, Subaccount};
use super::work::{
    CHANGE_SUBACCOUNT, DELETE_KEY, Deed, MOVE_NUMBER, NEW_KEY, RELEASE_NUMBER, RENAME_KEY,
};
use crate::lives::chance::{Targets, a_kill, disk_trouble, keychain_trouble, pick, twilio_trouble};
use crate::lives::trouble::TwilioTrouble;

const TARGETS: Targets = Targets {
    changes: &[
        NEW_KEY,
        RENAME_KEY,
        DELETE_KEY,
        DELETE_KEY,
        CHANGE_SUBACCOUNT,
        CHANGE_SUBACCOUNT,
        MOVE_NUMBER,
        RELEASE_NUMBER,
    ],
    reads: &[
        ("GET", "/2010-04-01/Accounts/*.json"),
        ("GET", "/**/Keys.json"),
        ("GET", "/**/Keys/*.json"),
        ("GET", "/**/IncomingPhoneNumbers.json"),
        ("GET", "/**/IncomingPhoneNumbers/*.json"),
        ("GET", "/**/Messages.json"),
        ("GET", "**"),
    ],
};

/// Points that a life may come to: with a long batch, with a short one, and without.
const POINTS: (u32, u32, u32) = (90, 30, 12);

/// A life in which this is done.
pub fn a_life(dice: &mut StdRng, work: Vec<Deed>) -> Life {
    let has_a_batch = work.contains(&Deed::CarryOut) || work.contains(&Deed::Resume);
    let longest = match (has_a_batch, dice.random_bool(0.4)) {
        (true, true) => POINTS.0,
        (true, false) => POINTS.1,
        (false, _) => POINTS.2,
    };
    let looks = work
        .iter()
        .any(|deed| matches!(deed, Deed::LookForUse { .. }));
    Life {
        minutes_later: if looks {
            DAYS_UNTIL_USED * 24 * 60
        } else {
            pick(dice, &[(0, 50), (3, 20), (6, 30)])
        },
        twilio: dice.random_bool(0.5).then(|| trouble(dice)),
        keychain: dice.random_bool(0.12).then(|| keychain_trouble(dice)),
        disk: dice.random_bool(0.1).then(|| disk_trouble(dice)),
        kill: dice.random_bool(0.7).then(|| a_kill(dice, longest)),
        secrets_lost_after: dice.random_bool(0.03),
        ..Life::of(work)
    }
}

/// By then a subaccount in use has sent something.
pub const DAYS_UNTIL_USED: i64 = 7;

/// Twilio's own "no such item" is met more often than chance among all its answers would have it.
fn trouble(dice: &mut StdRng) -> TwilioTrouble {
    if !dice.random_bool(0.08) {
        return twilio_trouble(dice, &TARGETS);
    }
    let targets = [TARGETS.changes, TARGETS.reads].concat();
    let (method, path) = targets[dice.random_range(0..targets.len())];
    let fault = Fault::Refusal {
        status: 404,
        code: 20404,
    };
    TwilioTrouble::Rule(Rule::new(fault).on(method, path).next(1))
}

/// What is done in a later life, after this batch was ordered.
pub fn deeds(dice: &mut StdRng, asked: &[Asked]) -> Vec<Deed> {
    let count = dice.random_range(1..=3);
    (0..count).map(|_| a_deed(dice, asked)).collect()
}

fn a_deed(dice: &mut StdRng, asked: &[Asked]) -> Deed {
    let replaced: Vec<&String> = asked
        .iter()
        .filter_map(|asked| match asked {
            Asked::Replace { key, .. } => Some(key),
            _ => None,
        })
        .collect();
    let of_the_batch = dice.random_range(0..100);
    if replaced.is_empty() || of_the_batch < 45 {
        return match of_the_batch % 45 {
            0..=22 => Deed::Resume,
            23..=31 => Deed::Reconcile,
            32..=39 => Deed::Finish,
            _ => Deed::Refresh,
        };
    }
    let old = replaced[dice.random_range(0..replaced.len())].clone();
    match dice.random_range(0..55) {
        0..=14 => Deed::HandOver { old },
        15..=23 => Deed::SayInUse { old },
        24..=28 => Deed::LookForUse { old },
        29..=40 => Deed::DeleteOld {
            old,
            without_waiting: false,
        },
        41..=48 => Deed::DeleteOld {
            old,
            without_waiting: true,
        },
        _ => Deed::GiveUp { old },
    }
}

/// Orders over the subaccounts, each given once.
pub fn a_batch(dice: &mut StdRng, scene: &Scene) -> Vec<Asked> {
    let mut batch: Vec<Vec<Asked>> = Vec::new();
    for subaccount in &scene.subaccounts {
        batch.push(orders_of(dice, scene, subaccount));
    }
    // Those of one subaccount in their order, and those of several mixed.
    let mut asked = Vec::new();
    while batch.iter().any(|orders| !orders.is_empty()) {
        let of = dice.random_range(0..batch.len());
        if !batch[of].is_empty() {
            asked.push(batch[of].remove(0));
        }
    }
    if asked.is_empty() {
        let key = scene.subaccounts[0].keys[0].clone();
        asked.push(Asked::Prove { key });
    }
    asked
}

fn orders_of(dice: &mut StdRng, scene: &Scene, of: &Subaccount) -> Vec<Asked> {
    let account = of.account.clone();
    let mut orders: Vec<Asked> = Vec::new();
    for (place, key) in of.keys.iter().enumerate() {
        let (account, key) = (account.clone(), key.clone());
        match dice.random_range(0..20) {
            0..=7 => orders.push(Asked::Replace {
                account,
                key,
                name: format!("Successor {place}"),
            }),
            8..=10 => orders.push(Asked::Revoke { account, key }),
            11..=14 => orders.push(Asked::Rename {
                account,
                key,
                name: format!("Renamed {place}"),
            }),
            15 | 16 => orders.push(Asked::Prove { key }),
            _ => {}
        }
    }
    for number in &of.numbers {
        let (account, number) = (account.clone(), number.clone());
        match dice.random_range(0..20) {
            0..=2 => orders.push(Asked::Move {
                account,
                number,
                to: another(dice, scene, of),
            }),
            3 | 4 => orders.push(Asked::Release { account, number }),
            _ => {}
        }
    }
    orders.shuffle(dice);
    let statuses = statuses_of(dice, scene, of, &orders);
    orders.extend(statuses);
    if dice.random_bool(0.15) {
        orders.shuffle(dice);
    }
    orders
}

fn statuses_of(dice: &mut StdRng, scene: &Scene, of: &Subaccount, others: &[Asked]) -> Vec<Asked> {
    let account = of.account.clone();
    let suspend = Asked::Suspend {
        account: account.clone(),
    };
    let reactivate = Asked::Reactivate {
        account: account.clone(),
    };
    match dice.random_range(0..20) {
        0..=2 => vec![suspend],
        3 | 4 => vec![suspend, reactivate],
        5..=9 => vec![suspend, closing(dice, scene, of, others)],
        10 => vec![closing(dice, scene, of, others)],
        11 => vec![reactivate],
        _ => Vec::new(),
    }
}

/// What is to become of a number is decided, but for one once in a while. None is sent to where another order sends it as well.
fn closing(dice: &mut StdRng, scene: &Scene, of: &Subaccount, others: &[Asked]) -> Asked {
    let mut numbers = Vec::new();
    for number in &of.numbers {
        if dice.random_bool(0.06) {
            continue;
        }
        let to = another(dice, scene, of);
        let is_sent_there = others.iter().any(
            |one| matches!(one, Asked::Move { number: moved, to: there, .. } if moved == number && *there == to),
        );
        numbers.push(Decided {
            number: number.clone(),
            move_to: (dice.random_bool(0.6) && !is_sent_there).then_some(to),
        });
    }
    Asked::Close {
        account: of.account.clone(),
        numbers,
    }
}

/// The parent more often than another subaccount.
fn another(dice: &mut StdRng, scene: &Scene, than: &Subaccount) -> String {
    let others: Vec<&Subaccount> = scene
        .subaccounts
        .iter()
        .filter(|one| one.account != than.account)
        .collect();
    if others.is_empty() || dice.random_bool(0.6) {
        return scene.parent.clone();
    }
    others[dice.random_range(0..others.len())].account.clone()
}
