//! One item of the store.

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyring_core::api::{Credential, CredentialApi};
use keyring_core::{Entry, Error as StoreError, Result as StoreResult};

use super::script::{Call, Refusal};
use super::{Inner, Items, names_of};
use crate::keychain::native::LOCKED;

/// One item of the store, or what goes by one name.
#[derive(Debug)]
pub(super) struct FileItem {
    pub(super) inner: Arc<Inner>,
    pub(super) service: String,
    pub(super) user: String,
    pub(super) is_one_of_several: bool,
}

impl FileItem {
    /// The one item there is, as the file names it; `None` where there is none.
    fn one(&self, items: &Items, emptied: bool) -> StoreResult<Option<String>> {
        let Some(users) = items.get(&self.service).filter(|_| !emptied) else {
            return Ok(None);
        };
        if self.is_one_of_several {
            return Ok(users.contains_key(&self.user).then(|| self.user.clone()));
        }
        let mut names = names_of(users, &self.user);
        if names.len() > 1 {
            let of_several = names.into_iter().map(|user| {
                Entry::new_with_credential(Arc::new(Self {
                    inner: Arc::clone(&self.inner),
                    service: self.service.clone(),
                    user,
                    is_one_of_several: true,
                }))
            });
            return Err(StoreError::Ambiguous(of_several.collect()));
        }
        Ok(names.pop())
    }

    fn ask_for_password(&self, name: &str) -> StoreResult<()> {
        if name.ends_with(LOCKED) {
            return Err(Refusal::Dismissed.into());
        }
        Ok(())
    }
}

impl CredentialApi for FileItem {
    fn set_secret(&self, secret: &[u8]) -> StoreResult<()> {
        self.inner.writes.fetch_add(1, Ordering::SeqCst);
        self.inner.perform(Call::Write, |items, turn| {
            let count: usize = items.values().map(BTreeMap::len).sum();
            let there = self.one(items, false)?;
            if there.is_none() && turn.capacity.is_some_and(|capacity| count >= capacity) {
                return Err(Refusal::Full.into());
            }
            let content = if turn.garble {
                STANDARD.encode(b"something else")
            } else {
                STANDARD.encode(secret)
            };
            let name = there.unwrap_or_else(|| self.user.clone());
            self.ask_for_password(&name)?;
            let users = items.entry(self.service.clone()).or_default();
            users.insert(name, content);
            Ok(((), true))
        })
    }

    fn get_secret(&self) -> StoreResult<Vec<u8>> {
        self.inner.reads.fetch_add(1, Ordering::SeqCst);
        self.inner.perform(Call::Read, |items, turn| {
            let name = self.one(items, turn.emptied)?.ok_or(StoreError::NoEntry)?;
            self.ask_for_password(&name)?;
            let content = items.get(&self.service).and_then(|users| users.get(&name));
            let bytes = STANDARD
                .decode(content.ok_or(StoreError::NoEntry)?)
                .map_err(|_| StoreError::BadStoreFormat("not base64".to_owned()))?;
            Ok((bytes, false))
        })
    }

    fn get_attributes(&self) -> StoreResult<HashMap<String, String>> {
        let locked = self.user.ends_with(LOCKED);
        let attribute = (LOCKED.to_owned(), String::new());
        Ok(locked.then_some(attribute).into_iter().collect())
    }

    fn delete_credential(&self) -> StoreResult<()> {
        self.inner.deletes.fetch_add(1, Ordering::SeqCst);
        self.inner.perform(Call::Delete, |items, turn| {
            let name = self.one(items, turn.emptied)?.ok_or(StoreError::NoEntry)?;
            self.ask_for_password(&name)?;
            let users = items.get_mut(&self.service).ok_or(StoreError::NoEntry)?;
            users.remove(&name).ok_or(StoreError::NoEntry)?;
            Ok(((), true))
        })
    }

    fn get_credential(&self) -> StoreResult<Option<Arc<Credential>>> {
        self.get_secret().map(|_| None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        Some((self.service.clone(), self.user.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
