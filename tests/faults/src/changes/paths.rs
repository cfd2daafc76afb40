//! Ways on which every named point of these workflows lies. Chance alone would seldom come to some of them.

use rand::RngExt as _;
use rand::rngs::StdRng;

use super::Life;
use super::asked::{Asked, Decided};
use super::dice::{DAYS_UNTIL_USED, a_life};
use super::prepared::Scene;
use super::work::Deed;

/// A batch, and what is done from life to life.
pub type Path = (Vec<Asked>, Vec<Life>);

/// All of them, each with a name.
pub fn all(scene: &Scene) -> Vec<(&'static str, Path)> {
    use Deed::{CarryOut, DeleteOld, GiveUp, HandOver, LookForUse, SayInUse};
    let first = &scene.subaccounts[0];
    let (account, key) = (&first.account, &first.keys[0]);
    let of_the_old = |deed: fn(String) -> Deed| deed(key.clone());
    let hand_over = of_the_old(|old| HandOver { old });
    let say = of_the_old(|old| SayInUse { old });
    let delete = of_the_old(|old| DeleteOld {
        old,
        without_waiting: false,
    });
    let delete_at_once = of_the_old(|old| DeleteOld {
        old,
        without_waiting: true,
    });
    let give_up = of_the_old(|old| GiveUp { old });
    let look = Life {
        minutes_later: DAYS_UNTIL_USED * 24 * 60,
        ..Life::of(vec![of_the_old(|old| LookForUse { old })])
    };
    let replace = vec![Asked::Replace {
        account: account.clone(),
        key: key.clone(),
        name: "Successor".to_owned(),
    }];
    let ordered = || Life::of(vec![CarryOut]);
    let once = |asked: Vec<Asked>| (asked, vec![ordered()]);
    let then = |lives: Vec<Life>| {
        let lives = [vec![ordered()], lives].concat();
        (replace.clone(), lives)
    };
    vec![
        (
            "a replaced key that is said to be in use",
            then(vec![
                Life::of(vec![hand_over.clone(), say.clone()]),
                Life::of(vec![delete.clone()]),
            ]),
        ),
        (
            "a replaced key that is seen in use",
            then(vec![
                Life::of(vec![hand_over.clone()]),
                look,
                Life::of(vec![delete.clone()]),
            ]),
        ),
        (
            "an old key that is deleted too early, and then at once",
            then(vec![
                Life::of(vec![delete.clone()]),
                Life::of(vec![delete_at_once.clone()]),
            ]),
        ),
        (
            "a replacement that is given up",
            then(vec![Life::of(vec![give_up.clone()])]),
        ),
        (
            "a replacement that is given up after its end",
            then(vec![
                Life::of(vec![delete_at_once]),
                Life::of(vec![give_up]),
            ]),
        ),
        (
            "keys that are renamed and revoked",
            once(keys_changed(scene)),
        ),
        ("a subaccount that rests", once(rested(account))),
        ("a subaccount that is closed", once(closed(scene))),
        ("numbers that leave", once(numbers_left(scene))),
    ]
}

/// One of them, with the troubles of chance in its lives.
pub fn one(dice: &mut StdRng, scene: &Scene) -> Path {
    let mut paths = all(scene);
    let chosen = dice.random_range(0..paths.len());
    let (_, (asked, lives)) = paths.swap_remove(chosen);
    let lives = lives.into_iter().map(|life| {
        if dice.random_bool(0.4) {
            return life;
        }
        Life {
            minutes_later: life.minutes_later,
            ..a_life(dice, life.work)
        }
    });
    let lives = lives.collect();
    (asked, lives)
}

fn keys_changed(scene: &Scene) -> Vec<Asked> {
    let [first, second] = [&scene.subaccounts[0], &scene.subaccounts[1]];
    vec![
        Asked::Rename {
            account: first.account.clone(),
            key: first.keys[0].clone(),
            name: "Alarm North".to_owned(),
        },
        Asked::Revoke {
            account: first.account.clone(),
            key: first.keys[1].clone(),
        },
        Asked::Prove {
            key: second.keys[0].clone(),
        },
    ]
}

fn rested(account: &str) -> Vec<Asked> {
    vec![
        Asked::Suspend {
            account: account.to_owned(),
        },
        Asked::Reactivate {
            account: account.to_owned(),
        },
    ]
}

/// Its first number goes to the parent, its others are released.
fn closed(scene: &Scene) -> Vec<Asked> {
    let first = &scene.subaccounts[0];
    let decided = first.numbers.iter().enumerate();
    let decided = decided.map(|(place, number)| Decided {
        number: number.clone(),
        move_to: (place == 0).then(|| scene.parent.clone()),
    });
    vec![
        Asked::Suspend {
            account: first.account.clone(),
        },
        Asked::Close {
            account: first.account.clone(),
            numbers: decided.collect(),
        },
    ]
}

fn numbers_left(scene: &Scene) -> Vec<Asked> {
    let [first, second] = [&scene.subaccounts[0], &scene.subaccounts[1]];
    vec![
        Asked::Move {
            account: first.account.clone(),
            number: first.numbers[0].clone(),
            to: second.account.clone(),
        },
        Asked::Release {
            account: second.account.clone(),
            number: second.numbers[0].clone(),
        },
    ]
}
