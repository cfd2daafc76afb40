//! What chance adds to a run. All of it comes from the run's seed.

use rand::RngExt as _;
use rand::rngs::StdRng;

use super::Life;
use super::work::{NEW_KEY, NEW_SUBACCOUNT, RENAME_KEY, Work};
use crate::lives::chance::{self, Targets, disk_trouble, keychain_trouble, pick, twilio_trouble};
use crate::lives::trouble::Kill;

const TARGETS: Targets = Targets {
    changes: &[
        NEW_SUBACCOUNT,
        NEW_KEY,
        NEW_KEY,
        ("POST", "/2010-04-01/Accounts/*.json"),
        RENAME_KEY,
        ("DELETE", "**"),
    ],
    reads: &[
        ("GET", "/2010-04-01/Accounts.json"),
        ("GET", "/2010-04-01/Accounts/*.json"),
        ("GET", "/**/Keys.json"),
        ("GET", "/**/Messages.json"),
        ("GET", "**"),
    ],
};

/// A life of this work.
pub fn a_life(dice: &mut StdRng, work: Work) -> Life {
    let twilio = dice
        .random_bool(0.5)
        .then(|| twilio_trouble(dice, &TARGETS));
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
    chance::a_kill(dice, longest)
}
