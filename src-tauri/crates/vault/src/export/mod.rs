//! Files for other programs: for password managers KDBX 4, which is encrypted, and two plain ones that everybody can read; for spreadsheets
//! lists without secrets.

mod bitwarden;
mod erase;
mod kdbx;
mod one_password;
mod table;

use std::path::{Path, PathBuf};
use std::{fs, io};

use terms::{AccountSid, KeySid, Secret};
use zeroize::Zeroizing;

pub use bitwarden::bitwarden_json;
pub use kdbx::kdbx;
pub use one_password::one_password_csv;
pub use table::{Cell, Table};

use crate::backup::{Partial, WriteError, place, read_back, removed_again};

/// Where API keys are looked after.
const CONSOLE: &str = "https://console.twilio.com/";

/// One credential on its way to another program.
#[derive(Debug)]
pub struct Exported {
    /// The customer's name.
    pub account_name: String,
    /// The Account SID.
    pub account: AccountSid,
    /// The key's name.
    pub key_name: String,
    /// The key's SID.
    pub key: KeySid,
    /// The API Secret.
    pub secret: Secret,
}

/// Why a file for another program could not be made.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// A spreadsheet would take this secret for a formula, and guarding it would change it.
    #[error("a secret begins like a formula")]
    LooksLikeAFormula,
    /// The library's own words.
    #[error("the file could not be made: {0}")]
    Failed(String),
    /// It could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// What files for other programs are called while they are written.
const PARTIAL: Partial<'static> = Partial {
    kind: "Subvault-export-",
};

/// Where a file is to be written before it has its name: beside its place, under a name that nobody can know before.
///
/// # Errors
/// [`WriteError::FolderMissing`] for a path that cannot be a file's.
pub fn partial_beside(path: &Path) -> Result<PathBuf, WriteError> {
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(_)) => Ok(PARTIAL.within(folder)),
        _ => Err(WriteError::FolderMissing),
    }
}

/// Whether this is a name by [`partial_beside`]: what is there by that name was never finished.
pub fn is_partial(path: &Path) -> bool {
    PARTIAL.is(path)
}

/// Writes the file for its owner alone, to `partial` first, synced, and reads it back.
///
/// # Errors
/// See [`WriteError`]. A file that was there before stays then, unless what was written did not read back.
pub fn write(path: &Path, partial: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    place(partial, path, bytes)?;
    let again = read_back(path).map(Zeroizing::new);
    match again {
        Ok(again) if again.as_slice() == bytes => Ok(()),
        Ok(_) => Err(removed_again(path, WriteError::NotTheSame)),
        Err(error) => Err(removed_again(path, error)),
    }
}

/// Writes a file that holds no secret and is nobody else's business all the same.
///
/// # Errors
/// See [`write`].
pub fn write_page(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write(path, &partial_beside(path)?, bytes)
}

/// Whether a file that was written is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    There,
    /// Its folder is there, and it is not.
    Gone,
    /// Its folder is not there either, as on a stick that was taken out, or cannot be read.
    OutOfReach,
}

/// Looks for a file.
pub fn presence(path: &Path) -> Presence {
    let is_missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    match fs::symlink_metadata(path) {
        Ok(_) => Presence::There,
        Err(error) if is_missing(&error) && path.parent().is_some_and(Path::is_dir) => {
            Presence::Gone
        }
        Err(_) => Presence::OutOfReach,
    }
}

/// Overwrites a readable file with nothing and deletes it. Solid-state disks and synchronised folders may keep copies all the same. Of a
/// link that somebody put in its place, at whatever moment, only the link is deleted; so is a file that has another name as well, which
/// may be somebody else's.
///
/// # Errors
/// What the disk answered, [`WriteError::FolderMissing`] for a stick that was taken out; a file that is gone is done.
pub fn delete(path: &Path) -> Result<(), WriteError> {
    match erase::erase(path, || {}) {
        Err(_) if presence(path) == Presence::Gone => Ok(()),
        outcome => Ok(outcome?),
    }
}
