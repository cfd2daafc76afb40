//! What happened, and what the records do not note of it by themselves.

use terms::{AccountSid, KeySid};
use vault::ActivityKind;

use crate::failure::Problem;
use crate::view::Activity;
use crate::workspace::Workspace;

/// As much of the past as a screen shows.
const ACTIVITY_SHOWN: u32 = 200;

impl Workspace {
    /// What happened to one subaccount, or to all, the newest first.
    pub async fn activity(&self, account: Option<&AccountSid>) -> Result<Vec<Activity>, Problem> {
        let of = account.cloned();
        let activity = self.records.named_activity(of, ACTIVITY_SHOWN).await?;
        Ok(activity
            .into_iter()
            .map(|(activity, name)| Activity::of(activity, name))
            .collect())
    }

    /// Adds to the activity list. A full disk must not undo what has happened, so not being able to is no failure.
    pub(crate) async fn note(
        &self,
        what: ActivityKind,
        account: Option<AccountSid>,
        key: Option<KeySid>,
        detail: impl Into<String>,
    ) {
        let activity = vault::Activity {
            at: self.clock.now(),
            account,
            key,
            what,
            detail: detail.into(),
        };
        let _ = self.records.note_activity(activity).await;
    }
}
