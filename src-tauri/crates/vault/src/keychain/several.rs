//! Several items of one name: a restored keyring beside the one in use, two databases, or another program's doing.
//!
//! Whichever of them holds what this program wrote is used. The others are neither changed nor deleted, except when the user says so.

use keyring_core::{Entry, Error as StoreError};
use zeroize::Zeroizing;

use super::KeychainError;
use super::meaning::meaning_of;
use super::native::LOCKED;
use super::payload::{IsOurs, Payload, same};

/// Several items of one name.
pub(super) struct Several(Vec<Entry>);

impl Several {
    /// # Errors
    /// [`KeychainError::Ambiguous`] for a store that does not say which they are.
    pub(super) fn of(entries: Vec<Entry>) -> Result<Self, KeychainError> {
        if entries.is_empty() {
            Err(KeychainError::Ambiguous)
        } else {
            Ok(Self(entries))
        }
    }

    /// Every different content of ours, in the store's order. A locked item is looked into only where no open one is ours.
    ///
    /// # Errors
    /// Where none is of ours: what one of them answered, or [`KeychainError::Changed`].
    pub(super) fn of_ours(&self, is_ours: IsOurs<'_>) -> Result<Vec<Payload>, KeychainError> {
        let mut ours: Vec<Payload> = Vec::new();
        let mut failed = None;
        let (locked, open): (Vec<&Entry>, Vec<&Entry>) = self.0.iter().partition(is_locked);
        for entry in open.into_iter().chain(locked) {
            if is_locked(&entry) && !ours.is_empty() {
                break;
            }
            match content(entry) {
                Ok(Some(payload)) if is_ours(&payload) => {
                    if !ours.iter().any(|known| same(known, &payload)) {
                        ours.push(payload);
                    }
                }
                Ok(_) => {}
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        match (ours.is_empty(), failed) {
            (false, _) => Ok(ours),
            (true, Some(error)) => Err(error),
            (true, None) => Err(KeychainError::Changed),
        }
    }

    /// Deletes every item but one whose content is `kept`. Those that are locked are asked for.
    ///
    /// # Errors
    /// [`KeychainError::Changed`] where none has that content: nothing is deleted then. What the first one that stays answered.
    pub(super) fn reduce_to(&self, kept: &[u8]) -> Result<usize, KeychainError> {
        let is_kept = |entry: &&Entry| {
            !is_locked(entry) && matches!(content(entry), Ok(Some(found)) if same(&found, kept))
        };
        let Some(place) = self.0.iter().position(|entry| is_kept(&entry)) else {
            return Err(KeychainError::Changed);
        };
        let mut deleted = 0;
        for (_, entry) in self.0.iter().enumerate().filter(|(at, _)| *at != place) {
            match entry.delete_credential() {
                Ok(()) => deleted += 1,
                Err(StoreError::NoEntry) => {}
                Err(error) => return Err(meaning_of(error)),
            }
        }
        Ok(deleted)
    }
}

/// Writes over one of several, reads it back and compares: nothing where one has that content already, else the first that is ours, else
/// the first. Those that are locked stay as they are.
pub(super) fn save(
    entries: &[Entry],
    payload: &[u8],
    is_ours: IsOurs<'_>,
) -> Result<(), KeychainError> {
    let mut ours = None;
    let mut open = None;
    for entry in entries.iter().filter(|entry| !is_locked(entry)) {
        let found = content(entry)?;
        if found.as_deref().is_some_and(|found| same(found, payload)) {
            return Ok(());
        }
        if found.is_some_and(|found| is_ours(&found)) {
            ours = ours.or(Some(entry));
        }
        open = open.or(Some(entry));
    }
    let chosen = ours
        .or(open)
        .or(entries.first())
        .ok_or(KeychainError::Ambiguous)?;
    chosen.set_secret(payload).map_err(meaning_of)?;
    match content(chosen) {
        Ok(Some(found)) if same(&found, payload) => Ok(()),
        _ => Err(KeychainError::SaveNotConfirmed),
    }
}

/// Deletes those of ours that are open.
pub(super) fn delete(entries: &[Entry], is_ours: IsOurs<'_>) -> Result<(), KeychainError> {
    if entries.is_empty() {
        return Err(KeychainError::Ambiguous);
    }
    for entry in entries.iter().filter(|entry| !is_locked(entry)) {
        if content(entry)?.is_some_and(|found| is_ours(&found)) {
            match entry.delete_credential() {
                Ok(()) | Err(StoreError::NoEntry) => {}
                Err(error) => return Err(meaning_of(error)),
            }
        }
    }
    Ok(())
}

/// What is inside; `None` where it went away meanwhile.
fn content(entry: &Entry) -> Result<Option<Payload>, KeychainError> {
    match entry.get_secret() {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(StoreError::NoEntry) => Ok(None),
        Err(error) => Err(meaning_of(error)),
    }
}

fn is_locked(entry: &&Entry) -> bool {
    entry
        .get_attributes()
        .is_ok_and(|attributes| attributes.contains_key(LOCKED))
}
