//! Orders: each is carried out once at most, has ended, was not begun again, and what is kept of its end is what Twilio has.

use practice::{RequestEntry, Status};
use workflows::Changed;
use workflows::view::OutcomeView;

use super::facts::Facts;
use super::subaccounts::owner;
use crate::changes::asked::{Asked, changes_something, is_carried_out, names};
use crate::changes::followed::Item;
use crate::changes::work::Deed;
use crate::lives::kept::{is_named, new_keys};

pub fn judge(facts: &Facts<'_>) -> Vec<String> {
    let mut wrong = not_asked_for(facts);
    let is_kept = facts.items.iter().any(|item| item.outcome.is_some());
    for item in facts.items {
        wrong.extend(done_twice(facts, &item.asked));
        for moving in item.asked.moves() {
            wrong.extend(done_twice(facts, &moving));
        }
        wrong.extend(begun_again(facts, item));
        match &item.outcome {
            Some(outcome) => wrong.extend(disagrees(facts, &item.asked, outcome)),
            None if is_kept => wrong.push(format!("{:?} has not ended", item.asked)),
            // The batch itself was never kept, so none of it may have been begun.
            None if times_done(facts, &item.asked) > 0 => {
                wrong.push(format!("{:?} was done, and is not kept", item.asked));
            }
            None => {}
        }
    }
    wrong
}

/// The requests by which Twilio carried it out.
fn done_by<'a>(facts: &Facts<'a>, asked: &Asked) -> impl Iterator<Item = &'a RequestEntry> {
    let requests = facts.requests.iter();
    requests.filter(move |one| is_carried_out(one) && asked.is_asked_by(one))
}

fn times_done(facts: &Facts<'_>, asked: &Asked) -> usize {
    let moves = asked.moves();
    let moves = moves.iter().map(|one| done_by(facts, one).count());
    done_by(facts, asked).count() + moves.sum::<usize>()
}

fn done_twice(facts: &Facts<'_>, asked: &Asked) -> Option<String> {
    // A new key whose secret never came is deleted and made anew; how many are there is judged with the keys.
    if matches!(asked, Asked::Replace { .. } | Asked::Prove { .. }) {
        return None;
    }
    let times = done_by(facts, asked).count();
    (times > 1).then(|| format!("{asked:?} was done {times} times"))
}

/// Every request that changed something is one that was asked for.
fn not_asked_for(facts: &Facts<'_>) -> Vec<String> {
    let changed = facts.requests.iter();
    let changed = changed.filter(|one| changes_something(one) && is_carried_out(one));
    let unasked = changed.filter(|one| !is_asked_for(facts, one));
    let told = unasked.map(|one| {
        format!(
            "nobody asked for {} {} {:?}",
            one.method, one.path, one.form
        )
    });
    told.collect()
}

fn is_asked_for(facts: &Facts<'_>, request: &RequestEntry) -> bool {
    let by_an_order = facts.items.iter().any(|item| {
        let mut moves = item.asked.moves().into_iter();
        item.asked.is_asked_by(request) || moves.any(|one| one.is_asked_by(request))
    });
    let deletes_an_old_one = |deed: &Deed| matches!(deed, Deed::DeleteOld { old, .. } if request.method == "DELETE" && names(request, old));
    by_an_order || facts.plan.asks_for(deletes_an_old_one) || is_of_a_new_key(facts, request)
}

/// A new key gets its plain name, and goes where its secret never came or its replacement is given up.
fn is_of_a_new_key(facts: &Facts<'_>, request: &RequestEntry) -> bool {
    let named = request.path.rsplit('/').next().unwrap_or_default();
    let key = named.trim_end_matches(".json");
    if !key.starts_with("SK") || facts.before.key(key).is_some() {
        return false;
    }
    let its_name = |item: &Item| matches!(&item.asked, Asked::Replace { name, .. } if request.field("FriendlyName") == Some(name));
    request.method == "DELETE" || facts.items.iter().any(its_name)
}

/// What has ended is not asked of Twilio any more.
fn begun_again(facts: &Facts<'_>, item: &Item) -> Option<String> {
    item.outcome.as_ref()?;
    if matches!(item.asked, Asked::Prove { .. }) {
        return None;
    }
    let later = facts.requests.get(item.ended_by..).unwrap_or_default();
    let moves = item.asked.moves();
    let again = later.iter().any(|one| {
        item.asked.is_asked_by(one) || moves.iter().any(|moving| moving.is_asked_by(one))
    });
    again.then(|| format!("{:?} had ended, and was begun again", item.asked))
}

/// What is wrong with what is kept of an order's end.
fn disagrees(facts: &Facts<'_>, asked: &Asked, outcome: &OutcomeView) -> Option<String> {
    let holds = match outcome {
        OutcomeView::Done { .. } => is_so(facts, asked),
        OutcomeView::Stopped => false,
        OutcomeView::Failed { failure } => match failure.changed {
            Changed::No => !is_changed(facts, asked),
            Changed::Yes => times_done(facts, asked) > 0,
            Changed::Unknown => true,
        },
    };
    (!holds).then(|| format!("{asked:?} is kept as {outcome:?}, and Twilio has it otherwise"))
}

fn is_changed(facts: &Facts<'_>, asked: &Asked) -> bool {
    match asked {
        // A key came and went.
        Asked::Replace { account, name, .. } => {
            let mut new = new_keys(facts.before, facts.after).into_iter();
            new.any(|(of, key)| {
                let named = key.friendly_name.as_deref().unwrap_or_default();
                of.sid == *account && is_named(named, name)
            })
        }
        Asked::Prove { .. } => false,
        _ => times_done(facts, asked) > 0,
    }
}

/// Whether it is, or was on the way, as it was to be.
fn is_so(facts: &Facts<'_>, asked: &Asked) -> bool {
    let key_of = |sid: &str| facts.after.key(sid);
    match asked {
        Asked::Replace { .. } => true,
        Asked::Revoke { key, .. } => key_of(key).is_none(),
        Asked::Rename { key, name, .. } => {
            key_of(key).is_none_or(|(_, key)| key.friendly_name.as_deref() == Some(name))
        }
        Asked::Suspend { account } => was(facts, account, Status::Suspended),
        Asked::Reactivate { account } => was(facts, account, Status::Active),
        Asked::Close { account, .. } => {
            let now = facts.after.account(account);
            now.is_some_and(|now| now.status == Status::Closed)
        }
        Asked::Move { number, to, .. } => {
            done_by(facts, asked).count() > 0 || owner(facts.after, number) == Some(to)
        }
        Asked::Release { account, number } => owner(facts.after, number) != Some(account),
        Asked::Prove { key } => {
            let mut requests = facts.requests.iter();
            requests.any(|one| {
                let by = one.signed_by.as_ref();
                is_carried_out(one) && by.is_some_and(|by| by.sid == *key)
            })
        }
    }
}

/// Whether a subaccount stood so at some time of the run.
fn was(facts: &Facts<'_>, account: &str, status: Status) -> bool {
    let before = facts.before.account(account);
    let asked = match status {
        Status::Active => Asked::Reactivate {
            account: account.to_owned(),
        },
        _ => Asked::Suspend {
            account: account.to_owned(),
        },
    };
    before.is_some_and(|before| before.status == status) || done_by(facts, &asked).count() > 0
}
