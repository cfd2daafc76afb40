//! Changing a subaccount at Twilio, whatever becomes of the answer.

use jiff::Timestamp;
use terms::AccountSid;
use twilio::{Account, Error};
use vault::ActivityKind;
use vault::points::{Point, kill_point};

use crate::changes::Change;
use crate::create_subaccount::listed;
use crate::failure::Failure;
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// Asks Twilio to change a subaccount, and keeps what it is then, with an activity. After a lost answer Twilio is asked what the
    /// subaccount is now: asking again could undo what somebody else has changed since.
    pub(crate) async fn change_subaccount<Asked>(
        &self,
        session: &Session,
        account: &AccountSid,
        ask: impl Fn() -> Asked,
        is_as_wanted: impl Fn(&Account) -> bool,
        (what, detail): (ActivityKind, String),
    ) -> Result<(), Failure>
    where
        Asked: Future<Output = Result<Account, Error>>,
    {
        let asked_at = self.clock.now();
        kill_point(Point::SubaccountChangeBegins);
        let changed = match self.once_known(account.as_str(), ask).await {
            Ok(changed) => changed,
            // Twilio's own refusal, and a request that never left, are believed; what was not answered may still be carried out.
            Err(error) => match session.client.account(account).await {
                Ok(now) if is_as_wanted(&now) => now,
                _ => return Err(Failure::not_changed(error)),
            },
        };
        kill_point(Point::SubaccountChanged);
        // What is kept here follows Twilio, and the next refresh would bring it all the same.
        let kept = self.keep_as_read(session, &changed, asked_at).await;
        kill_point(Point::SubaccountChangeKept);
        let account = Some(account.clone());
        self.note_change(session, what, account, None, detail).await;
        kill_point(Point::SubaccountChangeNoted);
        kept.map_err(Failure::once_changed)
    }

    /// Keeps a subaccount as Twilio had it when it was asked.
    pub(crate) async fn keep_as_read(
        &self,
        session: &Session,
        read: &Account,
        asked_at: Timestamp,
    ) -> Result<(), Failure> {
        let keeping = self
            .records
            .upsert_subaccount(listed(read, &session.parent), asked_at);
        let kept = keeping.await;
        self.changes.note(Change::Row(read.sid.clone()));
        Ok(kept?)
    }
}
