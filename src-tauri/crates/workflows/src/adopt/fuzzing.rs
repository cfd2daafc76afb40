//! The door by which arbitrary bytes reach what looks for keys, exactly as a file's bytes do.
//!
//! Only built with the feature `fuzzing`.

use terms::{AccountSid, KeySid, Secret};

use super::file::read_bytes;

/// An API SID that was found, the account that stands with it, and its secret.
pub type Found = (KeySid, Option<AccountSid>, Option<Secret>);

/// What is found in a file; nothing where it is neither a text nor a workbook.
pub fn keys_in(bytes: &[u8]) -> Option<Vec<Found>> {
    let found = read_bytes(bytes.to_vec()).ok()?.into_iter();
    Some(
        found
            .map(|one| (one.key, one.account, one.secret))
            .collect(),
    )
}
