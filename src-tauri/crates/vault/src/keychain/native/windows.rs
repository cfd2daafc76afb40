//! Windows Credential Manager.

use std::any::Any;
use std::collections::HashMap;
use std::error::Error as StdError;
use std::sync::Arc;

use keyring_core::api::{Credential, CredentialApi};
use keyring_core::{CredentialStore, Entry, Result as StoreResult};

use super::{Absence, codes, default_store};
use crate::{KeychainError, Namespace};

pub(in crate::keychain) fn name() -> &'static str {
    "Credential Manager"
}

/// It is always the same one.
pub(in crate::keychain) fn learn_name() {}

pub(in crate::keychain) fn make_store(_namespace: &Namespace) -> StoreResult<Arc<CredentialStore>> {
    default_store::get()
}

/// The target is `Subvault/API Secret SK…`; a namespace holds no `/`, so no two items can share one, as they could by the store's own
/// rule, `{user}.{service}`. Persistence is `Local`: the store's default, `Enterprise`, would copy secrets to other computers of a domain.
pub(in crate::keychain) fn entry(
    store: &CredentialStore,
    namespace: &Namespace,
    item: &str,
) -> StoreResult<Entry> {
    let target = format!("{}/{item}", namespace.as_str());
    let modifiers = HashMap::from([("target", target.as_str()), ("persistence", "Local")]);
    // What goes by its target has no service and no user.
    let credential = store.build("", "", Some(&modifiers))?;
    Ok(Entry::new_with_credential(Arc::new(Item {
        credential,
        user: item.to_owned(),
    })))
}

pub(in crate::keychain) fn absence(_: &CredentialStore) -> Result<Absence, KeychainError> {
    Ok(Absence::Clear)
}

pub(in crate::keychain) fn meaning(
    cause: &(dyn StdError + Send + Sync + 'static),
) -> KeychainError {
    codes::from_windows_text(&cause.to_string())
}

const USER: &str = "username";

/// A credential with the user name that is shown beside it: the store gives none to one that is told its target.
struct Item {
    credential: Entry,
    user: String,
}

impl Item {
    fn add_user(&self) -> StoreResult<()> {
        if self.credential.get_attributes()?.get(USER) == Some(&self.user) {
            return Ok(());
        }
        self.credential
            .update_attributes(&HashMap::from([(USER, self.user.as_str())]))
    }
}

impl CredentialApi for Item {
    fn set_secret(&self, secret: &[u8]) -> StoreResult<()> {
        self.credential.set_secret(secret)?;
        // The secret is kept without it too, and the next time that it is written the name is added.
        let _ = self.add_user();
        Ok(())
    }

    fn get_secret(&self) -> StoreResult<Vec<u8>> {
        self.credential.get_secret()
    }

    fn get_attributes(&self) -> StoreResult<HashMap<String, String>> {
        self.credential.get_attributes()
    }

    fn delete_credential(&self) -> StoreResult<()> {
        self.credential.delete_credential()
    }

    fn get_credential(&self) -> StoreResult<Option<Arc<Credential>>> {
        self.credential.get_attributes().map(|_| None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
