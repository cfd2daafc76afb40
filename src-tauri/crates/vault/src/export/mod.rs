//! Files for other password managers: KDBX 4, which is encrypted, and two plain ones that everybody can read.

mod bitwarden;
mod kdbx;
mod one_password;

use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

use zeroize::Zeroizing;

pub use bitwarden::bitwarden_json;
pub use kdbx::kdbx;
pub use one_password::one_password_csv;

use crate::backup::{WriteError, place_for_export};
use crate::{AccountId, KeyId, Secret};

/// Where API keys are looked after.
const CONSOLE: &str = "https://console.twilio.com/";

/// One credential on its way to another program.
#[derive(Debug)]
pub struct Exported {
    /// The customer's name.
    pub account_name: String,
    /// The Account SID.
    pub account: AccountId,
    /// The key's name.
    pub key_name: String,
    /// The key's SID.
    pub key: KeyId,
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

/// Writes the file for its owner alone, beside its place first, synced, and reads it back.
///
/// # Errors
/// See [`WriteError`]. A file that was there before stays then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    place_for_export(path, bytes)?;
    let again = Zeroizing::new(fs::read(path)?);
    if again.as_slice() == bytes {
        Ok(())
    } else {
        Err(WriteError::NotTheSame)
    }
}

/// Overwrites a readable file with nothing and deletes it. Solid-state disks and synchronised folders may keep copies all the same.
///
/// # Errors
/// What the disk answered; a file that is gone is done.
pub fn delete(path: &Path) -> Result<(), WriteError> {
    let gone = (|| -> io::Result<()> {
        let length = fs::metadata(path)?.len();
        let mut file = fs::File::options().write(true).open(path)?;
        io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
        file.flush()?;
        file.sync_all()?;
        fs::remove_file(path)
    })();
    match gone {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => Ok(outcome?),
    }
}
