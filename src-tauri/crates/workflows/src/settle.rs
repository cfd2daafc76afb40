//! What follows a restore by itself: the keychain is filled, and each key is proved.

use std::collections::HashSet;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use terms::KeySid;
use tokio::task::JoinSet;
use twilio::Credentials;

use crate::failure::Problem;
use crate::lanes::Lane;
use crate::recovery::{Fill, PutBackReport};
use crate::workspace::Workspace;

/// Keys that are proved side by side.
const AT_ONCE: usize = 4;

/// What is told while restored keys are settled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettleNews {
    /// Put into the keychain: so many of so many.
    Keeping { done: usize, total: usize },
    /// The keychain has what it takes.
    Kept,
    /// Proved at Twilio: so many of so many.
    Proving { done: usize, total: usize },
}

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
    pub async fn settle(
        self: &Arc<Self>,
        tell: &(dyn Fn(SettleNews) + Send + Sync),
    ) -> Result<Settled, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Settle)
            .ok_or(Problem::AlreadyRunning)?;
        let refused = Refused::default();
        let mut tried = HashSet::new();
        loop {
            let due = self.records.proofs_due().await?;
            let (not_kept, not_proved) =
                match self.while_awake(self.settle_once(&refused, tell)).await {
                    Err(Problem::Resting) => {
                        self.rested().await?;
                        continue;
                    }
                    settled => settled?,
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
        tell: &(dyn Fn(SettleNews) + Send + Sync),
    ) -> Result<(Option<Problem>, Option<Problem>), Problem> {
        let not_kept = self.keep_restored(tell).await.err();
        tell(SettleNews::Kept);
        let not_proved = self.prove_due(refused, tell).await.err();
        Ok((not_kept, not_proved))
    }

    /// Puts secrets into the keychain that only sealed copies hold. A keychain that takes no more leaves them there. Can be done again.
    pub async fn keep_restored(
        &self,
        tell: &(dyn Fn(SettleNews) + Send + Sync),
    ) -> Result<PutBackReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Recovery)
            .ok_or(Problem::AlreadyRunning)?;
        self.fill_keychain(Fill::SealedOnly, &|done, total| {
            tell(SettleNews::Keeping { done, total });
        })
        .await
    }

    /// Proves each restored key with a live call of its own, at most four at once. What is not proved when the network is lost waits
    /// for the next time; what was proved is not tried again.
    pub async fn prove_restored(
        self: &Arc<Self>,
        tell: &(dyn Fn(SettleNews) + Send + Sync),
    ) -> Result<ProofReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Settle)
            .ok_or(Problem::AlreadyRunning)?;
        self.prove_due(&Refused::default(), tell).await
    }

    async fn prove_due(
        self: &Arc<Self>,
        refused: &Refused,
        tell: &(dyn Fn(SettleNews) + Send + Sync),
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
            tell(SettleNews::Proving { done, total });
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
