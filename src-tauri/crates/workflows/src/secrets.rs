//! Getting a saved secret back: from the keychain, or from its sealed copy where the keychain has lost it.

use terms::{AccountSid, KeySid, Secret};
use twilio::Credentials;
use vault::points::{Point, kill_point};
use vault::{ActivityKind, Credential, Item, Kept, KeychainError, SealedCopy};

use crate::failure::Problem;
use crate::workspace::Workspace;

/// HTTP's answer to a key that Twilio does not know.
const UNAUTHORISED: u16 = 401;

impl Workspace {
    /// The secret of a saved key. Works offline.
    ///
    /// Where the keychain answers that it has none, or cannot read this one item, the sealed copy is opened. It goes back into the
    /// keychain where that overwrites nothing but what another program made of our own item: the copy says inside which key it is
    /// of, and the secret of a key never changes. Where the keychain has several items with different secrets, the sealed copy says which is
    /// right, or a call to Twilio that is signed with each; all of them stay.
    pub async fn secret_of(&self, key: &KeySid) -> Result<Secret, Problem> {
        let credential = self
            .records
            .credential(key.clone())
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
        let secret = match (self.unsealed(key).await, unreadable) {
            (Ok(secret), _) => secret,
            (Err(_), Some(KeychainError::Ambiguous)) => {
                return self.proved_of_several(&credential.account, key).await;
            }
            // Unreadable is not absent: what the keychain said comes before what became of the copy.
            (Err(_), Some(unreadable)) => return Err(unreadable.into()),
            (Err(problem), None) => return Err(problem),
        };
        kill_point(Point::SecretUnsealed);
        if may_be_saved && self.keychain.save(&item, &secret).await.is_ok() {
            // The secret is at hand; a full disk is no reason to withhold it.
            let _ = self.records.mark_kept(key.clone(), Kept::InKeychain).await;
            kill_point(Point::SecretRestored);
            self.note(
                ActivityKind::CredentialRestored,
                Some(credential.account),
                Some(key.clone()),
                credential.key_name,
            )
            .await;
        }
        Ok(secret)
    }

    /// Of several secrets that the keychain has for a key, the one that Twilio accepts. [`KeychainError::Ambiguous`] where it accepts none.
    pub(crate) async fn proved_of_several(
        &self,
        account: &AccountSid,
        key: &KeySid,
    ) -> Result<Secret, Problem> {
        let item = Item::ApiSecret {
            account: account.clone(),
            key: key.clone(),
        };
        for secret in self.keychain.read_all(&item).await? {
            let credentials = Credentials::ApiKey {
                key: key.clone(),
                secret: secret.duplicate(),
            };
            match self.client(credentials)?.prove_key(account).await {
                Ok(()) => return Ok(secret),
                Err(error) if error.status() == Some(UNAUTHORISED) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(KeychainError::Ambiguous.into())
    }

    async fn unsealed(&self, key: &KeySid) -> Result<Secret, Problem> {
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
