//! Secrets in the keychain of the computer: Windows Credential Manager, macOS Keychain, or the Secret Service on Linux.

mod actor;
mod error;
#[cfg(feature = "file-store")]
pub mod file_store;
mod item;
mod keychain_store;
mod meaning;
mod native;
mod payload;
mod place;
mod room;
mod several;
mod unanswered;
mod wait;

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use keyring_core::CredentialStore;
use parking_lot::Mutex;
use terms::Secret;

pub use error::KeychainError;
#[cfg(feature = "file-store")]
pub use file_store::FileStore;
pub use item::{Item, Namespace};
pub use unanswered::{Unanswered, WORTH_SAYING_AFTER};

use self::actor::{Actor, Undo};
use self::keychain_store::{KeychainStore, Source};
use self::place::Place;

/// How long a caller waits for the keychain unless told otherwise: long enough to find a password box and remember the password.
/// Whoever does not want to wait so long gives up by [`Unanswered::give_up`].
pub const DEADLINE: Duration = Duration::from_secs(120);

/// The name of the keychain is worth no longer wait than this.
const NAMED_WITHIN: Duration = Duration::from_millis(300);

/// How long the secret of a canary is: with its binding, a canary is as large as a real API Secret's item.
const CANARY_LENGTH: usize = 112;

/// The keychain, behind a thread of its own. Clones share that thread.
///
/// Every call is answered within twice its deadline (once waiting for its turn, once running), give or take the second in which a
/// stuck thread is replaced; one that writes or deletes waits before that, once more at most, for an earlier one of the same item. Must be
/// called inside a tokio runtime with time enabled; never blocks it. A call whose future is dropped is withdrawn if it has not begun.
///
/// Of one item, writes and deletes are carried out one after the other, also those that nobody waits for any more: what was given up on can
/// never come after something newer.
#[derive(Clone)]
pub struct Keychain {
    actor: Arc<Actor>,
    deadline: Duration,
    unanswered: Unanswered,
    /// Tells the items of this data folder from those of another.
    vault: Option<Arc<str>>,
    seen_several: Arc<Mutex<HashSet<Item>>>,
}

impl Keychain {
    /// The system's own keychain. Nothing is asked of it before the first call.
    pub fn native(namespace: Namespace) -> Self {
        Self::of(Source::Native(namespace))
    }

    /// Another store in its place.
    pub fn with_store(store: Arc<CredentialStore>, namespace: Namespace) -> Self {
        Self::of(Source::Given(store, namespace))
    }

    /// Likewise, with items that are deleted and made anew where others would be written over, as on macOS. For tests.
    #[cfg(feature = "file-store")]
    pub fn with_replacing_store(store: Arc<CredentialStore>, namespace: Namespace) -> Self {
        Self::of(Source::Replacing(store, namespace))
    }

    fn of(source: Source) -> Self {
        Self {
            actor: Arc::new(Actor::new(source)),
            deadline: DEADLINE,
            unanswered: Unanswered::new(),
            vault: None,
            seen_several: Arc::default(),
        }
    }

    /// The same keychain for the items of one data folder, by its id. An item that was saved before items had that id in their names is
    /// found all the same, and copied; the earlier one stays, since another folder may need it.
    #[must_use]
    pub fn of_vault(self, id: &str) -> Self {
        Self {
            vault: Some(id.into()),
            ..self
        }
    }

    /// The same keychain with another deadline.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// The same keychain, its waiting calls counted and given up together with others'.
    #[must_use]
    pub fn counted_in(self, unanswered: &Unanswered) -> Self {
        Self {
            unanswered: unanswered.clone(),
            ..self
        }
    }

    /// Where its waiting calls are counted, and given up.
    pub fn unanswered(&self) -> &Unanswered {
        &self.unanswered
    }

