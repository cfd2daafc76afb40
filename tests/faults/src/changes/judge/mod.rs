//! Whether what Twilio has, what is kept here and what was told agree with what was asked for, at the end of a run.

mod facts;
mod keys;
mod orders;
mod subaccounts;
#[cfg(test)]
mod violations;

use std::path::Path;
use std::sync::Arc;

use practice::State;
use workflows::Workspace;

use self::facts::Facts;
use super::followed::Followed;
use super::plan::Plan;
use crate::lives::kept::{Kept, new_keys, sent_twice};
use crate::lives::stage::Twilio;

/// Everything the judgement is about.
pub struct Evidence<'a> {
    pub plan: &'a Plan,
    pub folder: &'a Path,
    pub twilio: &'a Twilio,
    pub workspace: &'a Arc<Workspace>,
    /// What Twilio had before the first life.
    pub before: &'a State,
    pub followed: &'a Followed,
    /// The keys whose secrets were saved before the first life.
    pub saved: &'a [String],
}

/// What is wrong; nothing, if all is well.
pub async fn judge(evidence: &Evidence<'_>) -> Result<Vec<String>, String> {
    let after = evidence.twilio.state();
    let requests = evidence.twilio.practice.requests();
    let facts = Facts {
        plan: evidence.plan,
        before: evidence.before,
        after: &after,
        requests: &requests,
        items: &evidence.followed.items,
        began: &evidence.followed.began,
    };
    let mut wrong = evidence.followed.wrong.clone();
    wrong.extend(of_facts(&facts));
    wrong.extend(sent_twice(&requests));
    wrong.extend(of_what_is_kept(evidence, &after).await?);
    Ok(wrong)
}

fn of_facts(facts: &Facts<'_>) -> Vec<String> {
    let mut wrong = keys::judge(facts);
    wrong.extend(subaccounts::judge(facts));
    wrong.extend(orders::judge(facts));
    wrong
}

/// The secrets, what is unfinished, and what the keychain has.
async fn of_what_is_kept(evidence: &Evidence<'_>, after: &State) -> Result<Vec<String>, String> {
    let refreshing = evidence.workspace.refresh().await;
    refreshing.map_err(|problem| format!("the last refresh: {problem}"))?;
    test_what_was_refused(evidence.workspace).await?;
    let unfinished = evidence.workspace.unfinished().await;
    let unfinished = unfinished.map_err(|problem| problem.to_string())?;
    let kept = Kept::after(
        &evidence.plan.lives,
        evidence.folder,
        evidence.twilio,
        evidence.workspace,
        &unfinished,
    );
    let mut wrong = Vec::new();
    for (account, key) in new_keys(evidence.before, after) {
        wrong.extend(kept.judge_key(account, key).await?);
    }
    wrong.extend(of_saved_keys(evidence, after).await);
    for one in &unfinished {
        // In a subaccount that is not active any more nothing is proved.
        let account = one.account.as_ref();
        let account = account.and_then(|account| after.account(account.as_str()));
        if account.is_none_or(|account| account.status == practice::Status::Active) {
            wrong.push(format!("still unfinished: {one:?}"));
        }
    }
    wrong.extend(kept.left_in_keychain(after).await?);
    Ok(wrong)
}

/// A key that Twilio itself refused in the midst of a fault is kept as refused until its user tests it again.
async fn test_what_was_refused(workspace: &Arc<Workspace>) -> Result<(), String> {
    let refused = workspace.records().refused_keys().await;
    for (key, _) in refused.map_err(|error| error.to_string())? {
        // Whether it works is judged by what is kept then.
        let _ = workspace.prove_key(&key).await;
    }
    Ok(())
}

/// The secrets that were saved before the run open what they opened, as long as Twilio has their keys.
async fn of_saved_keys(evidence: &Evidence<'_>, after: &State) -> Vec<String> {
    let mut wrong = Vec::new();
    for key in evidence.saved {
        if after.key(key).is_none() {
            continue;
        }
        let sid = key.parse().expect("a SID");
        let secret = evidence.workspace.secret_of(&sid).await;
        let works = secret.is_ok_and(|secret| {
            let practice = &evidence.twilio.practice;
            practice.signs_in(key, secret.expose())
        });
        if !works {
            wrong.push(format!("the secret of {key} is lost"));
        }
    }
    wrong
}
