//! Whether what Twilio has, what the keychain has and what the records say agree at the end of a run.

use std::collections::BTreeMap;
use std::path::Path;

use practice::{AccountState, State};
use terms::Tag;
use workflows::{UnfinishedWhat, Workspace};

use super::plan::Plan;
use super::work::Order;
use crate::lives::kept::{Kept, is_named, new_keys, sent_twice};
use crate::lives::stage::Twilio;

/// What the lives told their user.
#[derive(Debug, Default)]
pub struct Told {
    pub made: Vec<(String, String)>,
    pub handed_over: Vec<String>,
    /// Asked to be deleted, which may still be under way.
    pub unwanted: Vec<String>,
    pub deleted: Vec<String>,
}

impl Told {
    /// Takes in what a life told.
    pub fn hear(&mut self, lines: &[String]) {
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["made", account, key] => self.made.push((account.to_string(), key.to_string())),
                ["handed", key] => self.handed_over.push(key.to_string()),
                ["unwanted", key] => self.unwanted.push(key.to_string()),
                ["deleted", key] => self.deleted.push(key.to_string()),
                _ => {}
            }
        }
    }
}

/// Everything the judgement is about.
pub struct Evidence<'a> {
    pub plan: &'a Plan,
    pub folder: &'a Path,
    pub twilio: &'a Twilio,
    pub workspace: &'a Workspace,
    /// What Twilio had before the first life.
    pub before: &'a State,
    pub told: &'a Told,
}

/// What is wrong; nothing, if all is well.
pub async fn judge(evidence: &Evidence<'_>) -> Result<Vec<String>, String> {
    let after = evidence.twilio.state();
    let unfinished = evidence
        .workspace
        .unfinished()
        .await
        .map_err(|problem| problem.to_string())?;
    let mut wrong = strangers(evidence.before, &after);
    wrong.extend(duplicates(evidence, &after));
    wrong.extend(sent_twice(&evidence.twilio.practice.requests()));
    let kept = Kept::after(
        &evidence.plan.lives,
        evidence.folder,
        evidence.twilio,
        evidence.workspace,
        &unfinished,
    );
    for (account, key) in new_keys(evidence.before, &after) {
        wrong.extend(kept.judge_key(account, key).await?);
    }
    for account in new_accounts(evidence.before, &after) {
        let tagged = Tag::find_in(&account.friendly_name).is_some();
        if tagged
            && !unfinished
                .iter()
                .any(|one| one.what == UnfinishedWhat::Subaccount)
        {
            wrong.push(format!("{} is left with its tag", account.friendly_name));
        }
    }
    for one in &unfinished {
        if !kept.keychain_was_emptied {
            wrong.push(format!("still unfinished: {one:?}"));
        }
    }
    wrong.extend(promises(evidence, &after).await?);
    wrong.extend(kept.left_in_keychain(&after).await?);
    Ok(wrong)
}

/// What others made must be as it was.
fn strangers(before: &State, after: &State) -> Vec<String> {
    let mut wrong = Vec::new();
    for account in &before.accounts {
        let Some(now) = after.account(&account.sid) else {
            wrong.push(format!("{} of somebody else is gone", account.sid));
            continue;
        };
        if now.friendly_name != account.friendly_name || now.status != account.status {
            wrong.push(format!("{} of somebody else was changed", account.sid));
        }
        for key in &account.keys {
            match now.keys.iter().find(|now| now.sid == key.sid) {
                Some(now) if now.friendly_name == key.friendly_name => {}
                Some(_) => wrong.push(format!("{} of somebody else was changed", key.sid)),
                None => wrong.push(format!("{} of somebody else was deleted", key.sid)),
            }
        }
    }
    wrong
}

fn new_accounts<'a>(before: &'a State, after: &'a State) -> impl Iterator<Item = &'a AccountState> {
    after
        .accounts
        .iter()
        .filter(|account| before.account(&account.sid).is_none())
}

/// Each order is there once at most, and nothing is there that was not ordered.
fn duplicates(evidence: &Evidence<'_>, after: &State) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut made: BTreeMap<String, usize> = BTreeMap::new();
    let orders = &evidence.plan.orders;
    for account in new_accounts(evidence.before, after) {
        let ordered = |order: &&Order| {
            let name = order.subaccount.as_deref();
            name.is_some_and(|name| is_named(&account.friendly_name, name))
        };
        match orders.iter().find(ordered) {
            Some(order) => {
                *made
                    .entry(format!("subaccount {:?}", order.subaccount))
                    .or_default() += 1
            }
            None => wrong.push(format!(
                "nobody ordered the subaccount {}",
                account.friendly_name
            )),
        }
    }
    for (account, key) in new_keys(evidence.before, after) {
        let name = key.friendly_name.as_deref().unwrap_or_default();
        let place = |order: &Order| match &order.subaccount {
            Some(plain) => is_named(&account.friendly_name, plain),
            None => evidence.twilio.known[order.known] == account.sid,
        };
        match orders
            .iter()
            .find(|order| is_named(name, &order.key) && place(order))
        {
            Some(order) => {
                *made
                    .entry(format!("key {} in {}", order.key, account.sid))
                    .or_default() += 1
            }
            None => wrong.push(format!("nobody ordered the key {name}")),
        }
    }
    wrong.extend(
        made.into_iter()
            .filter(|(_, times)| *times > 1)
            .map(|(what, times)| format!("{what} is there {times} times")),
    );
    wrong
}

/// What the user was told still holds.
async fn promises(evidence: &Evidence<'_>, after: &State) -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    let told = evidence.told;
    for (account, key) in &told.made {
        let there = after.key(key).is_some_and(|(of, _)| of.sid == *account);
        if !there && !told.unwanted.contains(key) {
            wrong.push(format!("{key} was told to be made and is not there"));
        }
    }
    for key in &told.deleted {
        if after.key(key).is_some() {
            wrong.push(format!("{key} was told to be deleted and is there"));
        }
    }
    for key in &told.handed_over {
        let credential = evidence
            .workspace
            .records()
            .credential(key.parse().expect("a SID"))
            .await
            .map_err(|error| error.to_string())?;
        if credential.is_none_or(|credential| credential.handed_over.is_none()) {
            wrong.push(format!(
                "the hand-over of {key} was told and is not recorded"
            ));
        }
    }
    Ok(wrong)
}
