//! The door by which arbitrary bytes reach the parsers of this crate, exactly as those of a keychain's item or of a database's
//! column do.
//!
//! Only built with the feature `fuzzing`. A whole data folder on a thread of its own needs no door: it is opened by
//! [`crate::Records::open`].

use crate::backup::{Document, LARGEST, NotRestorable, looks_like_a_backup};
pub use crate::records::fuzzing::{
    Asked, Examined, connect, examine, open, salvage, undo, without_a_thread,
};
use crate::recovery::{self, NotOpened, Passphrase, PassphraseOpener, RecoveryError};
use crate::sealed::Identities;
use crate::{Item, KeychainError, SealedCopy, SealedError};
use terms::{AccountSid, KeySid, Secret};

/// The secret in the bytes of a keychain's item.
///
/// # Errors
/// As [`crate::Keychain::read`].
pub fn take_out(item: &Item, payload: &[u8]) -> Result<Secret, KeychainError> {
    item.take_out(payload)
}

/// The secret in the text of a sealed copy that is labelled with an account and a key.
///
/// # Errors
/// As [`crate::sealed::open`].
pub fn open_sealed(
    identity: &Secret,
    account: AccountSid,
    key: KeySid,
    armoured: String,
) -> Result<Secret, SealedError> {
    let copy = SealedCopy::from_parts(account, key, armoured);
    Identities::parse(identity)?.open(&copy)
}

/// What opens the files of one passphrase, and puts up with little work. Made once: that takes as long as reading many files.
pub struct Opener(PassphraseOpener);

impl Opener {
    /// Reads no file with a larger work factor than this.
    pub fn new(passphrase: &Passphrase, largest_work_factor: u8) -> Self {
        Self(PassphraseOpener::up_to(passphrase, largest_work_factor))
    }

    /// What is in a backup.
    ///
    /// # Errors
    /// As [`crate::backup::open`].
    pub fn open_backup(&self, file: &[u8]) -> Result<Document, NotRestorable> {
        if !looks_like_a_backup(file) {
            return Err(NotOpened::OtherFile.into());
        }
        Ok(Document::parse(&self.0.open(file, LARGEST)?)?)
    }

    /// The public half of the identity in the text of a wrapped identity.
    ///
    /// # Errors
    /// As [`crate::recovery::check`] answers for it.
    pub fn unwrap_identity(&self, wrapped: &str) -> Result<String, RecoveryError> {
        let identity = recovery::unwrap_with(&self.0, wrapped.as_bytes())?;
        Ok(identity.to_public().to_string())
    }
}

/// The passphrase in the text of a sealed one.
///
/// # Errors
/// As [`crate::recovery::known`] answers for it.
pub fn unseal_passphrase(identity: &Secret, sealed: &str) -> Result<Passphrase, RecoveryError> {
    let identity = Identities::parse(identity)?.current(None)?;
    recovery::unseal_passphrase(&identity, sealed)
}

/// A passphrase that was set by another version or for a file of another program, byte for byte.
pub fn passphrase_of_old(text: &str) -> Passphrase {
    Passphrase::exactly(text)
}
