//! Subaccounts and their numbers: each stands as it stood or as was asked for, and no number is with anybody else, or gone, but by an order.

use practice::{AccountState, State, Status};

use super::facts::Facts;
use crate::changes::asked::{Asked, Decided};

pub fn judge(facts: &Facts<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for account in &facts.before.accounts {
        match facts.after.account(&account.sid) {
            Some(now) => wrong.extend(of_a_subaccount(facts, account, now)),
            None => wrong.push(format!("{} is gone", account.sid)),
        }
        for number in &account.numbers {
            wrong.extend(of_a_number(facts, &account.sid, &number.sid));
        }
    }
    if facts.after.subaccounts != facts.before.subaccounts {
        wrong.push("a subaccount was made".to_owned());
    }
    wrong
}

fn of_a_subaccount(facts: &Facts<'_>, before: &AccountState, now: &AccountState) -> Option<String> {
    let sid = &before.sid;
    let is_asked_for = facts.items.iter().any(|item| match &item.asked {
        Asked::Suspend { account } => account == sid && now.status == Status::Suspended,
        Asked::Reactivate { account } => account == sid && now.status == Status::Active,
        Asked::Close { account, .. } => account == sid && now.status == Status::Closed,
        _ => false,
    });
    if now.friendly_name != before.friendly_name {
        return Some(format!("{sid} has another name"));
    }
    (now.status != before.status && !is_asked_for)
        .then(|| format!("{sid} is {:?}, which nobody asked for", now.status))
}

/// Who has a number.
pub fn owner<'a>(state: &'a State, number: &str) -> Option<&'a str> {
    let has_it = |account: &&AccountState| account.numbers.iter().any(|one| one.sid == number);
    let account = state.accounts.iter().find(has_it)?;
    Some(&account.sid)
}

fn of_a_number(facts: &Facts<'_>, owner_before: &str, number: &str) -> Option<String> {
    match owner(facts.after, number) {
        Some(now) if now == owner_before => None,
        Some(now) => {
            let is_asked_for = facts.items.iter().any(|item| {
                let moves = item.asked.moves();
                let mut moves = moves.iter().chain([&item.asked]);
                moves.any(|one| {
                    matches!(one, Asked::Move { number: moved, to, .. } if moved == number && to == now)
                })
            });
            (!is_asked_for).then(|| format!("{number} is with {now}, which nobody asked for"))
        }
        None => (!may_be_gone(facts, owner_before, number))
            .then(|| format!("{number} is released, which nobody asked for")),
    }
}

/// It was to be released, or its subaccount was closed and it was to go with it.
fn may_be_gone(facts: &Facts<'_>, owner: &str, of: &str) -> bool {
    facts.items.iter().any(|item| match &item.asked {
        Asked::Release { number, .. } => number == of,
        Asked::Close { account, numbers } => {
            let is_to_go = |one: &Decided| one.number == of && one.move_to.is_none();
            account == owner && numbers.iter().any(is_to_go)
        }
        _ => false,
    })
}
