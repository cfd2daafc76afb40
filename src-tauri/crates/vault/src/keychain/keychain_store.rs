//! One open store, on the keychain thread: the blocking half of [`Keychain`](super::Keychain).

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error as StoreError};
use zeroize::Zeroizing;

use super::meaning::meaning_of;
use super::native::{self, Absence};
use super::payload::{IsOurs, Payload, same};
use super::several::{self, Several};
use super::{KeychainError, Namespace};
use crate::points::{Point, kill_point};

/// Where stores come from.
#[derive(Clone)]
pub(super) enum Source {
    /// The system's own keychain.
    Native(Namespace),
    /// A store made elsewhere, used as it is.
    Given(Arc<CredentialStore>, Namespace),
    /// Likewise, with items that are replaced as on macOS.
    #[cfg(feature = "file-store")]
    Replacing(Arc<CredentialStore>, Namespace),
}

impl Source {
    pub(super) fn namespace(&self) -> &Namespace {
        match self {
            Self::Native(namespace) | Self::Given(_, namespace) => namespace,
            #[cfg(feature = "file-store")]
            Self::Replacing(_, namespace) => namespace,
        }
    }

    /// Whether an item is replaced rather than written over.
    fn replaces(&self) -> bool {
        match self {
            Self::Native(_) => native::REPLACES,
            Self::Given(..) => false,
            #[cfg(feature = "file-store")]
            Self::Replacing(..) => true,
        }
    }
}

pub(super) struct KeychainStore {
    source: Source,
    store: Arc<CredentialStore>,
    /// Whether a call has gone through this connection: only then can it have become stale.
    used: bool,
}

/// What goes by one name.
pub(super) enum Looked {
    Nothing,
    One(Payload),
    Several(Several),
}

