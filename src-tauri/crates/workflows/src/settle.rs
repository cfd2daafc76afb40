//! What follows a restore by itself: the keychain is filled, and each key is proved.

use std::collections::HashSet;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use terms::KeySid;
use tokio::task::JoinSet;
use twilio::Credentials;

use crate::changes::Change;
use crate::failure::Problem;
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, OperationOutcome, Run, Step, Subject};
use crate::recovery::{Fill, PutBackReport};
use crate::view::{OutcomeView, ResultView, count};
use crate::workspace::Workspace;

/// Keys that are proved side by side.
const AT_ONCE: usize = 4;

/// What is left to be settled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsettled {
    /// Restored keys that are still to be proved.
    pub proofs_due: usize,
    /// Saved keys, finished ones, whose secret the keychain does not have.
    pub sealed_only: usize,
}

/// How far restored keys are settled in.
#[derive(Debug)]
pub struct Settled {
    /// What is left for the next time.
    pub left: Unsettled,
    /// Keys that Twilio does not know any more.
    pub refused: usize,
    /// What kept the keychain from being filled to the end. One that is full does not.
    pub not_kept: Option<Problem>,
    /// What kept the keys from being proved to the end.
    pub not_proved: Option<Problem>,
}

/// How the proofs came out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProofReport {
    /// Keys that work.
    pub work: usize,
    /// Keys that Twilio does not know any more.
    pub refused: usize,
    /// Keys that could not be tried now.
    pub waiting: usize,
}

/// The keys that Twilio does not know any more. It outlives an interruption, after which nobody would try them again.
#[derive(Clone, Default)]
struct Refused(Arc<Mutex<HashSet<KeySid>>>);

impl Refused {
    fn keys(&self) -> MutexGuard<'_, HashSet<KeySid>> {
        self.0.lock()
    }
}

impl OperationOutcome for Settled {
    fn view(&self) -> OutcomeView {
        ResultView::Settled {
            sealed_only: count(self.left.sealed_only),
            refused: count(self.refused),
            waiting: count(self.left.proofs_due),
        }
        .into()
    }
}

impl Workspace {
    /// What is left to be settled in. Asks nothing of the keychain.
    pub async fn unsettled(&self) -> Result<Unsettled, Problem> {
        Ok(Unsettled {
            proofs_due: self.records.proofs_due().await?.len(),
            sealed_only: self.records.sealed_only().await?.len(),
        })
    }

    /// Fills the keychain with what only sealed copies hold, and proves what was restored. It pauses while the workspace rests, with
    /// nothing in memory. [`Problem::AlreadyRunning`] where it is under way, which then sees to everything that is there.
    pub fn settle(self: &Arc<Self>) -> Operation<Settled, Problem> {
        let kind = OperationKind::Settle;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            workspace.settle_to_the_end(&run).await
        })
    }

    /// The same where nothing was restored: the keychain is offered again what only sealed copies hold.
    pub fn offer_keychain_again(self: &Arc<Self>) -> Operation<Settled, Problem> {
        let kind = OperationKind::OfferKeychainAgain;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            workspace.settle_to_the_end(&run).await
        })
    }

    async fn settle_to_the_end(self: &Arc<Self>, run: &Run) -> Result<Settled, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Settle)
            .ok_or(Problem::AlreadyRunning)?;
        let refused = Refused::default();
        let mut tried = HashSet::new();
        loop {
            let due = self.records.proofs_due().await?;
            let settling = run.unless_paused(self.settle_once(&refused, run));
            let Some((not_kept, not_proved)) = settling.await else {
                run.resumed_or_stopped().await;
                continue;
            };
            tried.extend(due);
            // Another backup may have been restored meanwhile.
            let due = self.records.proofs_due().await?;
            if due.iter().all(|key| tried.contains(key)) {
                return Ok(Settled {
                    left: self.unsettled().await?,
                    refused: refused.keys().len(),
                    not_kept,
                    not_proved,
                });
            }
        }
    }

    async fn settle_once(
        self: &Arc<Self>,
        refused: &Refused,
        run: &Run,
    ) -> (Option<Problem>, Option<Problem>) {
        let keeping = self.keep_what_was_restored(run);
        let not_kept = run.step(Step::FillKeychain, keeping).await.err();
        self.changes.note(Change::Rows);
        self.changes.note(Change::Unfinished);
        let proving = self.prove_due(refused, run);
        let not_proved = run.step(Step::ProveRestored, proving).await.err();
        (not_kept, not_proved)
    }

    /// Puts secrets into the keychain that only sealed copies hold. A keychain that takes no more leaves them there. Can be done again.
    pub async fn keep_restored(&self) -> Result<PutBackReport, Problem> {
        self.keep_what_was_restored(&Run::unwatched()).await
    }

    async fn keep_what_was_restored(&self, run: &Run) -> Result<PutBackReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Recovery)
            .ok_or(Problem::AlreadyRunning)?;
        self.fill_keychain(Fill::SealedOnly, run).await
    }

    /// Proves each restored key with a live call of its own, at most four at once. What is not proved when the network is lost waits
    /// for the next time; what was proved is not tried again.
    pub async fn prove_restored(self: &Arc<Self>) -> Result<ProofReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Settle)
            .ok_or(Problem::AlreadyRunning)?;
        let run = Run::unwatched();
        self.prove_due(&Refused::default(), &run).await
    }

    async fn prove_due(
        self: &Arc<Self>,
        refused: &Refused,
        run: &Run,
    ) -> Result<ProofReport, Problem> {
        let due = self.records.proofs_due().await?;
        let total = due.len();
        let mut report = ProofReport::default();
        let mut waiting = due.into_iter();
        let mut proving = JoinSet::new();
        let start = |key: KeySid, proving: &mut JoinSet<_>| {
            let (workspace, refused) = (Arc::clone(self), refused.clone());
            proving.spawn(async move { workspace.prove_one(&key, &refused).await });
        };
        for key in waiting.by_ref().take(AT_ONCE) {
            start(key, &mut proving);
        }
        while let Some(finished) = proving.join_next().await {
            match finished {
                Ok(Ok(true)) => report.work += 1,
                Ok(Ok(false)) => report.refused += 1,
                Ok(Err(Problem::Twilio(error))) if error.is_of_the_network() => {
                    return Err(error.into());
                }
                Ok(Err(_)) | Err(_) => report.waiting += 1,
            }
            let done = report.work + report.refused + report.waiting;
            run.progress(Step::ProveRestored, done, total);
            if let Some(key) = waiting.next() {
                start(key, &mut proving);
            }
        }
        Ok(report)
    }

    /// Whether one restored key works. It signs for itself, so no account need be connected.
    async fn prove_one(&self, key: &KeySid, refused: &Refused) -> Result<bool, Problem> {
        let credential = self
            .records
            .credential(key.clone())
            .await?
            .ok_or(Problem::UnknownHere)?;
        self.changes.note(Change::Row(credential.account.clone()));
        let credentials = Credentials::ApiKey {
            key: key.clone(),
            secret: self.secret_of(key).await?,
        };
        let client = match self.session() {
            Some(session) => session.client.signed_by(credentials),
            None => self.client(credentials)?,
        };
        match client.prove_key(&credential.account).await {
            Ok(()) => {
                let now = self.clock.now();
                self.records.mark_proved(key.clone(), now).await?;
                Ok(true)
            }
            Err(error) if error.is_of_the_signer() => {
                refused.keys().insert(key.clone());
                let now = self.clock.now();
                self.records.mark_refused(key.clone(), now).await?;
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }
}
