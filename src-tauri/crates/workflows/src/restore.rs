//! Restoring a backup, and what follows by itself: filling the keychain, and proving each key.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::task::JoinSet;
use twilio::{ApiSecret, Client, Credentials, KeySid};
use vault::backup::{self, BackupFile, Document, NotRestorable};
use vault::{ActivityKind, KeyId, Opener, Passphrase, recovery};

use crate::failure::Problem;
use crate::ids::{account_sid, key_id, key_sid};
use crate::lanes::Lane;
use crate::recovery::PutBackReport;
use crate::workspace::Workspace;

/// Keys that are proved side by side.
const AT_ONCE: usize = 4;

/// HTTP's answer to a key that Twilio does not know.
const UNAUTHORISED: u16 = 401;

/// What a restore came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestoreReport {
    /// When the backup was made.
    pub made_at: Timestamp,
    /// Keys that came back.
    pub keys: usize,
    /// Keys that were here already.
    pub already_here: usize,
    /// Keys that the backup held without a secret.
    pub without_secret: usize,
}

/// What is told while restored keys are settled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettleNews {
    /// Put into the keychain: so many of so many.
    Keeping { done: usize, total: usize },
    /// Proved at Twilio: so many of so many.
    Proving { done: usize, total: usize },
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

impl Workspace {
    /// Opens a backup and puts its content beside what is here. After an error, nothing is changed. The passphrase becomes this
    /// folder's own, if none is set.
    pub async fn restore_backup(
        &self,
        file: PathBuf,
        passphrase: Passphrase,
    ) -> Result<RestoreReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Recovery)
            .ok_or(Problem::AlreadyRunning)?;
        let opened = tokio::task::spawn_blocking(move || {
            let bytes = BackupFile::read(&file)?;
            let document = backup::open(&bytes, &passphrase)?;
            Ok::<(Document, Passphrase), NotRestorable>((document, passphrase))
        });
        let (document, passphrase) = opened
            .await
            .map_err(|error| NotRestorable::Unreadable(error.to_string()))??;
        let sealer = self.check_this_computer().await?;
        let folder = self.records.sealing().await?.id;
        let opener = Opener::for_folder(&self.keychain, &folder).await?;
        let now = self.clock.now();
        let restored = backup::restore(&self.records, &sealer, &opener, &document, now).await?;
        recovery::adopt(&self.keychain, &self.records, passphrase, now).await?;
        let detail = restored.credentials.to_string();
        self.note(ActivityKind::BackupRestored, None, None, detail)
            .await;
        Ok(RestoreReport {
            made_at: document.made_at,
            keys: restored.credentials,
            already_here: restored.already_here,
            without_secret: restored.without_secret,
        })
    }

    /// Puts restored secrets into the keychain. One that takes no more leaves them in their sealed copies. Can be done again.
    pub async fn keep_restored(
        &self,
        tell: &(dyn Fn(SettleNews) + Send + Sync),
    ) -> Result<PutBackReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Recovery)
            .ok_or(Problem::AlreadyRunning)?;
        self.fill_keychain(&|done, total| tell(SettleNews::Keeping { done, total }))
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
            .enter(Lane::ProveRestored)
            .ok_or(Problem::AlreadyRunning)?;
        let due = self.records.proofs_due().await?;
        let total = due.len();
        let mut report = ProofReport::default();
        let mut waiting = due.into_iter();
        let mut proving = JoinSet::new();
        let start = |key: KeyId, proving: &mut JoinSet<_>| {
            let workspace = Arc::clone(self);
            proving.spawn(async move { workspace.prove_one(&key).await });
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
    async fn prove_one(&self, key: &KeyId) -> Result<bool, Problem> {
        let sid: KeySid = key_sid(key)?;
        let credential = self
            .records
            .credential(key.clone())
            .await?
            .ok_or(Problem::UnknownHere)?;
        let account = account_sid(&credential.account)?;
        let secret = self.secret_of(&sid).await?;
        let credentials = Credentials::ApiKey {
            key: sid.clone(),
            secret: ApiSecret::new(secret.expose().to_owned()),
        };
        let client = match self.session() {
            Some(session) => session.client.signed_by(credentials),
            None => Client::new(self.hosts.clone(), credentials)?,
        };
        match client.prove_key(&account).await {
            Ok(()) => {
                self.records
                    .mark_proved(key_id(&sid), self.clock.now())
                    .await?;
                self.records.proof_done(key.clone()).await?;
                Ok(true)
            }
            Err(error) if error.status() == Some(UNAUTHORISED) => {
                self.records.proof_done(key.clone()).await?;
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }
}
