//! Putting right what a crash, a lost reply or a refusing keychain left behind. Makes nothing new at Twilio.

use std::sync::Arc;

use vault::points::{Point, kill_point};
use vault::{Entry, EntryId, Intent, Sealer, Stage};

use crate::changes::Change;
use crate::client_of::belongs_to;
use crate::delete_key::DeletionReason;
use crate::failure::{Failure, Problem};
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, OperationOutcome, Run, Subject};
use crate::workspace::{Session, Workspace};

/// How many entries ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Brought to their good end.
    pub finished: usize,
    /// Turned out not to have been made.
    pub not_created: usize,
    /// Keys without a secret that were deleted at Twilio.
    pub unusable_deleted: usize,
    /// Still open.
    pub waiting: usize,
}

/// How one entry came out.
enum Outcome {
    Finished,
    NotCreated,
    UnusableDeleted,
    Waiting,
}

impl OperationOutcome for Reconciled {}

impl Reconciled {
    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Finished => self.finished += 1,
            Outcome::NotCreated => self.not_created += 1,
            Outcome::UnusableDeleted => self.unusable_deleted += 1,
            Outcome::Waiting => self.waiting += 1,
        }
    }
}

impl Workspace {
    /// Goes through everything unfinished that no other workflow is at, and takes nothing more up after [`Workspace::rest`]. Asks nothing of
    /// keychain or Twilio where there is nothing unfinished, or nothing but what was never sent.
    pub fn reconcile(self: &Arc<Self>) -> Operation<Reconciled, Problem> {
        let kind = OperationKind::Reconcile;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            let reconciled = workspace.go_through_unfinished(&run).await;
            if !matches!(reconciled, Ok(nothing) if nothing == Reconciled::default()) {
                workspace.changes.note(Change::Unfinished);
                workspace.changes.note(Change::Rows);
            }
            reconciled
        })
    }

    async fn go_through_unfinished(&self, run: &Run) -> Result<Reconciled, Problem> {
        let mut counts = Reconciled::default();
        let Some(_lane) = self.lanes.enter(Lane::Reconcile) else {
            return Ok(counts);
        };
        let open = self.records.open_entries().await?;
        if open.is_empty() {
            return Ok(counts);
        }
        kill_point(Point::ReconcileBegins);
        let (planned, sent): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|entry| entry.stage == Stage::Planned);
        for entry in planned {
            counts.add(self.close_planned(entry.id).await);
        }
        if sent.is_empty() {
            return Ok(counts);
        }
        let session = self.signed_in().await?;
        let sealer = self.ready_sealer().await?;
        for entry in sent {
            // The one that is under way goes on to its end, as a creation does; none is begun any more.
            if run.is_stopped() {
                counts.add(Outcome::Waiting);
                continue;
            }
            counts.add(self.repair(&session, &sealer, entry).await);
        }
        Ok(counts)
    }

    /// Closes what was planned and never sent. Twilio knows nothing of it, so nobody needs to be signed in.
    async fn close_planned(&self, id: EntryId) -> Outcome {
        let Some(_lane) = self.lanes.enter(Lane::Entry(id)) else {
            return Outcome::Waiting;
        };
        kill_point(Point::EntryTakenUp);
        // It may have been sent before the lane was free.
        let is_planned =
            matches!(self.records.entry(id).await, Ok(entry) if entry.stage == Stage::Planned);
        if !is_planned || self.records.advance(id, Stage::NotCreated).await.is_err() {
            return Outcome::Waiting;
        }
        kill_point(Point::PlannedClosed);
        kill_point(Point::EntryPutDown);
        Outcome::NotCreated
    }

    async fn repair(&self, session: &Session, sealer: &Sealer, entry: Entry) -> Outcome {
        let Some(_lane) = self.lanes.enter(Lane::Entry(entry.id)) else {
            return Outcome::Waiting;
        };
        let id = entry.id;
        // It may have moved on while those before it were looked after.
        let entry = match self.records.entry(id).await {
            Ok(entry) if entry.stage.is_closed() => return Outcome::Finished,
            Ok(entry) if belongs_to(&entry, session).is_ok() => entry,
            _ => return Outcome::Waiting,
        };
        kill_point(Point::EntryTakenUp);
        let failure = match &entry.intent {
            Intent::Key { .. } => self.repair_key(session, sealer, entry).await.err(),
            Intent::Subaccount { name, .. } => {
                let name = name.clone();
                self.repair_subaccount(session, entry, &name).await.err()
            }
        };
        kill_point(Point::EntryPutDown);
        match failure.map(|failure| failure.problem) {
            Some(Problem::NotCreated) => Outcome::NotCreated,
            Some(Problem::UnusableKeyDeleted) => Outcome::UnusableDeleted,
            Some(_) => Outcome::Waiting,
            None => match self.records.entry(id).await {
                Ok(entry) if entry.stage.is_closed() => Outcome::Finished,
                _ => Outcome::Waiting,
            },
        }
    }

    async fn repair_key(
        &self,
        session: &Session,
        sealer: &Sealer,
        entry: Entry,
    ) -> Result<(), Failure> {
        let unwatched = Run::unwatched();
        match entry.stage {
            Stage::Sent => match self.seal_held(sealer, &entry, &unwatched).await? {
                Some(entry) => self.resume_key(session, entry, &unwatched).await.map(drop),
                None => self
                    .look_up_key(session, sealer, &entry, &unwatched)
                    .await
                    .map(drop),
            },
            Stage::DeleteDue => {
                let reason = self.deletion_reason_of(&entry).await?;
                self.delete_due(session, &entry, reason).await?;
                match reason {
                    DeletionReason::OfTheUser => Ok(()),
                    DeletionReason::ForLackOfASecret => Err(Problem::UnusableKeyDeleted.into()),
                }
            }
            _ => self.resume_key(session, entry, &unwatched).await.map(drop),
        }
    }

    /// Finds and names a half-made subaccount. Its key is made when the user presses Finish, not behind their back.
    async fn repair_subaccount(
        &self,
        session: &Session,
        entry: Entry,
        name: &str,
    ) -> Result<(), Failure> {
        let entry = if entry.stage == Stage::Sent {
            let found = self.look_up_subaccount(session, &entry).await?;
            self.adopt_subaccount(&entry, &found, name, None).await?
        } else {
            entry
        };
        self.name_subaccount(session, &entry, &Run::unwatched())
            .await?;
        Ok(())
    }
}
