//! Getting a saved secret back: from the keychain, or from its sealed copy where the keychain has lost it.

use twilio::KeySid;
use vault::points::{Point, reached};
use vault::{ActivityKind, Credential, Item, Kept, SealedCopy, Secret};

use crate::failure::Problem;
use crate::ids::key_id;
use crate::workspace::Workspace;

impl Workspace {
    /// The secret of a saved key. Works offline.
    ///
    /// Where the keychain answers that it has none, the sealed copy is opened and put back into the keychain.
    pub async fn secret_of(&self, key: &KeySid) -> Result<Secret, Problem> {
        let id = key_id(key);
        let credential = self
            .records
            .credential(id.clone())
            .await?
            .ok_or(Problem::SecretNotFound)?;
        let item = item_of(&credential);
        if let Some(secret) = self.keychain.read(&item).await? {
            return Ok(secret);
        }
        let sealed = self
            .records
            .sealed_copy(id.clone())
            .await?
            .ok_or(Problem::SecretNotFound)?;
        let secret = self.unseal(&sealed).await?;
        reached(Point::SecretUnsealed);
        if self.keychain.save(&item, &secret).await.is_ok() {
            // The secret is at hand; a full disk is no reason to withhold it.
            let _ = self.records.mark_kept(id.clone(), Kept::InKeychain).await;
            reached(Point::SecretRestored);
            self.note(
                ActivityKind::CredentialRestored,
                Some(credential.account),
                Some(id),
                credential.key_name,
            )
            .await;
        }
        Ok(secret)
    }

    pub(crate) async fn unseal(&self, sealed: &SealedCopy) -> Result<Secret, Problem> {
        let folder = self.records.sealing().await?;
        Ok(vault::sealed::open(&self.keychain, &folder.id, sealed).await?)
    }
}

pub(crate) fn item_of(credential: &Credential) -> Item {
    Item::ApiSecret {
        account: credential.account.clone(),
        key: credential.key.clone(),
    }
}
