//! Replacing a key: a new one is made and handed over while the old one still works, and only then is the old one deleted.

use std::sync::Arc;

use terms::{AccountSid, KeySid};
use vault::points::{Point, kill_point};
use vault::{Credential, InUse, Replacement};

use crate::changes::Change;
use crate::failure::{Failure, Problem};
use crate::key_state::{KeyState, state_of};
use crate::names::KeyName;
use crate::operation::{Operation, OperationKind, ReadyKey, Subject};
use crate::workspace::Workspace;

impl Workspace {
    /// Makes the key that is to take the place of another one of the same subaccount. The old one is left as it is.
    ///
    /// # Errors
    /// [`Problem::BegunBefore`] where it is being replaced already; [`Problem::UnknownHere`] for a key that the subaccount does not have.
    pub fn replace_key(
        self: &Arc<Self>,
        account: &AccountSid,
        old: &KeySid,
        name: &KeyName,
    ) -> Operation<ReadyKey, Failure> {
        let subject = Subject::of_key_in(old, account);
        let (account, old, name) = (account.clone(), old.clone(), name.clone());
        let kind = OperationKind::ReplaceKey;
        self.operation(kind, subject, |workspace, run| async move {
            workspace.key_is_finished(&old).await?;
            workspace.is_of(&old, &account).await?;
            if workspace.open_replacement(&old).await?.is_some() {
                return Err(Failure::unchanged(Problem::BegunBefore).about(name.as_str()));
            }
            workspace.make_key(&account, &name, Some(old), &run).await
        })
    }

    /// Asks Twilio whether the subaccount has sent anything since the new key was handed over, and keeps what it says. Twilio does not tell
    /// which key it was sent with.
    pub fn look_for_use(self: &Arc<Self>, old: &KeySid) -> Operation<(), Problem> {
        let subject = Subject::of_key(old);
        let old = old.clone();
        let kind = OperationKind::LookForUse;
        self.operation(kind, subject, |workspace, _| async move {
            workspace.look_whether_used(&old).await
        })
    }

    async fn look_whether_used(&self, old: &KeySid) -> Result<(), Problem> {
        let replacement = self.the_open_replacement(old).await?;
        let new = self.successor(&replacement).await?;
        let Some(handed_over) = new.handed_over else {
            return Ok(());
        };
        let session = self.signed_in().await?;
        let now = self.clock.now();
        let last = session.client.last_traffic(&replacement.account).await?;
        self.records.mark_looked(old.clone(), now).await?;
        let sent = last.into_iter().flat_map(|last| [last.message, last.call]);
        let newest = sent.flatten().map(|sent| sent.at).max();
        if let Some(newest) = newest.filter(|newest| *newest > handed_over.at) {
            let marking = self.records.mark_in_use(old.clone(), newest, InUse::Seen);
            marking.await?;
            kill_point(Point::SeenInUse);
        }
        self.changes.note(Change::Row(replacement.account));
        Ok(())
    }

    /// The user says that the new key is in use.
    pub async fn say_in_use(&self, old: &KeySid) -> Result<(), Problem> {
        let replacement = self.the_open_replacement(old).await?;
        let now = self.clock.now();
        let marking = self.records.mark_in_use(old.clone(), now, InUse::Said);
        marking.await?;
        kill_point(Point::SaidInUse);
        self.changes.note(Change::Row(replacement.account));
        Ok(())
    }

    /// Deletes the old key of a replacement, after a live call has proved the new one once more. Unless `without_waiting` says that it is to
    /// be deleted all the same, only where the new one was handed over and is known to be in use.
    ///
    /// # Errors
    /// [`Problem::SuccessorNotInUse`], [`Problem::SuccessorNotUsable`], or what the proof failed with; the old key is there then.
    pub fn delete_replaced_key(
        self: &Arc<Self>,
        old: &KeySid,
        without_waiting: bool,
    ) -> Operation<(), Failure> {
        let subject = Subject::of_key(old);
        let old = old.clone();
        let kind = OperationKind::DeleteReplacedKey;
        self.operation(kind, subject, move |workspace, _| async move {
            let replacement = workspace.the_open_replacement(&old).await?;
            let new = workspace.successor(&replacement).await?;
            let waits = new.handed_over.is_none() || replacement.in_use.is_none();
            if waits && !without_waiting {
                return Err(Failure::unchanged(Problem::SuccessorNotInUse).about(new.account_name));
            }
            workspace.prove_saved_key(&new.key).await?;
            kill_point(Point::SuccessorProved);
            workspace.revoke(&replacement.account, &old).await?;
            kill_point(Point::OldKeyRevoked);
            let now = workspace.clock.now();
            let ending = workspace.records.end_replacement(old.clone(), now).await;
            kill_point(Point::ReplacementEnded);
            ending.map_err(Failure::once_changed)
        })
    }

    /// Gives a replacement up: the new key is deleted, and the old one, which Twilio is asked for first, goes on as before.
    pub fn give_up_replacing(self: &Arc<Self>, old: &KeySid) -> Operation<(), Failure> {
        let subject = Subject::of_key(old);
        let old = old.clone();
        let kind = OperationKind::GiveUpReplacing;
        self.operation(kind, subject, |workspace, _| async move {
            let replacement = workspace.the_open_replacement(&old).await?;
            workspace.is_of(&old, &replacement.account).await?;
            let Replacement {
                account, new_key, ..
            } = replacement;
            let session = workspace.signed_in().await?;
            let stays = session.client.key(&account, &old).await;
            stays.map_err(Failure::unchanged)?;
            kill_point(Point::GivingUpBegins);
            workspace.revoke(&account, &new_key).await
        })
    }

    /// The replacement of this key, unless it has ended.
    async fn open_replacement(&self, old: &KeySid) -> Result<Option<Replacement>, Problem> {
        let replacement = self.records.replacement(old.clone()).await?;
        Ok(replacement.filter(|one| one.ended_at.is_none()))
    }

    async fn the_open_replacement(&self, old: &KeySid) -> Result<Replacement, Problem> {
        let open = self.open_replacement(old).await?;
        open.ok_or(Problem::UnknownHere)
    }

    /// The new key, where its secret is here and it is still at Twilio.
    async fn successor(&self, replacement: &Replacement) -> Result<Credential, Problem> {
        let new = self.records.credential(replacement.new_key.clone()).await?;
        let new = new.ok_or(Problem::UnknownHere)?;
        match state_of(&new) {
            KeyState::Saved | KeyState::SealedOnly => Ok(new),
            _ => Err(Problem::SuccessorNotUsable),
        }
    }

    /// Sees to it that the subaccount has this key, as far as is known here.
    async fn is_of(&self, key: &KeySid, account: &AccountSid) -> Result<(), Problem> {
        if let Some(credential) = self.records.credential(key.clone()).await? {
            let is_there = credential.removed_at_twilio.is_none();
            return match credential.account == *account && is_there {
                true => Ok(()),
                false => Err(Problem::UnknownHere),
            };
        }
        let (keys, _) = self.records.keys(account.clone()).await?;
        match keys.iter().any(|known| known.key == *key) {
            true => Ok(()),
            false => Err(Problem::UnknownHere),
        }
    }
}
