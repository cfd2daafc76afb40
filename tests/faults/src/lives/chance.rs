//! What chance adds to a life of any campaign. All of it comes from the run's seed.

use std::time::Duration;

use practice::{AnswerBody, Fault, Rule};
use rand::RngExt as _;
use rand::rngs::StdRng;
use vault::keychain::file_store::{Call, Fault as KeychainFault, Refusal, Rule as Turn, Script};
use vault::points::Point;

use super::trouble::{DiskError, DiskTrouble, KeychainTrouble, Kill, TwilioTrouble};

/// The requests that may go wrong: method and path.
pub struct Targets {
    pub changes: &'static [(&'static str, &'static str)],
    pub reads: &'static [(&'static str, &'static str)],
}

/// Where a life that comes to about so many points may end.
pub fn a_kill(dice: &mut StdRng, longest: u32) -> Kill {
    if dice.random_bool(0.8) {
        Kill::Nth(dice.random_range(1..=longest))
    } else {
        let point = dice.random_range(0..Point::ALL.len());
        Kill::At(point, dice.random_range(1..=2))
    }
}

/// Trouble with the disk.
pub fn disk_trouble(dice: &mut StdRng) -> DiskTrouble {
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

/// Trouble with Twilio, in which one of these requests goes wrong, or anything does.
pub fn twilio_trouble(dice: &mut StdRng, targets: &Targets) -> TwilioTrouble {
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
    let (method, path) = if reads_only || dice.random_bool(0.3) {
        targets.reads[dice.random_range(0..targets.reads.len())]
    } else {
        targets.changes[dice.random_range(0..targets.changes.len())]
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

/// Trouble with the keychain.
pub fn keychain_trouble(dice: &mut StdRng) -> KeychainTrouble {
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
