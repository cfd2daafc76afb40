//! Getting a saved secret back: from the keychain, or from its sealed copy where the keychain has lost it.

use twilio::KeySid;
use vault::points::{Point, reached};
use vault::{ActivityKind, Credential, Item, Kept, KeyId, KeychainError, SealedCopy, Secret};

use crate::failure::Problem;
use crate::ids::key_id;
use crate::workspace::Workspace;

impl Workspace {
    /// The secret of a saved key. Works offline.
    ///
    /// Where the keychain answers that it has none, or cannot read this one item, the sealed copy is opened. It goes back into the
    /// keychain where that overwrites nothing but what another program made of our own item: the copy says inside which key it is
    /// of, and the secret of a key never changes. Of two items neither is known to be ours, so both stay.
    pub async fn secret_of(&self, key: &KeySid) -> Result<Secret, Problem> {
        let id = key_id(key);
        let credential = self
            .records
            .credential(id.clone())
            .await?
            .ok_or(Problem::SecretNotFound)?;
        let item = item_of(&credential);
        let unreadable = match self.keychain.read(&item).await {
            Ok(Some(secret)) => return Ok(secret),
            Ok(None) => None,
            Err(error) if error.is_of_one_item() => Some(error),
            Err(error) => return Err(error.into()),
        };
        let may_be_saved = unreadable != Some(KeychainError::Ambiguous);
        let secret = match (self.unsealed(&id).await, unreadable) {
            (Ok(secret), _) => secret,
            // Unreadable is not absent: what the keychain said comes before what became of the copy.
            (Err(_), Some(unreadable)) => return Err(unreadable.into()),
            (Err(problem), None) => return Err(problem),
        };
        reached(Point::SecretUnsealed);
        if may_be_saved && self.keychain.save(&item, &secret).await.is_ok() {
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

    async fn unsealed(&self, key: &KeyId) -> Result<Secret, Problem> {
        let sealed = self.records.sealed_copy(key.clone()).await?;
        self.unseal(&sealed.ok_or(Problem::SecretNotFound)?).await
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
