//! The recovery passphrase, and putting back what the keychain has lost.

use vault::recovery::{self, PutBack};
use vault::{ActivityKind, Kept, Opener, Passphrase};

use crate::failure::Problem;
use crate::lanes::Lane;
use crate::secrets::item_of;
use crate::workspace::Workspace;

/// What putting back came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PutBackReport {
    /// The keychain had lost what opens sealed copies, and has it again.
    pub identity: bool,
    /// Secrets that were put back into the keychain.
    pub secrets: usize,
    /// Secrets that the keychain did not take; their sealed copies open.
    pub sealed_only: usize,
    /// Saved keys whose secret is nowhere.
    pub lost: usize,
}

impl Workspace {
    /// Whether a recovery passphrase is set. Asks nothing of the keychain.
    pub async fn has_passphrase(&self) -> Result<bool, Problem> {
        Ok(recovery::is_set(&self.records).await?)
    }

    /// Sets the recovery passphrase, also in place of another.
    pub async fn set_passphrase(&self, passphrase: Passphrase) -> Result<(), Problem> {
        let now = self.clock.now();
        recovery::set(&self.keychain, &self.records, passphrase, now).await?;
        self.note(ActivityKind::PassphraseSet, None, None, "").await;
        Ok(())
    }

    /// Whether this is the recovery passphrase; [`vault::RecoveryError::WrongPassphrase`] where it is another. Asks nothing of
    /// the keychain. Takes a second or more, on a thread of its own.
    pub async fn check_passphrase(&self, passphrase: Passphrase) -> Result<(), Problem> {
        Ok(recovery::check(&self.records, passphrase).await?)
    }

    /// Sets another passphrase for who knows the one that is set.
    pub async fn change_passphrase(&self, old: Passphrase, new: Passphrase) -> Result<(), Problem> {
        let now = self.clock.now();
        recovery::change(&self.keychain, &self.records, old, new, now).await?;
        self.note(ActivityKind::PassphraseSet, None, None, "").await;
        Ok(())
    }

    /// After the keychain was emptied: gives it back what opens sealed copies, then every secret it is without. What the keychain
    /// holds is never overwritten. Can be done again at any time.
    pub async fn put_back_missing(&self, passphrase: Passphrase) -> Result<PutBackReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Recovery)
            .ok_or(Problem::AlreadyRunning)?;
        let now = self.clock.now();
        let put_back =
            recovery::put_back_identity(&self.keychain, &self.records, passphrase, now).await?;
        let mut report = self.fill_keychain(&|_, _| {}).await?;
        report.identity = put_back != PutBack::WasThere;
        Ok(report)
    }

    /// Puts into the keychain what only sealed copies hold. A keychain that cannot be read ends it; one that is full does not.
    /// `tell` hears how many of how many were looked at.
    pub(crate) async fn fill_keychain(
        &self,
        tell: &(dyn Fn(usize, usize) + Send + Sync),
    ) -> Result<PutBackReport, Problem> {
        let mut report = PutBackReport::default();
        let folder = self.records.sealing().await?.id;
        let opener = Opener::for_folder(&self.keychain, &folder).await?;
        let credentials = self.records.credentials().await?;
        let total = credentials.len();
        for (done, credential) in credentials.into_iter().enumerate() {
            tell(done, total);
            let item = item_of(&credential);
            if self.keychain.read(&item).await?.is_some() {
                if credential.kept != Kept::InKeychain {
                    self.records
                        .mark_kept(credential.key, Kept::InKeychain)
                        .await?;
                }
                continue;
            }
            let sealed = self.records.sealed_copy(credential.key.clone()).await?;
            let Some(secret) = sealed.and_then(|sealed| opener.open(&sealed).ok()) else {
                report.lost += 1;
                continue;
            };
            if self.keychain.save(&item, &secret).await.is_err() {
                self.records
                    .mark_kept(credential.key, Kept::SealedOnly)
                    .await?;
                report.sealed_only += 1;
                continue;
            }
            self.records
                .mark_kept(credential.key.clone(), Kept::InKeychain)
                .await?;
            report.secrets += 1;
            self.note(
                ActivityKind::CredentialRestored,
                Some(credential.account),
                Some(credential.key),
                credential.key_name,
            )
            .await;
        }
        Ok(report)
    }
}
