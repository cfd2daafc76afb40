//! Keys: none is gone that was not to go, none is there twice, and an old one never goes before its successor is proved.

use practice::{AccountState, KeyState};
use workflows::view::{OutcomeView, ResultView};

use super::facts::Facts;
use crate::changes::asked::{Asked, is_carried_out, is_proof_of, names};
use crate::changes::followed::Item;
use crate::changes::work::Deed;
use crate::lives::kept::{is_named, new_keys};

pub fn judge(facts: &Facts<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for key in facts.before.accounts.iter().flat_map(|one| &one.keys) {
        wrong.extend(of_a_key_from_before(facts, key));
    }
    wrong.extend(of_new_keys(facts));
    wrong.extend(made_and_gone(facts));
    wrong
}

fn of_a_key_from_before(facts: &Facts<'_>, key: &KeyState) -> Option<String> {
    let sid = &key.sid;
    let Some((_, now)) = facts.after.key(sid) else {
        return why_gone(facts, sid);
    };
    let may_be_named_so = |name: &str| {
        facts.items.iter().any(
            |item| matches!(&item.asked, Asked::Rename { key, name: asked, .. } if key == sid && asked == name),
        )
    };
    let name = now.friendly_name.as_deref().unwrap_or_default();
    (now.friendly_name != key.friendly_name && !may_be_named_so(name))
        .then(|| format!("{sid} is named {name}, which nobody asked for"))
}

/// What is wrong with it that a key from before is gone.
fn why_gone(facts: &Facts<'_>, sid: &str) -> Option<String> {
    for item in facts.items {
        match &item.asked {
            Asked::Revoke { key, .. } if key == sid => return None,
            Asked::Replace { key, .. } if key == sid => {
                return match successor(facts, &item.asked) {
                    _ if !facts.plan.asks_for(|deed| deletes(deed, sid)) => {
                        Some(format!("{sid} was deleted, and it was only to be replaced"))
                    }
                    None => Some(format!("{sid} was deleted, and no successor is there")),
                    Some((_, new)) => not_proved_before(facts, sid, &new.sid),
                };
            }
            _ => {}
        }
    }
    Some(format!("{sid} was deleted, and nobody asked for it"))
}

fn deletes(deed: &Deed, key: &str) -> bool {
    matches!(deed, Deed::DeleteOld { old, .. } if old == key)
}

/// The key that takes the place of another, where it is there.
fn successor<'a>(facts: &Facts<'a>, replacing: &Asked) -> Option<(&'a AccountState, &'a KeyState)> {
    let keys = new_keys(facts.before, facts.after).into_iter();
    let mut of_it = keys.filter(|(account, key)| is_of(replacing, account, key));
    of_it.next()
}

fn is_of(replacing: &Asked, account: &AccountState, key: &KeyState) -> bool {
    let found = key.friendly_name.as_deref().unwrap_or_default();
    matches!(replacing, Asked::Replace { account: of, name, .. } if *of == account.sid && is_named(found, name))
}

/// In the life that deleted the old key, a live call with the new one has to come before.
fn not_proved_before(facts: &Facts<'_>, old: &str, new: &str) -> Option<String> {
    let deletes = |request: &&practice::RequestEntry| {
        request.method == "DELETE" && names(request, old) && is_carried_out(request)
    };
    let requests = facts.requests;
    let Some(deleted) = requests.iter().position(|one| deletes(&one)) else {
        return Some(format!("{old} is gone, and no request deleted it"));
    };
    let life = facts.began.iter().rev().find(|began| **began <= deleted);
    let of_this_life = requests
        .get(life.copied().unwrap_or_default()..deleted)
        .unwrap_or_default();
    let is_proved = of_this_life.iter().any(|one| is_proof_of(one, new));
    (!is_proved).then(|| format!("{old} was deleted before its successor {new} was proved"))
}

/// Each new key is the one that an order asked for.
fn of_new_keys(facts: &Facts<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    let new = new_keys(facts.before, facts.after);
    for (account, key) in &new {
        let is_asked_for = |item: &Item| is_of(&item.asked, account, key);
        if !facts.items.iter().any(is_asked_for) {
            wrong.push(format!("nobody asked for the key {:?}", key.friendly_name));
        }
    }
    for item in facts.items {
        let of_it = new
            .iter()
            .filter(|(account, key)| is_of(&item.asked, account, key));
        let times = of_it.count();
        if times > 1 {
            wrong.push(format!("{:?} was done {times} times", item.asked));
        }
    }
    wrong
}

/// A key that was told to be made is there, unless its replacement was given up.
fn made_and_gone(facts: &Facts<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for item in facts.items {
        let (Asked::Replace { key: old, .. }, Some(OutcomeView::Done { result })) =
            (&item.asked, &item.outcome)
        else {
            continue;
        };
        let ResultView::Created { made } = result else {
            wrong.push(format!("{:?} is done, and made nothing", item.asked));
            continue;
        };
        let is_given_up = facts
            .plan
            .asks_for(|deed| matches!(deed, Deed::GiveUp { old: of } if of == old));
        if facts.after.key(made.key.as_str()).is_none() && !is_given_up {
            wrong.push(format!("{} was told to be made and is not there", made.key));
        }
    }
    wrong
}
