//! The end of a run: nothing is wrong any more, time passes, and what is unfinished puts itself right or is finished by the user.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use vault::keychain::FileStore;
use vault::keychain::file_store::Script;
use workflows::{SignInFields, Workspace};

use super::place::{Haste, keychain_in, open};
use super::stage::Twilio;

/// Two looks are five minutes apart.
const LATER: i64 = 6 * 60;
/// By then nothing changes any more.
const ROUNDS: usize = 5;

/// What only the users of one campaign do at the end.
pub trait ByItsUsers: Send {
    /// Goes on with it, and answers whether nothing of it is left.
    fn go_on(
        &mut self,
        workspace: &Arc<Workspace>,
        twilio: &Twilio,
        told: &mut Vec<String>,
    ) -> impl Future<Output = Result<bool, String>> + Send;
}

/// Clears every fault and lets the program put things right. What could not be put right is told.
pub async fn conclude(
    folder: &Path,
    twilio: &Twilio,
    ahead: &mut i64,
    told: &mut Vec<String>,
    by_its_users: &mut impl ByItsUsers,
) -> Result<Arc<Workspace>, String> {
    twilio.practice.faults().clear();
    twilio.practice.catch_up_within(Duration::ZERO);
    twilio
        .practice
        .go_online()
        .await
        .map_err(|error| error.to_string())?;
    FileStore::direct(&keychain_in(folder), &Script::default())
        .map_err(|error| error.to_string())?;
    for round in 0..ROUNDS {
        *ahead += LATER;
        let (workspace, notice) =
            open(folder, &twilio.practice.base_url(), *ahead, &Haste::NONE).await?;
        if let Some(notice) = notice {
            return Err(format!("the records say {notice:?}"));
        }
        connect_if_needed(&workspace, twilio).await?;
        let nothing_left = by_its_users.go_on(&workspace, twilio, told).await?;
        let counts = workspace
            .reconcile()
            .await
            .map_err(|problem| format!("reconciling: {problem}"))?;
        told.push(format!("round {round}: {counts:?}"));
        let unfinished = workspace
            .unfinished()
            .await
            .map_err(|problem| problem.to_string())?;
        if nothing_left && unfinished.is_empty() {
            return Ok(workspace);
        }
        // What waits for the user is finished by the user, once nothing puts itself right any more.
        if round + 2 >= ROUNDS
            || counts.finished + counts.not_created + counts.unusable_deleted == 0
        {
            for one in unfinished.into_iter().filter(|one| one.can_finish) {
                match workspace.finish(one.id).await {
                    Ok(made) => told.push(format!("finished {}", made.key)),
                    Err(failure) => told.push(format!("not finished: {failure}")),
                }
            }
        }
        if round + 1 == ROUNDS {
            return Ok(workspace);
        }
        drop(workspace);
    }
    unreachable!("the last round returns")
}

/// After the keychain was emptied the program says that it has no Auth Token, and the user connects again.
async fn connect_if_needed(workspace: &Arc<Workspace>, twilio: &Twilio) -> Result<(), String> {
    let parent = twilio.practice.parent();
    let item = vault::Item::AuthToken {
        account: parent.account_sid.parse().expect("a SID"),
    };
    // One that another program changed is as good as none.
    if matches!(workspace.keychain().read(&item).await, Ok(Some(_))) {
        return Ok(());
    }
    let fields = SignInFields {
        account_sid: parent.account_sid,
        auth_token: parent.auth_token,
    };
    match workspace.connect(fields).await {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("connecting again: {error}")),
    }
}
