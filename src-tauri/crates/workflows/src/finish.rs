//! Going on with something unfinished, because the user asked for it: Finish and Try again.

use std::sync::Arc;

use vault::points::{Point, kill_point};
use vault::{Entry, EntryId, Intent, Sealer, Stage};

use crate::changes::Change;
use crate::create_subaccount::half_made;
use crate::delete_key::DeletionReason;
use crate::failure::{Failure, Problem};
use crate::lanes::Lane;
use crate::lookup::unknown;
use crate::operation::{Operation, OperationKind, ReadyKey, Run, Step, Subject};
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// Goes on where a creation stands. What exists already is never made again.
    pub fn finish(self: &Arc<Self>, id: EntryId) -> Operation<ReadyKey, Failure> {
        let subject = Subject::of_entry(id);
        self.operation(
            OperationKind::Finish,
            subject,
            move |workspace, run| async move {
                workspace.forget_failure(id).await;
                workspace.go_on_with(id, &run).await
            },
        )
    }

    async fn go_on_with(&self, id: EntryId, run: &Run) -> Result<ReadyKey, Failure> {
        let _lane = self
            .lanes
            .enter(Lane::Entry(id))
            .ok_or(Problem::AlreadyRunning)?;
        let entry = self.records.entry(id).await?;
        if entry.stage.is_closed() {
            return Err(Problem::UnknownHere.into());
        }
        kill_point(Point::FinishBegins);
        let (session, sealer) = run
            .step(Step::Check, async {
                let sealer = self.check_this_computer().await?;
                Ok::<_, Problem>((self.signed_in_for(&entry).await?, sealer))
            })
            .await
            .map_err(|problem| standing_at(problem, &entry))?;
        kill_point(Point::FinishChecked);
        let account = entry.account.clone();
        let finished = match (&entry.intent, entry.follows) {
            (Intent::Subaccount { .. }, _) => {
                self.finish_subaccount(&session, &sealer, entry, run).await
            }
            (Intent::Key { .. }, None) => self.finish_key(&session, &sealer, entry, run).await,
            (Intent::Key { .. }, Some(subaccount)) => self
                .finish_key(&session, &sealer, entry, run)
                .await
                .map_err(|failure| half_made(failure, subaccount)),
        };
        if let Some(account) = account {
            self.changes.note(Change::Row(account));
        }
        finished
    }

    async fn finish_subaccount(
        &self,
        session: &Session,
        sealer: &Sealer,
        entry: Entry,
        run: &Run,
    ) -> Result<ReadyKey, Failure> {
        let entry = match entry.stage {
            Stage::Planned => {
                self.records.advance(entry.id, Stage::NotCreated).await?;
                return Err(Problem::NotCreated.into());
            }
            Stage::Sent => {
                let Intent::Subaccount { name, .. } = entry.intent.clone() else {
                    return Err(Problem::UnknownHere.into());
                };
                let found = run
                    .step(
                        Step::CreateSubaccount,
                        self.look_up_subaccount(session, &entry),
                    )
                    .await?;
                self.adopt_subaccount(&entry, &found, &name, None).await?
            }
            _ => entry,
        };
        if let Some(key_entry) = self.open_key_entry_of(entry.id).await? {
            let _lane = self
                .lanes
                .enter(Lane::Entry(key_entry.id))
                .ok_or(Problem::AlreadyRunning)?;
            self.name_subaccount(session, &entry, run).await?;
            let key_entry = self.records.entry(key_entry.id).await?;
            return self
                .finish_key(session, sealer, key_entry, run)
                .await
                .map_err(|failure| half_made(failure, entry.id));
        }
        self.resume_subaccount(session, sealer, entry, run).await
    }

    async fn finish_key(
        &self,
        session: &Session,
        sealer: &Sealer,
        entry: Entry,
        run: &Run,
    ) -> Result<ReadyKey, Failure> {
        match entry.stage {
            Stage::Planned => {
                self.records.advance(entry.id, Stage::NotCreated).await?;
                Err(Problem::NotCreated.into())
            }
            Stage::Sent => {
                if let Some(entry) = self.seal_held(sealer, &entry, run).await? {
                    return self.resume_key(session, entry, run).await;
                }
                run.step(
                    Step::CreateKey,
                    self.look_up_key(session, sealer, &entry, run),
                )
                .await
            }
            Stage::DeleteDue => {
                let reason = self.deletion_reason_of(&entry).await?;
                self.delete_due(session, &entry, reason).await?;
                let problem = match reason {
                    DeletionReason::OfTheUser => Problem::KeyDeleted,
                    DeletionReason::ForLackOfASecret => Problem::UnusableKeyDeleted,
                };
                Err(Failure::unchanged(problem).about(entry.intent.name()))
            }
            _ => self.resume_key(session, entry, run).await,
        }
    }

    /// Seals a secret that is in memory alone. `None` where there is none for this entry.
    pub(crate) async fn seal_held(
        &self,
        sealer: &Sealer,
        entry: &Entry,
        run: &Run,
    ) -> Result<Option<Entry>, Failure> {
        let (Some((key, secret)), Intent::Key { account, .. }) =
            (self.unsaved.of(entry.id), &entry.intent)
        else {
            return Ok(None);
        };
        let sealed = sealer
            .seal(&secret, account, &key)
            .map_err(|error| Failure::after_change(error, entry.id))?;
        let sealed = run
            .step(Step::Seal, self.records.seal(entry.id, sealed, None))
            .await
            .map_err(|error| Failure::after_change(error, entry.id))?;
        kill_point(Point::HeldSecretSealed);
        Ok(Some(sealed))
    }

    async fn open_key_entry_of(&self, subaccount: EntryId) -> Result<Option<Entry>, Problem> {
        Ok(self
            .records
            .open_entries()
            .await?
            .into_iter()
            .find(|entry| entry.follows == Some(subaccount)))
    }
}

/// The computer was not ready; the entry stands where it stood.
fn standing_at(problem: Problem, entry: &Entry) -> Failure {
    match entry.stage {
        Stage::Planned => Failure {
            unfinished: Some(entry.id),
            ..Failure::unchanged(problem)
        },
        Stage::Sent => unknown(problem, entry),
        _ => Failure::after_change(problem, entry.id),
    }
}
