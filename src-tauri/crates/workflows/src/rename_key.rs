//! Giving a key another name.

use std::sync::Arc;

use terms::{AccountSid, KeySid, Region};
use twilio::Key;
use vault::points::{Point, kill_point};
use vault::{ActivityKind, TwilioKey};

use crate::changes::Change;
use crate::failure::{Failure, Problem};
use crate::lanes::Lane;
use crate::names::KeyName;
use crate::operation::{Operation, OperationKind, Subject};
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// Gives a key another name at Twilio, and here. After a lost answer Twilio is asked what the name is now. One that is named so
    /// already stays so, and nothing is asked of Twilio but its name.
    ///
    /// # Errors
    /// [`Problem::BegunBefore`] for a key that is not finished: its name is how it would be found.
    pub fn rename_key(
        self: &Arc<Self>,
        account: &AccountSid,
        key: &KeySid,
        name: &KeyName,
    ) -> Operation<(), Failure> {
        let subject = Subject::of_key_in(key, account);
        let (account, key, name) = (account.clone(), key.clone(), name.clone());
        let kind = OperationKind::RenameKey;
        self.operation(kind, subject, |workspace, _| async move {
            let renaming = workspace.give_key_name(&account, &key, &name);
            renaming.await
        })
    }

    async fn give_key_name(
        &self,
        account: &AccountSid,
        key: &KeySid,
        name: &KeyName,
    ) -> Result<(), Failure> {
        let lane = self.lanes.enter(Lane::Subaccount(account.clone()));
        let _lane = lane.ok_or(Problem::AlreadyRunning)?;
        self.key_is_finished(key).await?;
        let session = self.signed_in().await?;
        self.subaccount_of_ours(&session, account).await?;
        let read = || session.client.key(account, key);
        let before = self.once_known(key.as_str(), read).await;
        let before = before.map_err(Failure::unchanged)?;
        let asked_at = self.clock.now();
        kill_point(Point::OtherNameBegins);
        let is_named_so = before.friendly_name == name.as_str();
        let former = before.friendly_name.clone();
        let renamed = match is_named_so {
            true => before,
            false => self.ask_for_key_name(&session, account, key, name).await?,
        };
        kill_point(Point::OtherNameGiven);
        let renamed = TwilioKey {
            key: renamed.sid,
            region: Region::Us1,
            name: renamed.friendly_name,
            created_at: renamed.created,
        };
        let keeping = self.records.rename_key(account.clone(), renamed, asked_at);
        let kept = keeping.await;
        kill_point(Point::OtherNameKept);
        let (account, key) = (account.clone(), key.clone());
        self.changes.note(Change::Row(account.clone()));
        if !is_named_so {
            let what = ActivityKind::KeyRenamed;
            let (account, key) = (Some(account), Some(key));
            self.note_change(&session, what, account, key, former).await;
        }
        kept.map_err(Failure::once_changed)
    }

    async fn ask_for_key_name(
        &self,
        session: &Session,
        account: &AccountSid,
        key: &KeySid,
        name: &KeyName,
    ) -> Result<Key, Failure> {
        let rename = || session.client.rename_key(account, key, name.as_str());
        let error = match self.once_known(key.as_str(), rename).await {
            Ok(renamed) => return Ok(renamed),
            Err(error) => error,
        };
        match session.client.key(account, key).await {
            Ok(now) if now.friendly_name == name.as_str() => Ok(now),
            _ => Err(Failure::not_changed(error)),
        }
    }
}
