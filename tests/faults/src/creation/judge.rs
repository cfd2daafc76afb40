//! Whether what Twilio has, what the keychain has and what the records say agree at the end of a run.

use std::collections::BTreeMap;
use std::path::Path;

use practice::{AccountState, KeyState, State};
use terms::{KeySid, Tag};
use vault::Item;
use workflows::{Unfinished, UnfinishedWhat, Workspace};

use super::plan::Plan;
use super::stage::{Twilio, keychain_items};
use super::work::Order;

/// What the lives told their user.
#[derive(Debug, Default)]
pub struct Told {
    pub made: Vec<(String, String)>,
    pub handed_over: Vec<String>,
    /// Asked to be deleted, which may still be under way.
    pub unwanted: Vec<String>,
    pub deleted: Vec<String>,
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
    wrong.extend(sent_twice(evidence));
    for (account, key) in new_keys(evidence.before, &after) {
        wrong.extend(judge_key(evidence, account, key, &unfinished).await?);
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
        if !evidence.plan.empties_the_keychain() {
            wrong.push(format!("still unfinished: {one:?}"));
        }
    }
    wrong.extend(promises(evidence, &after).await?);
    wrong.extend(left_in_keychain(evidence, &after).await?);
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

fn new_keys<'a>(before: &State, after: &'a State) -> Vec<(&'a AccountState, &'a KeyState)> {
    let mut keys = Vec::new();
    for account in &after.accounts {
        for key in &account.keys {
            if before.key(&key.sid).is_none() {
                keys.push((account, key));
            }
        }
    }
    keys
}

/// Whether a name is this plain name, with or without a tag.
pub(super) fn is_named(found: &str, plain: &str) -> bool {
    found == plain || Tag::find_in(found).is_some_and(|tag| tag.mark(plain) == found)
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

/// Every request that makes something carries a tag of its own, and Twilio carried it out once at most.
fn sent_twice(evidence: &Evidence<'_>) -> Vec<String> {
    let mut carried_out: BTreeMap<String, usize> = BTreeMap::new();
    for request in evidence.twilio.practice.requests() {
        let makes = ["/Accounts.json", "/Keys.json", "/v1/Keys"]
            .iter()
            .any(|made| request.path.ends_with(made));
        let done = request
            .handled
            .is_some_and(|status| (200..300).contains(&status));
        if request.method != "POST" || !makes || !done {
            continue;
        }
        match request.field("FriendlyName").and_then(Tag::find_in) {
            Some(tag) => *carried_out.entry(tag.to_string()).or_default() += 1,
            None => return vec!["something was made without a tag".to_owned()],
        }
    }
    carried_out
        .into_iter()
        .filter(|(_, times)| *times > 1)
        .map(|(tag, _)| format!("the request of {tag} was sent twice"))
        .collect()
}

/// A key of ours is held and works, or it is named as unfinished.
async fn judge_key(
    evidence: &Evidence<'_>,
    account: &AccountState,
    key: &KeyState,
    unfinished: &[Unfinished],
) -> Result<Vec<String>, String> {
    let name = key.friendly_name.clone().unwrap_or_default();
    let sid: KeySid = key.sid.parse().map_err(|error| format!("{error}"))?;
    let id: KeySid = key.sid.parse().expect("a SID");
    let credential = evidence
        .workspace
        .records()
        .credential(id.clone())
        .await
        .map_err(|error| error.to_string())?;
    let secret = evidence.workspace.secret_of(&sid).await;
    let held = secret
        .as_ref()
        .is_ok_and(|secret| evidence.twilio.practice.signs_in(&key.sid, secret.expose()));
    let named = unfinished.iter().any(|one| one.key.as_ref() == Some(&id));
    let mut wrong = Vec::new();
    if !held && !named {
        // A secret that went with the keychain is named by its credential.
        let went_with_the_keychain =
            evidence.plan.empties_the_keychain() && credential.is_some() && secret.is_err();
        if !went_with_the_keychain {
            wrong.push(format!(
                "the secret of {name} ({}) in {} is lost",
                key.sid, account.sid
            ));
        }
    }
    if Tag::find_in(&name).is_some() && !named {
        wrong.push(format!("{name} is left with its tag"));
    }
    if let Some(credential) = credential {
        if credential.removed_at_twilio.is_some() {
            wrong.push(format!("{name} is said to be gone at Twilio"));
        }
        if held && !named && credential.proved_at.is_none() {
            wrong.push(format!("{name} was never proved"));
        }
    }
    Ok(wrong)
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

/// No secret of a key that is gone stays behind, and no credential says that such a key is fine.
async fn left_in_keychain(evidence: &Evidence<'_>, after: &State) -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    let keychain_failed = evidence
        .plan
        .lives
        .iter()
        .any(|life| life.keychain.is_some());
    let credentials = evidence
        .workspace
        .records()
        .credentials()
        .await
        .map_err(|error| error.to_string())?;
    for credential in &credentials {
        if after.key(credential.key.as_str()).is_none() && credential.removed_at_twilio.is_none() {
            wrong.push(format!("{} is kept as good and is gone", credential.key));
        }
    }
    for item in keychain_items(evidence.folder) {
        // The key's SID, and behind it what tells this data folder's items from another's.
        let Some((key, _)) = item
            .strip_prefix("API Secret ")
            .and_then(|rest| rest.split_once(' '))
        else {
            continue;
        };
        let known = credentials
            .iter()
            .any(|credential| credential.key.as_str() == key);
        if !known && after.key(key).is_none() && !keychain_failed {
            wrong.push(format!(
                "the keychain keeps the secret of {key}, which is gone"
            ));
        }
    }
    let canary = Item::Canary.name();
    if keychain_items(evidence.folder)
        .iter()
        .any(|item| item.starts_with(&canary))
        && !keychain_failed
        && !was_killed(evidence.plan)
    {
        wrong.push("the check's item is left in the keychain".to_owned());
    }
    Ok(wrong)
}

fn was_killed(plan: &Plan) -> bool {
    plan.lives.iter().any(|life| life.kill.is_some())
}