impl KeychainStore {
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
            Source::Native(namespace) => native::make_store(namespace).map_err(meaning_of),
            Source::Given(store, _) => Ok(Arc::clone(store)),
            #[cfg(feature = "file-store")]
            Source::Replacing(store, _) => Ok(Arc::clone(store)),
        }
    }

    /// Writes, reads back and compares.
    ///
    /// When the store reports an error that leaves the outcome open, what is there afterwards decides. Of several items one is
    /// written, see [`several::save`], and the others stay as they are.
    pub(super) fn save(
        &mut self,
        item: &str,
        payload: &[u8],
        is_ours: IsOurs<'_>,
    ) -> Result<(), KeychainError> {
        let written = self.reconnecting(|safe| {
            let entry = safe.entry(item)?;
            let written = if safe.source.replaces() {
                replace(&entry, payload)
            } else {
                entry.set_secret(payload)
            };
            match written {
                Ok(()) => Ok(None),
                Err(StoreError::Ambiguous(entries)) => Ok(Some(entries)),
                Err(error) => Err(meaning_of(error)),
            }
        });
        let written = match written {
            Ok(None) => Ok(()),
            Ok(Some(entries)) => return several::save(&entries, payload, is_ours),
            Err(error) => Err(error),
        };
        kill_point(Point::KeychainWritten);
        let error = match written {
            Ok(()) => KeychainError::SaveNotConfirmed,
            Err(error) if error.asked_the_user() => return Err(error),
            Err(error) => error,
        };
        match self.look(item) {
            Ok(Looked::One(found)) if same(&found, payload) => {
                kill_point(Point::KeychainReadBack);
                Ok(())
            }
            // The store said why, and nothing of ours is there.
            Ok(Looked::Nothing) => Err(error),
            _ if !error.leaves_the_outcome_open() => Err(error),
            _ => Err(KeychainError::SaveNotConfirmed),
        }
    }

    /// Every different content of ours that goes by this name, the one written last first where the keychain tells, and whether several
    /// items do; none only when the keychain is open and has no such item.
    pub(super) fn read(
        &mut self,
        item: &str,
        is_ours: IsOurs<'_>,
    ) -> Result<(Vec<Payload>, bool), KeychainError> {
        let found = match self.look(item)? {
            Looked::Nothing => match self.absence()? {
                Absence::Clear => Looked::Nothing,
                Absence::LookAgain => self.look(item)?,
            },
            found => found,
        };
        match found {
            Looked::Nothing => Ok((Vec::new(), false)),
            Looked::One(payload) if is_ours(&payload) => Ok((vec![payload], false)),
            Looked::One(_) => Err(KeychainError::Changed),
            Looked::Several(several) => Ok((several.of_ours(is_ours)?, true)),
        }
    }

    /// Deletes; an item that is not there is done. Of several, those of ours that are open are deleted, and no other.
    pub(super) fn delete(&mut self, item: &str, is_ours: IsOurs<'_>) -> Result<(), KeychainError> {
        let deleted = self.delete_once(item);
        match deleted {
            Ok(Deleted::Done) => Ok(()),
            Ok(Deleted::Several(entries)) => several::delete(&entries, is_ours),
            Err(error) if error.asked_the_user() => Err(error),
            Ok(Deleted::WasNotThere) => match self.absence()? {
                Absence::Clear => Ok(()),
                Absence::LookAgain => match self.delete_once(item)? {
                    Deleted::Done | Deleted::WasNotThere => Ok(()),
                    Deleted::Several(entries) => several::delete(&entries, is_ours),
                },
            },
            Err(error) => match self.read(item, is_ours) {
                Ok((found, _)) if found.is_empty() => Ok(()),
                _ => Err(error),
            },
        }
    }

    fn delete_once(&mut self, item: &str) -> Result<Deleted, KeychainError> {
        self.reconnecting(|safe| match safe.entry(item)?.delete_credential() {
            Ok(()) => Ok(Deleted::Done),
            Err(StoreError::NoEntry) => Ok(Deleted::WasNotThere),
            Err(StoreError::Ambiguous(entries)) => Ok(Deleted::Several(entries)),
            Err(error) => Err(meaning_of(error)),
        })
    }

    /// What goes by this name now, whatever "nothing" is worth.
    pub(super) fn look(&mut self, item: &str) -> Result<Looked, KeychainError> {
        self.reconnecting(|safe| match safe.entry(item)?.get_secret() {
            Ok(bytes) => Ok(Looked::One(Zeroizing::new(bytes))),
            Err(StoreError::NoEntry) => Ok(Looked::Nothing),
            Err(StoreError::Ambiguous(entries)) => Several::of(entries).map(Looked::Several),
            Err(error) => Err(meaning_of(error)),
        })
    }

    fn absence(&mut self) -> Result<Absence, KeychainError> {
        self.reconnecting(|safe| match safe.source {
            Source::Native(_) => native::absence(safe.store.as_ref()),
            _ => Ok(Absence::Clear),
        })
    }

    fn entry(&self, item: &str) -> Result<Entry, KeychainError> {
        match &self.source {
            Source::Native(namespace) => native::entry(self.store.as_ref(), namespace, item),
            Source::Given(store, namespace) => store.build(namespace.as_str(), item, None),
            #[cfg(feature = "file-store")]
            Source::Replacing(store, namespace) => store.build(namespace.as_str(), item, None),
        }
        .map_err(meaning_of)
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

/// Deletes an item and makes it anew, so that who may read it is what this program's own items have, and not what the one who made it chose. Where
/// the new one is refused, the old content is put back.
fn replace(entry: &Entry, payload: &[u8]) -> Result<(), StoreError> {
    let before = match entry.get_secret() {
        Ok(before) => Some(Zeroizing::new(before)),
        Err(StoreError::NoEntry) => None,
        Err(error) => return Err(error),
    };
    if before.is_some() {
        match entry.delete_credential() {
            Ok(()) | Err(StoreError::NoEntry) => {}
            Err(error) => return Err(error),
        }
    }
    entry.set_secret(payload).inspect_err(|_| {
        if let Some(before) = &before {
            // Where that is refused as well, the error of the write says why.
            let _ = entry.set_secret(before);
        }
    })
}

/// What became of one deletion.
enum Deleted {
    Done,
    WasNotThere,
    Several(Vec<Entry>),
}
