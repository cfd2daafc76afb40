//! The macOS login keychain.

use std::error::Error as StdError;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Result as StoreResult};
use security_framework::base::Error as SecurityError;

use super::{Absence, codes, default_store};
use crate::{KeychainError, Namespace};

pub(in crate::keychain) fn name() -> &'static str {
    "Keychain"
}

/// It is always the same one.
pub(in crate::keychain) fn learn_name() {}

pub(in crate::keychain) fn make_store(_namespace: &Namespace) -> StoreResult<Arc<CredentialStore>> {
    default_store::get()
}

pub(in crate::keychain) fn entry(
    store: &CredentialStore,
    namespace: &Namespace,
    item: &str,
) -> StoreResult<Entry> {
    store.build(namespace.as_str(), item, None)
}

pub(in crate::keychain) fn absence(_: &CredentialStore) -> Result<Absence, KeychainError> {
    Ok(Absence::Clear)
}

pub(in crate::keychain) fn meaning(
    cause: &(dyn StdError + Send + Sync + 'static),
) -> KeychainError {
    match cause.downcast_ref::<SecurityError>() {
        Some(error) => codes::from_macos_status(error.code(), &error.to_string()),
        None => KeychainError::broken(&cause.to_string()),
    }
}
