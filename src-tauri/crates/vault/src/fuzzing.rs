//! The door by which arbitrary bytes reach the parsers of this crate, exactly as those of a keychain's item or of a database's
//! column do.
//!
//! Only built with the feature `fuzzing`. A whole data folder needs no door: it is opened by [`crate::Records::open`].

pub use crate::records::fuzzing::{is_broken, salvage, undo, with_connection};
use crate::sealed::{open_with, parse_identity};
use crate::{AccountId, Item, KeyId, KeychainError, SealedCopy, SealedError, Secret};

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
    account: AccountId,
    key: KeyId,
    armoured: String,
) -> Result<Secret, SealedError> {
    let copy = SealedCopy::from_parts(account, key, armoured);
    open_with(&parse_identity(identity)?, &copy)
}
