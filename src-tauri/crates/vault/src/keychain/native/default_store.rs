//! The system's store as `keyring` chooses and makes it.
#![cfg(any(target_os = "macos", target_os = "windows"))]

use std::sync::Arc;

use keyring_core::{CredentialStore, Error as StoreError, Result as StoreResult};

/// The one store of this process. It holds no connection, so making it anew would change nothing.
pub(super) fn get() -> StoreResult<Arc<CredentialStore>> {
    match keyring::Entry::store_status() {
        Ok(()) => keyring_core::get_default_store().ok_or(StoreError::NoDefaultStore),
        Err(error) => Err(StoreError::NoStorageAccess(error.to_string().into())),
    }
}
