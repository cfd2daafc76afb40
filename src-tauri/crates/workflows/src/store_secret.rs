//! Bringing the secret of a key that was just made to safety.

use terms::{KeySid, Secret};
use twilio::CreatedKey;
use vault::points::{Point, kill_point};
use vault::{Entry, Intent, Item, Sealer};

use crate::failure::{Failure, Problem};
use crate::operation::{Run, Step};
use crate::workspace::Workspace;

impl Workspace {
    /// Brings a secret that just arrived to safety: sealed copy first, then the keychain. It stays in memory until the
    /// keychain has it.
    pub(crate) async fn store_secret(
        &self,
        sealer: &Sealer,
        entry: &Entry,
        created: CreatedKey,
        request_id: Option<String>,
        run: &Run,
    ) -> Result<Entry, Failure> {
        let secret = created.secret;
        self.unsaved
            .hold(entry.id, created.key.sid.clone(), secret.duplicate());
        kill_point(Point::SecretHeld);
        let sealed = run
            .step(
                Step::Seal,
                self.seal(sealer, entry, &created.key.sid, &secret, request_id),
            )
            .await;
        match sealed {
            Ok(entry) => Ok(entry),
            Err(problem) => {
                kill_point(Point::SealedCopyRefused);
                self.keep_without_seal(entry, &created.key.sid, &secret, problem, run)
                    .await
            }
        }
    }

    async fn seal(
        &self,
        sealer: &Sealer,
        entry: &Entry,
        key: &KeySid,
        secret: &Secret,
        request_id: Option<String>,
    ) -> Result<Entry, Problem> {
        let Intent::Key { account, .. } = &entry.intent else {
            return Err(Problem::UnknownHere);
        };
        let sealed = sealer.seal(secret, account, key)?;
        kill_point(Point::SecretSealed);
        let entry = self.records.seal(entry.id, sealed, request_id).await?;
        kill_point(Point::SealedCopyKept);
        Ok(entry)
    }

    /// The records took no sealed copy (a full disk, say): the keychain is tried all the same, and the next look finds the
    /// secret there.
    async fn keep_without_seal(
        &self,
        entry: &Entry,
        key: &KeySid,
        secret: &Secret,
        problem: Problem,
        run: &Run,
    ) -> Result<Entry, Failure> {
        let Intent::Key { account, .. } = &entry.intent else {
            return Err(Failure::after_change(Problem::UnknownHere, entry.id));
        };
        let item = Item::ApiSecret {
            account: account.clone(),
            key: key.clone(),
        };
        match run
            .step(Step::SaveInKeychain, self.keychain.save(&item, secret))
            .await
        {
            Ok(()) => {
                kill_point(Point::KeptWithoutSeal);
                Err(Failure::after_change(problem, entry.id))
            }
            Err(_) => Err(Failure::after_change(
                Problem::InMemoryOnly(Box::new(problem)),
                entry.id,
            )),
        }
    }
}
