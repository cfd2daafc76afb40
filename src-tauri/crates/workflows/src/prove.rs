//! Proving a key: one live call to Twilio signed with it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use terms::{AccountSid, KeySid, Secret};
use twilio::Credentials;
use vault::Credential;

use crate::changes::Change;
use crate::failure::Problem;
use crate::operation::{Operation, OperationKind, Subject};
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// Calls Twilio with a new key until it works, for as long as [`crate::WaitTimes::prove`] says: a key may take a moment to
    /// be known everywhere.
    pub(crate) async fn prove_new_key(
        &self,
        session: &Session,
        account: &AccountSid,
        key: &KeySid,
        secret: &Secret,
    ) -> Result<Timestamp, twilio::Error> {
        let deadline = tokio::time::Instant::now() + self.wait_times.prove;
        loop {
            match self.call_with_key(session, account, key, secret).await {
                Err(error)
                    if error.may_be_not_yet_known() && tokio::time::Instant::now() < deadline =>
                {
                    tokio::time::sleep(self.wait_times.prove_pause).await;
                }
                Err(error) => return Err(error),
                Ok(()) => return Ok(self.clock.now()),
            }
        }
    }

    /// Tests a saved key now, and records that it works, or that Twilio itself refuses it. Whoever else answers says nothing of the key.
    /// Stops at [`Workspace::rest`].
    pub fn prove_key(self: &Arc<Self>, key: &KeySid) -> Operation<Timestamp, Problem> {
        let subject = Subject::of_key(key);
        let key = key.clone();
        self.operation(
            OperationKind::ProveKey,
            subject,
            |workspace, _| async move { workspace.prove_saved_key(&key).await },
        )
    }

    pub(crate) async fn prove_saved_key(&self, key: &KeySid) -> Result<Timestamp, Problem> {
        let credential = self
            .records
            .credential(key.clone())
            .await?
            .ok_or(Problem::UnknownHere)?;
        let secret = self.secret_of(key).await?;
        let session = self.signed_in().await?;
        let call = || self.call_with_key(&session, &credential.account, key, &secret);
        let outcome = self.once_known(key.as_str(), call).await;
        let now = self.clock.now();
        self.changes.note(Change::Row(credential.account.clone()));
        match outcome {
            Ok(()) => {
                self.records.mark_proved(key.clone(), now).await?;
                Ok(now)
            }
            Err(error) if error.is_of_the_signer() => {
                if !self.is_newly_saved(&credential, now) {
                    self.records.mark_refused(key.clone(), now).await?;
                }
                Err(Problem::KeyRefused(error))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Whether Twilio may not know the key everywhere yet, also where an earlier run made it.
    fn is_newly_saved(&self, credential: &Credential, now: Timestamp) -> bool {
        let age = now.duration_since(credential.created_at);
        SignedDuration::try_from(self.wait_times.known)
            .is_ok_and(|limit| !age.is_negative() && age < limit)
    }

    pub(crate) async fn call_with_key(
        &self,
        session: &Session,
        account: &AccountSid,
        key: &KeySid,
        secret: &Secret,
    ) -> Result<(), twilio::Error> {
        let credentials = Credentials::ApiKey {
            key: key.clone(),
            secret: secret.duplicate(),
        };
        session
            .client
            .signed_by(credentials)
            .prove_key(account)
            .await
    }
}
