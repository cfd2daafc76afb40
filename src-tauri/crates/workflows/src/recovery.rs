//! The recovery passphrase, and putting back what the keychain has lost.

use std::sync::Arc;

use vault::recovery::{self, PutBack};
use vault::{ActivityKind, Credential, Kept, KeychainError, Opener, Passphrase, TypedPassphrase};

use crate::changes::Change;
use crate::failure::Problem;
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, OperationOutcome, Run, Step, Subject};
use crate::passed_over::{PassedOver, WhyPassedOver};
use crate::secrets::item_of;
use crate::workspace::Workspace;

/// What putting back came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PutBackReport {
    /// The keychain had lost what opens sealed copies, and has it again.
    pub identity: bool,
    /// Secrets that were put back into the keychain.
    pub secrets: usize,
    /// Secrets that the keychain did not take; their sealed copies open.
    pub sealed_only: usize,
    /// Saved keys whose secret is nowhere.
    pub lost: usize,
    /// All that nothing could be done with, those whose secret is nowhere among them.
    pub passed_over: Vec<PassedOver>,
}

/// Which saved keys the keychain is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fill {
    /// Every one it is without.
    Everything,
    /// Those of which the records know that only a sealed copy holds them.
    SealedOnly,
}

/// What became of one saved key.
enum One {
    WasThere,
    Done,
    SealedOnly,
    PassedOver(WhyPassedOver),
}

impl OperationOutcome for PutBackReport {}

impl Workspace {
    /// Whether a recovery passphrase is set. Asks nothing of the keychain.
    pub async fn has_passphrase(&self) -> Result<bool, Problem> {
        Ok(recovery::is_set(&self.records).await?)
    }

    /// Sets the first recovery passphrase. One that is set is never replaced by somebody who does not know it:
    /// [`vault::RecoveryError::WrongPassphrase`].
    pub async fn set_passphrase(&self, passphrase: Passphrase) -> Result<(), Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Recovery)
            .ok_or(Problem::AlreadyRunning)?;
        if recovery::is_set(&self.records).await? {
            return Err(vault::RecoveryError::WrongPassphrase.into());
        }
        let now = self.clock.now();
        recovery::set(&self.keychain, &self.records, passphrase, now).await?;
        self.note(ActivityKind::PassphraseSet, None, None, "").await;
        self.changes.note(Change::Backup);
        Ok(())
    }

    /// Whether this is the recovery passphrase; [`vault::RecoveryError::WrongPassphrase`] where it is another. Asks nothing of
    /// the keychain. Takes a second or more, on a thread of its own.
    pub async fn check_passphrase(&self, passphrase: TypedPassphrase) -> Result<(), Problem> {
        Ok(recovery::check(&self.records, passphrase).await?)
    }

    /// Sets another passphrase for who knows the one that is set, and seals everything here anew, so that the old one opens nothing of
    /// it. Backups that were made before still open with the old one: see [`BackupState::of_old_passphrase`](crate::BackupState).
    /// [`Problem::AlreadyRunning`] while anything goes on that seals or opens secrets.
    pub async fn change_passphrase(
        &self,
        old: TypedPassphrase,
        new: Passphrase,
    ) -> Result<(), Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Rekeying)
            .ok_or(Problem::AlreadyRunning)?;
        if !self.unsaved.is_empty() {
            return Err(Problem::AlreadyRunning);
        }
        let now = self.clock.now();
        recovery::change(&self.keychain, &self.records, old, new, now).await?;
        self.note(ActivityKind::PassphraseSet, None, None, "").await;
        self.changes.note(Change::Backup);
        Ok(())
    }

    /// After the keychain was emptied: gives it back what opens sealed copies, then every secret it is without. What it can read of
    /// ours is never overwritten. Stops at [`Workspace::rest`]. Can be done again at any time.
    pub fn put_back_missing(
        self: &Arc<Self>,
        passphrase: TypedPassphrase,
    ) -> Operation<PutBackReport, Problem> {
        let kind = OperationKind::PutBack;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            workspace.put_all_back(passphrase, &run).await
        })
    }

    async fn put_all_back(
        &self,
        passphrase: TypedPassphrase,
        run: &Run,
    ) -> Result<PutBackReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Recovery)
            .ok_or(Problem::AlreadyRunning)?;
        let now = self.clock.now();
        let put_back =
            recovery::put_back_identity(&self.keychain, &self.records, passphrase, now).await?;
        let mut report = self.fill_keychain(Fill::Everything, run).await?;
        report.identity = put_back != PutBack::WasThere;
        Ok(report)
    }

    /// Puts into the keychain what only sealed copies hold. A keychain that cannot be read ends it; one that is full does not, nor does a
    /// single item that cannot be read.
    pub(crate) async fn fill_keychain(
        &self,
        which: Fill,
        run: &Run,
    ) -> Result<PutBackReport, Problem> {
        let mut report = PutBackReport::default();
        let credentials = match which {
            Fill::Everything => self.records.credentials().await?,
            Fill::SealedOnly => self.records.sealed_only().await?,
        };
        let total = credentials.len();
        if total == 0 {
            return Ok(report);
        }
        let folder = self.records.sealing().await?.id;
        let opener = Opener::for_folder(&self.keychain, &folder).await?;
        for (done, credential) in credentials.into_iter().enumerate() {
            run.progress(Step::FillKeychain, done, total);
            match self.put_back(&opener, &credential).await? {
                One::WasThere => {}
                One::Done => report.secrets += 1,
                One::SealedOnly => report.sealed_only += 1,
                One::PassedOver(why) => {
                    report.lost += usize::from(why == WhyPassedOver::Lost);
                    report.passed_over.push(PassedOver::new(credential, why));
                }
            }
        }
        Ok(report)
    }

    /// Puts one secret back, where the keychain has none or what another program made of it.
    async fn put_back(&self, opener: &Opener, credential: &Credential) -> Result<One, Problem> {
        let item = item_of(credential);
        let key = credential.key.clone();
        let without_copy = match self.keychain.read(&item).await {
            Ok(Some(_)) => {
                if credential.kept != Kept::InKeychain {
                    self.records.mark_kept(key, Kept::InKeychain).await?;
                }
                return Ok(One::WasThere);
            }
            Ok(None) => WhyPassedOver::Lost,
            Err(KeychainError::Changed) => WhyPassedOver::Changed,
            Err(KeychainError::Ambiguous) => WhyPassedOver::TwoItems,
            Err(error) => return Err(error.into()),
        };
        let sealed = self.records.sealed_copy(key.clone()).await?;
        let Some(secret) = sealed.and_then(|sealed| opener.open(&sealed).ok()) else {
            return Ok(One::PassedOver(without_copy));
        };
        if self.keychain.save(&item, &secret).await.is_err() {
            self.records.mark_kept(key, Kept::SealedOnly).await?;
            return Ok(One::SealedOnly);
        }
        self.records
            .mark_kept(key.clone(), Kept::InKeychain)
            .await?;
        if without_copy == WhyPassedOver::TwoItems {
            return Ok(One::WasThere);
        }
        self.note(
            ActivityKind::CredentialRestored,
            Some(credential.account.clone()),
            Some(key),
            credential.key_name.clone(),
        )
        .await;
        Ok(One::Done)
    }
}
