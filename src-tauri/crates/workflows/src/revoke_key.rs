//! Revoking a key: whoever uses it is refused from then on.

use std::sync::Arc;

use terms::{AccountSid, KeySid};
use twilio::{Created, Error};
use vault::points::{Point, kill_point};
use vault::{ActivityKind, DeletedBy, Item};

use crate::changes::Change;
use crate::failure::{Failure, Problem};
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, Subject};
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// Deletes a key at Twilio, and then what is kept of it here. After a lost answer Twilio is asked whether it still has it.
    ///
    /// # Errors
    /// [`Problem::BegunBefore`] for a key that is not finished: that one is deleted as what it is.
    pub fn revoke_key(
        self: &Arc<Self>,
        account: &AccountSid,
        key: &KeySid,
    ) -> Operation<(), Failure> {
        let subject = Subject::of_key_in(key, account);
        let (account, key) = (account.clone(), key.clone());
        let kind = OperationKind::RevokeKey;
        self.operation(kind, subject, |workspace, _| async move {
            workspace.revoke(&account, &key).await
        })
    }

    pub(crate) async fn revoke(&self, account: &AccountSid, key: &KeySid) -> Result<(), Failure> {
        let lane = self.lanes.enter(Lane::Subaccount(account.clone()));
        let _lane = lane.ok_or(Problem::AlreadyRunning)?;
        self.key_is_finished(key).await?;
        let session = self.signed_in().await?;
        self.subaccount_of_ours(&session, account).await?;
        let name = self.known_key_name(account, key).await?;
        kill_point(Point::RevocationBegins);
        let deleted = self.ask_to_delete(&session, account, key).await;
        deleted.map_err(|error| Failure::not_changed(error).about(name.as_str()))?;
        kill_point(Point::RevokedAtTwilio);
        let forgotten = self.forget_revoked(&session, account, key, name).await;
        kill_point(Point::RevokedKeyForgotten);
        self.changes.note(Change::Row(account.clone()));
        forgotten.map_err(Failure::once_changed)
    }

    async fn ask_to_delete(
        &self,
        session: &Session,
        account: &AccountSid,
        key: &KeySid,
    ) -> Result<(), Error> {
        let delete = || session.client.delete_key(account, key);
        let error = match self.once_known(key.as_str(), delete).await {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        if error.created() == Created::No {
            return Err(error);
        }
        match session.client.keys(account).await {
            Ok(keys) if keys.is_whole() && keys.rows.iter().all(|one| one.sid != *key) => Ok(()),
            _ => Err(error),
        }
    }

    /// The key is dead at Twilio: what is still kept of it opens nothing, so a keychain that is locked is no reason to stop.
    async fn forget_revoked(
        &self,
        session: &Session,
        account: &AccountSid,
        key: &KeySid,
        name: String,
    ) -> Result<(), Problem> {
        if self.records.credential(key.clone()).await?.is_none() {
            self.records.forget_key(key.clone()).await?;
            let (account, key) = (Some(account.clone()), Some(key.clone()));
            let what = ActivityKind::KeyDeleted;
            self.note_change(session, what, account, key, name).await;
            return Ok(());
        }
        let now = self.clock.now();
        let request_id = session.request_id();
        let by = DeletedBy::ThisUser { request_id };
        self.records
            .mark_removed_at_twilio(key.clone(), now, by)
            .await?;
        kill_point(Point::RevocationRecorded);
        let item = Item::ApiSecret {
            account: account.clone(),
            key: key.clone(),
        };
        let _ = self.keychain.delete(&item).await;
        kill_point(Point::RevokedSecretDeleted);
        Ok(self.records.remove_credential(key.clone()).await?)
    }

    async fn known_key_name(&self, account: &AccountSid, key: &KeySid) -> Result<String, Problem> {
        if let Some(credential) = self.records.credential(key.clone()).await? {
            return Ok(credential.key_name);
        }
        let (keys, _) = self.records.keys(account.clone()).await?;
        let known = keys.into_iter().find(|one| one.key == *key);
        Ok(known.map(|known| known.name).unwrap_or_default())
    }

    /// Refuses a key that the journal has something to do with still.
    pub(crate) async fn key_is_finished(&self, key: &KeySid) -> Result<(), Failure> {
        let open = self.records.open_entries().await?;
        match open.iter().find(|entry| entry.key.as_ref() == Some(key)) {
            Some(entry) => Err(Failure {
                unfinished: Some(entry.id),
                ..Failure::unchanged(Problem::BegunBefore).about(entry.intent.name())
            }),
            None => Ok(()),
        }
    }
}
