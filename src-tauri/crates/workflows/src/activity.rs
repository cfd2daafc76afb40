//! What happened, and what the records do not note of it by themselves.

use terms::{AccountSid, KeySid};
use vault::ActivityKind;

use crate::failure::Problem;
use crate::view::{Activity, ActivityList, ActivityQuery};
use crate::workspace::{Session, Workspace};

/// As much of the past as is shown of one subaccount.
const ACTIVITY_OF_ONE: u32 = 200;

impl Workspace {
    /// The newest of what happened, and how much there is in all.
    pub async fn activity(
        &self,
        query: ActivityQuery,
        limit: u32,
    ) -> Result<ActivityList, Problem> {
        let found = self.records.find_activity(query.into(), limit).await?;
        Ok(ActivityList {
            newest: shown(found.newest),
            count: found.count,
        })
    }

    pub(crate) async fn activity_of(&self, account: &AccountSid) -> Result<Vec<Activity>, Problem> {
        let of = Some(account.clone());
        let newest = self.records.newest_activity(of, ACTIVITY_OF_ONE).await?;
        Ok(shown(newest))
    }

    /// Adds to the activity list. A full disk must not undo what has happened, so not being able to is no failure.
    pub(crate) async fn note(
        &self,
        what: ActivityKind,
        account: Option<AccountSid>,
        key: Option<KeySid>,
        detail: impl Into<String>,
    ) {
        self.note_with(None, what, account, key, detail.into())
            .await;
    }

    /// The same of what the last request of this session changed at Twilio.
    pub(crate) async fn note_change(
        &self,
        session: &Session,
        what: ActivityKind,
        account: Option<AccountSid>,
        key: Option<KeySid>,
        detail: impl Into<String>,
    ) {
        let request_id = session.request_id();
        self.note_with(request_id, what, account, key, detail.into())
            .await;
    }

    async fn note_with(
        &self,
        request_id: Option<String>,
        what: ActivityKind,
        account: Option<AccountSid>,
        key: Option<KeySid>,
        detail: String,
    ) {
        let now = self.clock.now();
        let activity = vault::Activity::of_this_user(now, what, account, key, detail);
        let activity = activity.with_request(request_id);
        let _ = self.records.note_activity(activity).await;
    }
}

fn shown(newest: Vec<(vault::Activity, Option<String>)>) -> Vec<Activity> {
    let newest = newest.into_iter();
    newest
        .map(|(activity, name)| Activity::of(activity, name))
        .collect()
}
