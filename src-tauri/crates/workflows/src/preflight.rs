//! Before anything is created: can its secret be kept, and is it the right subaccount?

use terms::{AccountSid, AccountStatus};
use twilio::Account;
use vault::points::{Point, kill_point};
use vault::sealed::check_identity;
use vault::{SealedError, Sealer};

use crate::create_subaccount::listed;
use crate::failure::{Failure, Problem};
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// A sealer whose copies the keychain's identity opens. A keychain that works and has lost the identity, as after a password
    /// reset, gets another: what is sealed from now on is sealed to that one.
    pub(crate) async fn ready_sealer(&self) -> Result<Sealer, Problem> {
        match self.sealer_of_before().await {
            Err(Problem::Sealed(SealedError::IdentityMissing | SealedError::OtherIdentity)) => {
                let sealer = Sealer::with_new_identity(&self.keychain, &self.records).await?;
                // Somebody else may have put one in its place at the same moment.
                self.opens_what_it_seals(&sealer).await?;
                Ok(sealer)
            }
            outcome => outcome,
        }
    }

    async fn sealer_of_before(&self) -> Result<Sealer, Problem> {
        let sealer = Sealer::for_folder(&self.keychain, &self.records).await?;
        self.opens_what_it_seals(&sealer).await?;
        kill_point(Point::SealerReady);
        Ok(sealer)
    }

    async fn opens_what_it_seals(&self, sealer: &Sealer) -> Result<(), Problem> {
        let folder = self.records.sealing().await?;
        Ok(check_identity(&self.keychain, &folder.id, sealer).await?)
    }

    /// The keychain stores, gives back and deletes; the records can be written; sealing is ready. Any prompt of the system
    /// comes up now, while nothing has been made yet.
    pub(crate) async fn check_this_computer(&self) -> Result<Sealer, Problem> {
        kill_point(Point::CheckBegins);
        self.keychain.check().await?;
        kill_point(Point::KeychainTried);
        self.records.check_disk().await?;
        kill_point(Point::DiskTried);
        self.ready_sealer().await
    }

    /// The subaccount as Twilio has it now: one of this parent's.
    pub(crate) async fn subaccount_of_ours(
        &self,
        session: &Session,
        account: &AccountSid,
    ) -> Result<Account, Failure> {
        let read = || session.client.account(account);
        let subaccount = self
            .once_known(account.as_str(), read)
            .await
            .map_err(Failure::unchanged)?;
        if subaccount.owner.as_ref() != Some(&session.parent) || subaccount.sid == session.parent {
            return Err(Failure::unchanged(Problem::UnknownHere).about(account.as_str()));
        }
        Ok(subaccount)
    }

    /// The same, and active.
    pub(crate) async fn check_subaccount(
        &self,
        session: &Session,
        account: &AccountSid,
    ) -> Result<Account, Failure> {
        let asked_at = self.clock.now();
        let mut subaccount = self.subaccount_of_ours(session, account).await?;
        if subaccount.status != AccountStatus::Active {
            return Err(
                Failure::unchanged(Problem::SubaccountNotActive).about(subaccount.friendly_name)
            );
        }
        self.records
            .upsert_subaccount(listed(&subaccount, &session.parent), asked_at)
            .await?;
        if subaccount.friendly_name.is_empty() {
            // The name it had when it could be read.
            let known = self.records.subaccount(account.clone()).await?;
            subaccount.friendly_name = known.map(|known| known.name).unwrap_or_default();
        }
        kill_point(Point::SubaccountChecked);
        Ok(subaccount)
    }
}
