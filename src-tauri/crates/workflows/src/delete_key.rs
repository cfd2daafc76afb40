//! Deleting a key that was not finished: at Twilio first, then what is kept of it here.

use std::sync::Arc;

use terms::KeySid;
use vault::points::{Point, kill_point};
use vault::{ActivityKind, Entry, EntryId, Intent, Item, Stage};

use crate::failure::{Changed, Failure, Problem};
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, Subject};
use crate::workspace::{Session, Workspace};

/// Why a key is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeletionReason {
    OfTheUser,
    /// Its secret never arrived.
    ForLackOfASecret,
}

impl Workspace {
    /// Deletes the key of an unfinished entry at Twilio, then its secret here. A key that was handed over is refused.
    ///
    /// Where Twilio cannot be reached the reason is kept, and carried out by the next [`Workspace::reconcile`].
    pub fn delete_unfinished_key(self: &Arc<Self>, id: EntryId) -> Operation<(), Failure> {
        let subject = Subject::of_entry(id);
        let kind = OperationKind::DeleteUnfinishedKey;
        self.operation(kind, subject, move |workspace, _| async move {
            workspace.delete_key_of(id).await
        })
    }

    async fn delete_key_of(&self, id: EntryId) -> Result<(), Failure> {
        let _lane = self
            .lanes
            .enter(Lane::Entry(id))
            .ok_or(Problem::AlreadyRunning)?;
        kill_point(Point::DeletionBegins);
        let entry = self.records.entry(id).await?;
        let key = entry
            .key
            .clone()
            .or_else(|| self.unsaved.of(id).map(|(key, _)| key))
            .ok_or(Problem::UnknownHere)?;
        if let Some(credential) = self.records.credential(key.clone()).await?
            && credential.handed_over.is_some()
        {
            return Err(Failure::unchanged(Problem::NotDeletable));
        }
        let session = self.signed_in_for(&entry).await?;
        let entry = if entry.stage == Stage::DeleteDue {
            entry
        } else {
            self.records.mark_delete_due(id, key).await?
        };
        kill_point(Point::DeletionMarked);
        self.delete_due(&session, &entry, DeletionReason::OfTheUser)
            .await
    }

    /// Carries out a deletion that is due. Twilio's "no such key" counts as done.
    pub(crate) async fn delete_due(
        &self,
        session: &Session,
        entry: &Entry,
        reason: DeletionReason,
    ) -> Result<(), Failure> {
        let (Intent::Key { account, name, .. }, Some(key)) = (&entry.intent, &entry.key) else {
            return Err(Problem::UnknownHere.into());
        };
        if let Some(credential) = self.records.credential(key.clone()).await?
            && credential.handed_over.is_some()
        {
            // It was handed over after the reason: somebody works with it.
            self.records.keep_after_all(entry.id).await?;
            return Err(Failure::unchanged(Problem::NotDeletable).about(name));
        }
        let delete = || session.client.delete_key(account, key);
        self.once_known(key.as_str(), delete)
            .await
            .map_err(|error| {
                let changed = Changed::from(error.created());
                Failure {
                    problem: error.into(),
                    changed,
                    subject: Some(name.clone()),
                    unfinished: Some(entry.id),
                }
            })?;
        kill_point(Point::DeletedAtTwilio);
        self.unsaved.release(entry.id);
        let item = Item::ApiSecret {
            account: account.clone(),
            key: key.clone(),
        };
        // The key is dead at Twilio: what the keychain may still hold of it opens nothing, so a locked one is no reason to stop.
        let _ = self.keychain.delete(&item).await;
        kill_point(Point::KeychainItemDeleted);
        self.forget_deleted(entry, key, reason)
            .await
            .map_err(|problem| Failure::after_change(problem, entry.id).about(name))?;
        let what = match reason {
            DeletionReason::OfTheUser => ActivityKind::KeyDeleted,
            DeletionReason::ForLackOfASecret => ActivityKind::UnusableKeyDeleted,
        };
        let (account, key) = (Some(account.clone()), Some(key.clone()));
        self.note_change(session, what, account, key, name).await;
        Ok(())
    }

    /// Whose reason a deletion is that was put off: a key whose secret is here was usable.
    pub(crate) async fn deletion_reason_of(
        &self,
        entry: &Entry,
    ) -> Result<DeletionReason, Problem> {
        let Some(key) = entry.key.clone() else {
            return Ok(DeletionReason::ForLackOfASecret);
        };
        Ok(match self.secret_of(&key).await {
            Err(problem) if problem.is_of_a_lost_secret() => DeletionReason::ForLackOfASecret,
            _ => DeletionReason::OfTheUser,
        })
    }

    /// A subaccount whose key the user did not want is finished without one; one whose key was lost waits for another.
    async fn forget_deleted(
        &self,
        entry: &Entry,
        key: &KeySid,
        reason: DeletionReason,
    ) -> Result<(), Problem> {
        if self.records.credential(key.clone()).await?.is_some() {
            self.records.remove_credential(key.clone()).await?;
            kill_point(Point::CredentialRemoved);
        }
        self.records.advance(entry.id, Stage::Revoked).await?;
        kill_point(Point::DeletionRecorded);
        if let (DeletionReason::OfTheUser, Some(subaccount)) = (reason, entry.follows) {
            self.records.commit(subaccount, None).await?;
        }
        Ok(())
    }
}
