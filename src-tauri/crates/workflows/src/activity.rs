//! What happened beside what the records note by themselves, for the activity list.

use terms::{AccountSid, KeySid};
use vault::{Activity, ActivityKind};

use crate::workspace::Workspace;

impl Workspace {
    /// Adds to the activity list. A full disk must not undo what has happened, so not being able to is no failure.
    pub(crate) async fn note(
        &self,
        what: ActivityKind,
        account: Option<AccountSid>,
        key: Option<KeySid>,
        detail: impl Into<String>,
    ) {
        let activity = Activity {
            at: self.clock.now(),
            account,
            key,
            what,
            detail: detail.into(),
        };
        let _ = self.records.note_activity(activity).await;
    }
}
