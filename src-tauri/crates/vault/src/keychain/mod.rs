//! Secrets in the keychain of the computer: Windows Credential Manager, macOS Keychain, or the Secret Service on Linux.

mod actor;
mod error;
#[cfg(feature = "file-store")]
pub mod file_store;
mod item;
mod native;
mod safe;
mod unanswered;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use keyring_core::CredentialStore;

pub use error::KeychainError;
#[cfg(feature = "file-store")]
pub use file_store::FileStore;
pub use item::{Item, Namespace};
pub use unanswered::{Unanswered, WORTH_SAYING_AFTER};

use self::actor::Actor;
use self::safe::Source;
use crate::Secret;

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
/// stuck thread is replaced. Must be called inside a tokio
/// runtime with time enabled; never blocks it. A call whose future is dropped is withdrawn if it has not begun.
#[derive(Clone)]
pub struct Keychain {
    actor: Arc<Actor>,
    deadline: Duration,
    unanswered: Unanswered,
}

impl Keychain {
    /// The system's own keychain. Nothing is asked of it before the first call.
    pub fn native(namespace: Namespace) -> Self {
        Self {
            actor: Arc::new(Actor::new(Source::Native(namespace))),
            deadline: DEADLINE,
            unanswered: Unanswered::new(),
        }
    }

    /// Another store in its place.
    pub fn with_store(store: Arc<CredentialStore>, namespace: Namespace) -> Self {
        Self {
            actor: Arc::new(Actor::new(Source::Given(store, namespace))),
            deadline: DEADLINE,
            unanswered: Unanswered::new(),
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

    /// Writes the secret, reads it back and compares. An item of that name is overwritten.
    ///
    /// # Errors
    /// After [`KeychainError::NoAnswer`], [`KeychainError::Stopped`] and [`KeychainError::SaveNotConfirmed`] the outcome is
    /// unknown: read to find out.
    /// After any other error the item is as it was before.
    pub async fn save(&self, item: &Item, secret: &Secret) -> Result<(), KeychainError> {
        let payload = item.seal_in(secret);
        let name = item.name();
        self.call(move |safe| safe.save(&name, &payload)).await
    }

    /// The secret of an item. `None` only when the keychain is open and has no such item; everything unreadable is an error.
    ///
    /// # Errors
    /// See [`KeychainError`].
    pub async fn read(&self, item: &Item) -> Result<Option<Secret>, KeychainError> {
        let item = item.clone();
        let read = move |safe: &mut safe::Safe| match safe.read(&item.name())? {
            Some(payload) => item.take_out(&payload).map(Some),
            None => Ok(None),
        };
        self.call(read).await
    }

    /// Deletes an item; one that is not there is done.
    ///
    /// # Errors
    /// After [`KeychainError::NoAnswer`] and [`KeychainError::Stopped`] the outcome is unknown.
    pub async fn delete(&self, item: &Item) -> Result<(), KeychainError> {
        let name = item.name();
        self.call(move |safe| safe.delete(&name)).await
    }

    /// Tries the keychain out with an item of the real size: write, read back, delete. To be asked before anything is created at
    /// Twilio: it puts up the password box now rather than later, and finds out about a full, denied or hanging keychain.
    ///
    /// # Errors
    /// See [`KeychainError`].
    pub async fn check(&self) -> Result<(), KeychainError> {
        let payload = Item::Canary.seal_in(&canary()?);
        let name = Item::Canary.name();
        let check = move |safe: &mut safe::Safe| {
            safe.save(&name, &payload)?;
            safe.delete(&name)
        };
        self.call(check).await
    }

    async fn call<T, F>(&self, work: F) -> Result<T, KeychainError>
    where
        T: Send + 'static,
        F: FnOnce(&mut safe::Safe) -> Result<T, KeychainError> + Send + 'static,
    {
        self.actor.call(self.deadline, &self.unanswered, work).await
    }
}

impl Keychain {
    /// How many more items the keychain takes, up to `wanted`: so many canaries of the real size are written, and all of them
    /// deleted again. Windows caps the number of items without saying to how many.
    ///
    /// # Errors
    /// See [`KeychainError`]; a keychain that is full is an answer and not an error.
    pub async fn room_for(&self, wanted: u8) -> Result<u8, KeychainError> {
        let payload = Item::Canary.seal_in(&canary()?);
        let names: Vec<String> = (1..=wanted)
            .map(|number| format!("{} {number}", Item::Canary.name()))
            .collect();
        let fill = move |safe: &mut safe::Safe| {
            let mut taken = 0;
            let mut outcome = Ok(());
            for name in &names {
                match safe.save(name, &payload) {
                    Ok(()) => taken += 1,
                    Err(KeychainError::Full) => break,
                    Err(error) => {
                        outcome = Err(error);
                        break;
                    }
                }
            }
            // One more than were taken: a save that was not confirmed may have been carried out.
            for name in names.iter().take(usize::from(taken) + 1) {
                let deleted = safe.delete(name);
                outcome = outcome.and(deleted);
            }
            outcome.map(|()| taken)
        };
        self.call(fill).await
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
