//! Deleting a key that was not finished: at Twilio first, then what is kept of it here.

use std::sync::Arc;

use terms::KeySid;
use vault::points::{Point, reached};
use vault::{ActivityKind, Entry, EntryId, Intent, Item, Stage};

use crate::failure::{Changed, Failure, Problem};
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, Subject};
use crate::workspace::{Session, Workspace};

/// Why a key is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    OfTheUser,
    /// Its secret never arrived.
    ForLackOfASecret,
}

impl Workspace {
    /// Deletes the key of an unfinished entry at Twilio, then its secret here. A key that was handed over is refused.
    ///
    /// Where Twilio cannot be reached the wish is kept, and carried out by the next [`Workspace::reconcile`].
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
        reached(Point::DeletionBegins);
        let entry = self.records.entry(id).await?;
        let key = entry
            .key
            .clone()
            .or_else(|| self.held.of(id).map(|(key, _)| key))
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
        reached(Point::DeletionMarked);
        self.delete_due(&session, &entry, Wish::OfTheUser).await
    }

    /// Carries out a deletion that is due. Twilio's "no such key" counts as done.
    pub(crate) async fn delete_due(
        &self,
        session: &Session,
        entry: &Entry,
        wish: Wish,
    ) -> Result<(), Failure> {
        let (Intent::Key { account, name, .. }, Some(key)) = (&entry.intent, &entry.key) else {
            return Err(Problem::UnknownHere.into());
        };
        if let Some(credential) = self.records.credential(key.clone()).await?
            && credential.handed_over.is_some()
        {
            // It was handed over after the wish: somebody works with it.
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
        reached(Point::DeletedAtTwilio);
        self.held.release(entry.id);
        let item = Item::ApiSecret {
            account: account.clone(),
            key: key.clone(),
        };
        // The key is dead at Twilio: what the keychain may still hold of it opens nothing, so a locked one is no reason to stop.
        let _ = self.keychain.delete(&item).await;
        reached(Point::KeychainItemDeleted);
        self.forget_deleted(entry, key, wish)
            .await
            .map_err(|problem| Failure::after_change(problem, entry.id).about(name))?;
        let what = match wish {
            Wish::OfTheUser => ActivityKind::KeyDeleted,
            Wish::ForLackOfASecret => ActivityKind::UnusableKeyDeleted,
        };
        self.note(what, Some(account.clone()), Some(key.clone()), name)
            .await;
        Ok(())
    }

    /// Whose wish a deletion is that was put off: a key whose secret is here was usable.
    pub(crate) async fn wish_of(&self, entry: &Entry) -> Result<Wish, Problem> {
        let Some(key) = entry.key.clone() else {
            return Ok(Wish::ForLackOfASecret);
        };
        Ok(match self.secret_of(&key).await {
            Err(problem) if problem.is_of_a_lost_secret() => Wish::ForLackOfASecret,
            _ => Wish::OfTheUser,
        })
    }

    /// A subaccount whose key the user did not want is finished without one; one whose key was lost waits for another.
    async fn forget_deleted(&self, entry: &Entry, key: &KeySid, wish: Wish) -> Result<(), Problem> {
        if self.records.credential(key.clone()).await?.is_some() {
            self.records.remove_credential(key.clone()).await?;
            reached(Point::CredentialRemoved);
        }
        self.records.advance(entry.id, Stage::Revoked).await?;
        reached(Point::DeletionRecorded);
        if let (Wish::OfTheUser, Some(subaccount)) = (wish, entry.follows) {
            self.records.commit(subaccount, None).await?;
        }
        Ok(())
    }
}
