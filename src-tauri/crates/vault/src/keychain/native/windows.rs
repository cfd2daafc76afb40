//! Windows Credential Manager.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Result as StoreResult};
use windows_native_keyring_store::Store;

use super::{Absence, codes};
use crate::{KeychainError, Namespace};

pub(in crate::keychain) fn name() -> &'static str {
    "Credential Manager"
}

/// It is always the same one.
pub(in crate::keychain) fn learn_name() {}

/// The store names credentials `{prefix}{user}{divider}{service}{suffix}`. With the namespace as the prefix and the rest
/// empty, an item is `Subvault/API Secret SK…`; a namespace holds no `/`, so no two items can share a name.
pub(in crate::keychain) fn make_store(namespace: &Namespace) -> StoreResult<Arc<CredentialStore>> {
    let prefix = format!("{}/", namespace.as_str());
    let store = Store::new_with_configuration(&HashMap::from([
        ("prefix", prefix.as_str()),
        ("divider", ""),
        ("suffix", ""),
    ]))?;
    Ok(store)
}

/// Persistence is `Local`: the store's default, `Enterprise`, would copy secrets to other computers of a domain.
pub(in crate::keychain) fn entry(
    store: &CredentialStore,
    _namespace: &Namespace,
    item: &str,
) -> StoreResult<Entry> {
    store.build("", item, Some(&HashMap::from([("persistence", "Local")])))
}

pub(in crate::keychain) fn absence(_: &CredentialStore) -> Result<Absence, KeychainError> {
    Ok(Absence::Clear)
}

pub(in crate::keychain) fn meaning(
    cause: &(dyn StdError + Send + Sync + 'static),
) -> KeychainError {
    codes::from_windows_text(&cause.to_string())
}
