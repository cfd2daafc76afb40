//! Where an item of one data folder is, and where it was before items had the folder's id in their names.

use super::keychain_store::{KeychainStore, Looked};
use super::payload::{IsOurs, Payload, same};
use super::{Item, KeychainError};

/// The names under which an item may be.
pub(super) struct Place {
    /// Its own.
    pub(super) own: String,
    /// One that every data folder of the user once shared.
    earlier: Option<Earlier>,
}

struct Earlier {
    name: String,
    /// What it holds is of no use to any other folder once this one has deleted its own.
    dies_with_own: bool,
}

impl Place {
    pub(super) fn of(item: &Item, vault: Option<&str>) -> Self {
        let name = item.name();
        let dies_with_own = match item {
            // Deleted only with the key at Twilio.
            Item::ApiSecret { .. } => true,
            Item::AuthToken { .. } => false,
            // Its name has had the folder's id in it from the beginning.
            Item::SealingIdentity { .. } => {
                return Self {
                    own: name,
                    earlier: None,
                };
            }
            // Nothing of it is ever left.
            Item::Canary => {
                return Self {
                    own: with_vault(&name, vault),
                    earlier: None,
                };
            }
        };
        Self {
            own: with_vault(&name, vault),
            earlier: vault.map(|_| Earlier {
                name,
                dies_with_own,
            }),
        }
    }

    /// Every different content of ours, and whether several items go by the name. One that is there by its earlier name only is copied; where
    /// that does not work, it is copied the next time.
    pub(super) fn read(
        &self,
        safe: &mut KeychainStore,
        is_ours: IsOurs<'_>,
    ) -> Result<(Vec<Payload>, bool), KeychainError> {
        let found = safe.read(&self.own, is_ours)?;
        let Some(earlier) = self.earlier.as_ref().filter(|_| found.0.is_empty()) else {
            return Ok(found);
        };
        let found = safe.read(&earlier.name, is_ours)?;
        if let [only] = found.0.as_slice() {
            let _ = safe.save(&self.own, only, is_ours);
        }
        Ok(found)
    }

    pub(super) fn delete(
        &self,
        safe: &mut KeychainStore,
        is_ours: IsOurs<'_>,
    ) -> Result<(), KeychainError> {
        safe.delete(&self.own, is_ours)?;
        match &self.earlier {
            Some(earlier) if earlier.dies_with_own => safe.delete(&earlier.name, is_ours),
            _ => Ok(()),
        }
    }

    pub(super) fn has_earlier(
        &self,
        safe: &mut KeychainStore,
        is_ours: IsOurs<'_>,
    ) -> Result<bool, KeychainError> {
        match &self.earlier {
            Some(earlier) => Ok(!safe.read(&earlier.name, is_ours)?.0.is_empty()),
            None => Ok(false),
        }
    }

    pub(super) fn delete_earlier(
        &self,
        safe: &mut KeychainStore,
        is_ours: IsOurs<'_>,
    ) -> Result<(), KeychainError> {
        match &self.earlier {
            Some(earlier) => safe.delete(&earlier.name, is_ours),
            None => Ok(()),
        }
    }

    pub(super) fn reduce_to(
        &self,
        safe: &mut KeychainStore,
        kept: &[u8],
    ) -> Result<usize, KeychainError> {
        match safe.look(&self.own)? {
            Looked::Several(several) => several.reduce_to(kept),
            Looked::One(found) if same(&found, kept) => Ok(0),
            Looked::One(_) | Looked::Nothing => Err(KeychainError::Changed),
        }
    }

    /// Makes the item what it was before `payload` was saved, unless something else is there by now. What cannot be undone stays.
    pub(super) fn undo_save(&self, safe: &mut KeychainStore, before: &Looked, payload: &[u8]) {
        let is_this = |found: &[u8]| same(found, payload);
        match (before, safe.look(&self.own)) {
            (Looked::Nothing, Ok(Looked::One(now))) if is_this(&now) => {
                let _ = safe.delete(&self.own, &is_this);
            }
            (Looked::One(before), Ok(Looked::One(now))) if is_this(&now) => {
                let _ = safe.save(&self.own, before, &is_this);
            }
            _ => {}
        }
    }

    /// Puts back what was deleted, unless something is there by now.
    pub(super) fn undo_delete(&self, safe: &mut KeychainStore, before: &Looked) {
        if let (Looked::One(before), Ok(Looked::Nothing)) = (before, safe.look(&self.own)) {
            let _ = safe.save(&self.own, before, &|_| true);
        }
    }
}

fn with_vault(name: &str, vault: Option<&str>) -> String {
    match vault {
        Some(vault) => format!("{name} ({vault})"),
        None => name.to_owned(),
    }
}
