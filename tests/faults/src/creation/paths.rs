//! Ways on which every named point lies. Chance alone would seldom come to some of them.

use practice::{AnswerBody, Fault, Rule};
use rand::RngExt as _;
use rand::rngs::StdRng;
use vault::points::Point;

use super::Life;
use super::dice::a_kill;
use super::work::{NEW_KEY, NEW_SUBACCOUNT, RENAME_KEY, Work};
use crate::lives::trouble::{
    DiskError, DiskTrouble, Kill, TwilioTrouble, keychain_refusing_writes_after,
};

/// Two looks are five minutes apart.
const LATER: i64 = 6;

/// All of them, each with a name.
pub fn all() -> Vec<(&'static str, Vec<Life>)> {
    use Work::{
        ChangePassphrase, Connect, Delete, Finish, HandOver, Key, Mixed, Reconcile, Show,
        Subaccount, TryAgain,
    };
    let once =
        |work, fault, (method, path)| twilio(work, Rule::new(fault).on(method, path).next(1));
    let refusal = Fault::Answer {
        status: 400,
        body: AnswerBody::Twilio,
        after: false,
    };
    let trouble = Fault::ErrorPage {
        status: 500,
        after: false,
    };
    let page_after = Fault::Answer {
        status: 403,
        body: AnswerBody::Page,
        after: true,
    };
    let unnamed = || {
        let rule = Rule::new(trouble.clone()).on(RENAME_KEY.0, RENAME_KEY.1);
        twilio(Key, rule)
    };
    let unsealed = |work, times| Life {
        disk: Some(DiskTrouble {
            errno: DiskError::Full,
            from: Some(Kill::at(Point::SecretSealed)),
            skip: 0,
            times,
        }),
        ..Life::of(work)
    };
    vec![
        ("a subaccount and its key", vec![Life::of(Subaccount)]),
        ("a key that is handed over", vec![Life::of(HandOver)]),
        ("several at once", vec![Life::of(Mixed)]),
        ("connecting again", vec![Life::of(Key), Life::of(Connect)]),
        (
            "a subaccount's lost reply",
            vec![once(Subaccount, Fault::ResetAfter, NEW_SUBACCOUNT)],
        ),
        (
            "a refused subaccount",
            vec![once(Subaccount, refusal.clone(), NEW_SUBACCOUNT)],
        ),
        (
            "a subaccount that was never made",
            vec![
                once(Subaccount, Fault::ResetBefore, NEW_SUBACCOUNT),
                later(Reconcile),
            ],
        ),
        (
            "a subaccount that somebody else answered about",
            vec![once(Subaccount, page_after.clone(), NEW_SUBACCOUNT)],
        ),
        (
            "a key that somebody else answered about",
            vec![once(Key, page_after, NEW_KEY)],
        ),
        (
            "a key by the newer API",
            vec![once(Key, Fault::PolicyRefusal, NEW_KEY)],
        ),
        (
            "a key's lost reply",
            vec![once(Key, Fault::ResetAfter, NEW_KEY)],
        ),
        (
            "a refused key, finished",
            vec![once(Subaccount, refusal.clone(), NEW_KEY), Life::of(Finish)],
        ),
        (
            "a key that was never made",
            vec![once(Key, Fault::ResetBefore, NEW_KEY), later(Reconcile)],
        ),
        (
            "a key that was planned and never sent",
            vec![
                Life {
                    kill: Some(Kill::at(Point::KeyPlanned)),
                    ..Life::of(Key)
                },
                Life::of(Reconcile),
            ],
        ),
        (
            "a secret that the records did not take",
            vec![unsealed(Key, None), Life::of(Reconcile)],
        ),
        (
            "a secret in memory alone, tried again",
            vec![{
                let mut life = unsealed(TryAgain, None);
                life.keychain = Some(keychain_refusing_writes_after(2));
                life
            }],
        ),
        (
            "a key that is not wanted",
            vec![unnamed(), Life::of(Delete)],
        ),
        (
            "a key that is named later",
            vec![unnamed(), Life::of(Reconcile)],
        ),
        (
            "a secret that the keychain lost",
            vec![
                Life {
                    secrets_lost_after: true,
                    ..Life::of(Key)
                },
                Life::of(Show),
            ],
        ),
        (
            "another passphrase",
            vec![Life::of(Key), Life::of(ChangePassphrase), Life::of(Show)],
        ),
    ]
}

/// One of them, with a kill somewhere on it more often than not.
pub fn one(dice: &mut StdRng) -> Vec<Life> {
    let mut paths = all();
    let chosen = dice.random_range(0..paths.len());
    let (_, mut lives) = paths.swap_remove(chosen);
    if dice.random_bool(0.8) {
        let life = dice.random_range(0..lives.len());
        lives[life].kill = Some(a_kill(dice, lives[life].work));
    }
    lives
}

fn twilio(work: Work, rule: Rule) -> Life {
    Life {
        twilio: Some(TwilioTrouble::Rule(rule)),
        ..Life::of(work)
    }
}

fn later(work: Work) -> Life {
    Life {
        minutes_later: LATER,
        ..Life::of(work)
    }
}