    /// What the keychain of this system is called. On Linux the program's own name is known after the first call.
    pub fn name() -> &'static str {
        native::name()
    }

    /// The same name, after asking which program it is where a system has several. Opens nothing and asks nobody for a password.
    pub async fn find_name() -> &'static str {
        let asking = tokio::task::spawn_blocking(native::learn_name);
        // Without an answer the general name does as well.
        let _ = tokio::time::timeout(NAMED_WITHIN, asking).await;
        Self::name()
    }

    /// Writes the secret, reads it back and compares. An item of that name is overwritten; of several, one that holds what was saved before.
    ///
    /// # Errors
    /// After [`KeychainError::NoAnswer`], [`KeychainError::GivenUp`], [`KeychainError::Stopped`] and
    /// [`KeychainError::SaveNotConfirmed`] the outcome is unknown: read to find out.
    /// After any other error the item is as it was before.
    pub async fn save(&self, item: &Item, secret: &Secret) -> Result<(), KeychainError> {
        let payload = item.seal_in(secret);
        let (place, of) = (self.place(item), item.clone());
        let save = move |safe: &mut KeychainStore| {
            let saved = safe.save(&place.own, &payload, &|found| of.is_inside(found));
            (saved, None)
        };
        self.change(item, save).await
    }

    /// The same for what must not be there once its caller was told that it was not saved: a write that comes through after the caller
    /// stopped waiting is undone at once.
    ///
    /// # Errors
    /// Those of [`Keychain::save`]; after [`KeychainError::NoAnswer`] and [`KeychainError::GivenUp`] the item will be as it was before.
    pub async fn save_unless_late(
        &self,
        item: &Item,
        secret: &Secret,
    ) -> Result<(), KeychainError> {
        let payload = item.seal_in(secret);
        let (place, of) = (self.place(item), item.clone());
        let save = move |safe: &mut KeychainStore| {
            let before = match safe.look(&place.own) {
                Ok(before) => before,
                Err(error) => return (Err(error), None),
            };
            let saved = safe.save(&place.own, &payload, &|found| of.is_inside(found));
            let undo: Undo = Box::new(move |safe| place.undo_save(safe, &before, &payload));
            (saved, Some(undo))
        };
        self.change(item, save).await
    }

    /// Saves as [`Keychain::save_unless_late`] does, but only where the keychain has nothing for the item: of several callers at once that
    /// found nothing, one saves. Answers whether this one did.
    ///
    /// # Errors
    /// Those of [`Keychain::save_unless_late`], and of reading.
    pub async fn save_if_none(&self, item: &Item, secret: &Secret) -> Result<bool, KeychainError> {
        let payload = item.seal_in(secret);
        let (place, of) = (self.place(item), item.clone());
        let save = move |safe: &mut KeychainStore| {
            match place.read(safe, &|found| of.is_inside(found)) {
                Ok((found, _)) if found.is_empty() => {}
                Ok(_) => return (Ok(false), None),
                Err(error) => return (Err(error), None),
            }
            let before = match safe.look(&place.own) {
                Ok(before) => before,
                Err(error) => return (Err(error), None),
            };
            let saved = safe.save(&place.own, &payload, &|found| of.is_inside(found));
            let undo: Undo = Box::new(move |safe| place.undo_save(safe, &before, &payload));
            (saved.map(|()| true), Some(undo))
        };
        self.change(item, save).await
    }

    /// The secret of an item. `None` only when the keychain is open and has no such item; everything unreadable is an error.
    ///
    /// # Errors
    /// See [`KeychainError`]. [`KeychainError::Ambiguous`] only where several items hold different secrets: see [`Keychain::read_all`].
    pub async fn read(&self, item: &Item) -> Result<Option<Secret>, KeychainError> {
        let mut found = self.read_all(item).await?;
        match found.len() {
            0 | 1 => Ok(found.pop()),
            _ => Err(KeychainError::Ambiguous),
        }
    }

    /// Every different secret that is kept for an item, the one written last first where the keychain tells. More than one only where there
    /// are several items of its name; whoever knows what the secret is for can find out which of them works.
    ///
    /// # Errors
    /// See [`KeychainError`].
    pub async fn read_all(&self, item: &Item) -> Result<Vec<Secret>, KeychainError> {
        let (place, of) = (self.place(item), item.clone());
        let read = move |safe: &mut KeychainStore| {
            let found = place.read(safe, &|found| of.is_inside(found));
            let secrets = found.and_then(|(found, several)| {
                let secrets: Result<Vec<Secret>, _> =
                    found.iter().map(|payload| of.take_out(payload)).collect();
                secrets.map(|secrets| (secrets, several))
            });
            (secrets, None)
        };
        let (secrets, several) = self.call(read).await?;
        let mut seen = self.seen();
        if several {
            seen.insert(item.clone());
        } else {
            seen.remove(item);
        }
        Ok(secrets)
    }

    /// Of which items several were found when they were last read.
    pub fn seen_several(&self) -> Vec<Item> {
        self.seen().iter().cloned().collect()
    }

    /// Keeps one item that holds this secret, and deletes every other of its name, whatever is in it. Only to be done when the user says so.
    /// Answers how many were deleted.
    ///
    /// # Errors
    /// [`KeychainError::Changed`] where none holds this secret: nothing is deleted then. Else what the first one that stays answered.
    pub async fn reduce_to(&self, item: &Item, secret: &Secret) -> Result<usize, KeychainError> {
        let payload = item.seal_in(secret);
        let place = self.place(item);
        let reduce = move |safe: &mut KeychainStore| (place.reduce_to(safe, &payload), None);
        let deleted = self.change(item, reduce).await?;
        self.seen().remove(item);
        Ok(deleted)
    }

    /// Whether an item is there by the name that it had before items had the data folder's id in their names: another data folder may have no
    /// other.
    ///
    /// # Errors
    /// See [`KeychainError`].
    pub async fn has_earlier(&self, item: &Item) -> Result<bool, KeychainError> {
        let (place, of) = (self.place(item), item.clone());
        let look = move |safe: &mut KeychainStore| {
            (place.has_earlier(safe, &|found| of.is_inside(found)), None)
        };
        self.call(look).await
    }

    /// Deletes the item that is there by its earlier name. Only to be done when the user says so.
    ///
    /// # Errors
    /// Those of [`Keychain::delete`].
    pub async fn delete_earlier(&self, item: &Item) -> Result<(), KeychainError> {
        let (place, of) = (self.place(item), item.clone());
        let delete = move |safe: &mut KeychainStore| {
            (
                place.delete_earlier(safe, &|found| of.is_inside(found)),
                None,
            )
        };
        self.change(item, delete).await
    }

    fn seen(&self) -> parking_lot::MutexGuard<'_, HashSet<Item>> {
        self.seen_several.lock()
    }

    /// Deletes an item; one that is not there is done. Of several, those that hold what was saved here are deleted.
    ///
    /// # Errors
    /// After [`KeychainError::NoAnswer`], [`KeychainError::GivenUp`] and [`KeychainError::Stopped`] the outcome is unknown.
    pub async fn delete(&self, item: &Item) -> Result<(), KeychainError> {
        let (place, of) = (self.place(item), item.clone());
        let delete = move |safe: &mut KeychainStore| {
            (place.delete(safe, &|found| of.is_inside(found)), None)
        };
        self.change(item, delete).await
    }

    /// The same for what must still be there once its caller was told that it was not deleted: a deletion that comes through after the caller
    /// stopped waiting is undone at once.
    ///
    /// # Errors
    /// Those of [`Keychain::delete`]; after [`KeychainError::NoAnswer`] and [`KeychainError::GivenUp`] the item will be as it was before.
    pub async fn delete_unless_late(&self, item: &Item) -> Result<(), KeychainError> {
        let (place, of) = (self.place(item), item.clone());
        let delete = move |safe: &mut KeychainStore| {
            let before = match safe.look(&place.own) {
                Ok(before) => before,
                Err(error) => return (Err(error), None),
            };
            let deleted = place.delete(safe, &|found| of.is_inside(found));
            let undo: Undo = Box::new(move |safe| place.undo_delete(safe, &before));
            (deleted, Some(undo))
        };
        self.change(item, delete).await
    }

    /// Tries the keychain out with an item of the real size: write, read back, delete. To be asked before anything is created at
    /// Twilio: it puts up the password box now rather than later, and finds out about a full, denied or hanging keychain.
    ///
    /// # Errors
    /// See [`KeychainError`].
    pub async fn check(&self) -> Result<(), KeychainError> {
        let payload = Item::Canary.seal_in(&canary()?);
        let place = self.place(&Item::Canary);
        let check = move |safe: &mut KeychainStore| {
            let is_ours = |found: &[u8]| Item::Canary.is_inside(found);
            let checked = safe
                .save(&place.own, &payload, &is_ours)
                .and_then(|()| safe.delete(&place.own, &is_ours));
            (checked, None)
        };
        self.change(&Item::Canary, check).await
    }

    fn place(&self, item: &Item) -> Place {
        Place::of(item, self.vault.as_deref())
    }

    async fn call<T, F>(&self, work: F) -> Result<T, KeychainError>
    where
        T: Send + 'static,
        F: FnOnce(&mut KeychainStore) -> (Result<T, KeychainError>, Option<Undo>) + Send + 'static,
    {
        self.actor
            .call(self.deadline, &self.unanswered, None, work)
            .await
    }

    /// The same for what changes an item.
    async fn change<T, F>(&self, item: &Item, work: F) -> Result<T, KeychainError>
    where
        T: Send + 'static,
        F: FnOnce(&mut KeychainStore) -> (Result<T, KeychainError>, Option<Undo>) + Send + 'static,
    {
        let namespace = self.actor.namespace().as_str();
        let changes = format!("{namespace}/{}", self.place(item).own);
        self.actor
            .call(self.deadline, &self.unanswered, Some(changes), work)
            .await
    }
}

fn canary() -> Result<Secret, KeychainError> {
    let random: String = (0..CANARY_LENGTH)
        .map(|_| char::from(rand::random_range(b'a'..=b'z')))
        .collect();
    Secret::new(random).map_err(|error| KeychainError::broken(&error.to_string()))
}

impl fmt::Debug for Keychain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keychain")
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
