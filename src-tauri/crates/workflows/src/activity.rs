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
        let newest = found.newest.into_iter();
        Ok(ActivityList {
            newest: newest
                .map(|(activity, name)| Activity::of(activity, name))
                .collect(),
            count: found.count,
        })
    }

    pub(crate) async fn activity_of(&self, account: &AccountSid) -> Result<Vec<Activity>, Problem> {
        let query = ActivityQuery {
            accounts: Some(vec![account.clone()]),
            ..ActivityQuery::default()
        };
        Ok(self.activity(query, ACTIVITY_OF_ONE).await?.newest)
    }

    /// Adds to the activity list. A full disk must not undo what has happened, so not being able to is no failure.
    pub(crate) async fn note(
        &self,
        what: ActivityKind,
        account: Option<AccountSid>,
        key: Option<KeySid>,
        detail: impl Into<String>,
    ) {
        let now = self.clock.now();
        let activity = vault::Activity::of_this_user(now, what, account, key, detail);
        let _ = self.records.note_activity(activity).await;
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
        let now = self.clock.now();
        let activity = vault::Activity::of_this_user(now, what, account, key, detail);
        let activity = activity.with_request(session.request_id());
        let _ = self.records.note_activity(activity).await;
    }
}
