//! One open store, on the keychain thread: the blocking half of [`Keychain`](super::Keychain).

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error as StoreError};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::native::{self, Absence};
use super::{KeychainError, Namespace};
use crate::points::{Point, reached};

/// Where stores come from.
#[derive(Clone)]
pub(super) enum Source {
    /// The system's own keychain.
    Native(Namespace),
    /// A store made elsewhere, used as it is.
    Given(Arc<CredentialStore>, Namespace),
}

pub(super) struct Safe {
    source: Source,
    store: Arc<CredentialStore>,
    /// Whether a call has gone through this connection: only then can it have become stale.
    used: bool,
}

impl Safe {
    pub(super) fn open(source: Source) -> Result<Self, KeychainError> {
        let store = Self::connect(&source)?;
        Ok(Self {
            source,
            store,
            used: false,
        })
    }

    fn connect(source: &Source) -> Result<Arc<CredentialStore>, KeychainError> {
        match source {
            Source::Native(namespace) => {
                native::make_store(namespace).map_err(KeychainError::from_store)
            }
            Source::Given(store, _) => Ok(Arc::clone(store)),
        }
    }

    /// Writes, reads back and compares.
    ///
    /// When the store reports an error that leaves the outcome open, what is there afterwards decides.
    pub(super) fn save(&mut self, item: &str, payload: &[u8]) -> Result<(), KeychainError> {
        let written = self.reconnecting(|safe| {
            safe.entry(item)?
                .set_secret(payload)
                .map_err(KeychainError::from_store)
        });
        reached(Point::KeychainWritten);
        let error = match written {
            Ok(()) => KeychainError::SaveNotConfirmed,
            Err(error) if error.asked_the_user() => return Err(error),
            Err(error) => error,
        };
        match self.look(item) {
            Ok(Some(found)) if bool::from(found.as_slice().ct_eq(payload)) => {
                reached(Point::KeychainReadBack);
                Ok(())
            }
            // The store said why, and nothing of ours is there.
            Ok(None) => Err(error),
            Ok(Some(_)) | Err(_) if !error.leaves_the_outcome_open() => Err(error),
            Ok(Some(_)) | Err(_) => Err(KeychainError::SaveNotConfirmed),
        }
    }

    /// The bytes of an item; `None` only when the keychain is open and has no such item.
    pub(super) fn read(&mut self, item: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        match self.look(item)? {
            Some(found) => Ok(Some(found)),
            None => match self.absence()? {
                Absence::Clear => Ok(None),
                Absence::LookAgain => self.look(item),
            },
        }
    }

    /// Deletes; an item that is not there is done.
    pub(super) fn delete(&mut self, item: &str) -> Result<(), KeychainError> {
        let deleted = self.reconnecting(|safe| match safe.entry(item)?.delete_credential() {
            Ok(()) => Ok(true),
            Err(StoreError::NoEntry) => Ok(false),
            Err(error) => Err(KeychainError::from_store(error)),
        });
        match deleted {
            Ok(true) => Ok(()),
            Err(error) if error.asked_the_user() => Err(error),
            Ok(false) => match self.absence()? {
                Absence::Clear => Ok(()),
                Absence::LookAgain => match self.entry(item)?.delete_credential() {
                    Ok(()) | Err(StoreError::NoEntry) => Ok(()),
                    Err(error) => Err(KeychainError::from_store(error)),
                },
            },
            Err(error) => match self.read(item) {
                Ok(None) => Ok(()),
                Ok(Some(_)) | Err(_) => Err(error),
            },
        }
    }

    fn look(&mut self, item: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.reconnecting(|safe| match safe.entry(item)?.get_secret() {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(StoreError::NoEntry) => Ok(None),
            Err(error) => Err(KeychainError::from_store(error)),
        })
    }

    fn absence(&self) -> Result<Absence, KeychainError> {
        match self.source {
            Source::Native(_) => native::absence(),
            Source::Given(..) => Ok(Absence::Clear),
        }
    }

    fn entry(&self, item: &str) -> Result<Entry, KeychainError> {
        match &self.source {
            Source::Native(namespace) => native::entry(self.store.as_ref(), namespace, item),
            Source::Given(store, namespace) => store.build(namespace.as_str(), item, None),
        }
        .map_err(KeychainError::from_store)
    }

    /// Does it again on a new connection when the old one may have died, as after the keychain was restarted. What is done
    /// again is harmless twice: reading, deleting, or writing the same content.
    fn reconnecting<T>(
        &mut self,
        mut attempt: impl FnMut(&Self) -> Result<T, KeychainError>,
    ) -> Result<T, KeychainError> {
        let first = attempt(self);
        let was_used = std::mem::replace(&mut self.used, true);
        match first {
            Err(error)
                if error.may_be_a_stale_connection()
                    && was_used
                    && matches!(self.source, Source::Native(_)) =>
            {
                self.store = Self::connect(&self.source)?;
                attempt(self)
            }
            answer => answer,
        }
    }
}
