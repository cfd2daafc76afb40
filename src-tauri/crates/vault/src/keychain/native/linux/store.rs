//! The Secret Service as a store: what `zbus-secret-service-keyring-store` does, and in addition which of several items are open to be
//! read, and a default keyring where there is none yet.
//!
//! Items are found by the same two attributes, `service` and `username`, in every collection.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::{Credential, CredentialApi, CredentialStoreApi};
use keyring_core::{CredentialStore, Entry, Error as StoreError, Result as StoreResult};
use secret_service::EncryptionType;
use secret_service::blocking::{Item, SecretService};
use zbus::zvariant::OwnedObjectPath;

use super::{default_keyring, failure};
use crate::keychain::native::LOCKED;

const CONTENT_TYPE: &str = "application/octet-stream";

/// One connection, with an encrypted session of its own.
pub(super) struct Store {
    service: Arc<SecretService<'static>>,
}

impl Store {
    /// Connects, which starts the service where the bus knows how to.
    pub(super) fn connect() -> StoreResult<Arc<CredentialStore>> {
        let service = SecretService::connect(EncryptionType::Dh).map_err(failure)?;
        let service = Arc::new(service);
        Ok(Arc::new(Self { service }))
    }

    pub(super) fn service(&self) -> &SecretService<'static> {
        &self.service
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store(Secret Service)")
    }
}

impl CredentialStoreApi for Store {
    fn vendor(&self) -> String {
        "Secret Service".to_owned()
    }

    fn id(&self) -> String {
        super::BUS_NAME.to_owned()
    }

    /// The only modifier is `label`.
    fn build(
        &self,
        service: &str,
        user: &str,
        modifiers: Option<&HashMap<&str, &str>>,
    ) -> StoreResult<Entry> {
        let label = modifiers
            .and_then(|modifiers| modifiers.get("label"))
            .map_or_else(|| format!("{service}: {user}"), |label| (*label).to_owned());
        Ok(Entry::new_with_credential(Arc::new(Named {
            service: Arc::clone(&self.service),
            name: service.to_owned(),
            user: user.to_owned(),
            label,
        })))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What goes by one name: no item, one, or several.
struct Named {
    service: Arc<SecretService<'static>>,
    name: String,
    user: String,
    label: String,
}

impl Named {
    fn attributes(&self) -> HashMap<&str, &str> {
        HashMap::from([
            ("service", self.name.as_str()),
            ("username", self.user.as_str()),
        ])
    }

    /// The one item of that name. Of several, those that are open come first, and then the one that was written last; nobody is asked for the
    /// password of a keyring as long as an item can be read without.
    fn one(&self) -> StoreResult<OwnedObjectPath> {
        let found = self
            .service
            .search_items(self.attributes())
            .map_err(failure)?;
        let mut items = found.unlocked;
        if items.is_empty() && !found.locked.is_empty() {
            let locked: Vec<&Item<'_>> = found.locked.iter().collect();
            self.service.unlock_all(&locked).map_err(failure)?;
            items = found.locked;
        } else {
            items.sort_by_key(|item| std::cmp::Reverse(item.get_modified().unwrap_or_default()));
            items.extend(found.locked);
        }
        match items.as_slice() {
            [] => Err(StoreError::NoEntry),
            [one] => Ok(one.item_path.clone()),
            several => Err(StoreError::Ambiguous(
                several
                    .iter()
                    .map(|item| {
                        Entry::new_with_credential(Arc::new(self.at(item.item_path.clone())))
                    })
                    .collect(),
            )),
        }
    }

    fn at(&self, path: OwnedObjectPath) -> One {
        One {
            service: Arc::clone(&self.service),
            path,
            specifiers: (self.name.clone(), self.user.clone()),
        }
    }
}

impl CredentialApi for Named {
    fn set_secret(&self, secret: &[u8]) -> StoreResult<()> {
        match self.one() {
            Ok(path) => self.at(path).set_secret(secret),
            Err(StoreError::NoEntry) => {
                let collection = default_keyring::made_ready(&self.service)?;
                collection
                    .create_item(&self.label, self.attributes(), secret, true, CONTENT_TYPE)
                    .map_err(failure)?;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn get_secret(&self) -> StoreResult<Vec<u8>> {
        self.at(self.one()?).get_secret()
    }

    fn delete_credential(&self) -> StoreResult<()> {
        self.at(self.one()?).delete_credential()
    }

    fn get_credential(&self) -> StoreResult<Option<Arc<Credential>>> {
        Ok(Some(Arc::new(self.at(self.one()?))))
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        Some((self.name.clone(), self.user.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// One item, by its path: of several that go by one name.
struct One {
    service: Arc<SecretService<'static>>,
    path: OwnedObjectPath,
    specifiers: (String, String),
}

impl One {
    /// The item, unlocked: which may put up a password box.
    fn open(&self) -> StoreResult<Item<'_>> {
        let item = self
            .service
            .get_item_by_path(self.path.clone())
            .map_err(failure)?;
        if item.is_locked().map_err(failure)? {
            item.unlock().map_err(failure)?;
        }
        Ok(item)
    }
}

impl CredentialApi for One {
    fn set_secret(&self, secret: &[u8]) -> StoreResult<()> {
        self.open()?
            .set_secret(secret, CONTENT_TYPE)
            .map_err(failure)
    }

    fn get_secret(&self) -> StoreResult<Vec<u8>> {
        self.open()?.get_secret().map_err(failure)
    }

    /// [`LOCKED`] where it is, and nothing else.
    fn get_attributes(&self) -> StoreResult<HashMap<String, String>> {
        let item = self
            .service
            .get_item_by_path(self.path.clone())
            .map_err(failure)?;
        let locked = item.is_locked().map_err(failure)?;
        Ok(locked
            .then(|| (LOCKED.to_owned(), String::new()))
            .into_iter()
            .collect())
    }

    fn delete_credential(&self) -> StoreResult<()> {
        self.open()?.delete().map_err(failure)
    }

    fn get_credential(&self) -> StoreResult<Option<Arc<Credential>>> {
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        Some(self.specifiers.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
