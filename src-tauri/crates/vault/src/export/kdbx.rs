//! KDBX 4: encrypted, and read by KeePassXC, KeePass, Strongbox and KeePassDX.

use keepass::config::KdfConfig;
use keepass::db::fields;
use keepass::{Database, DatabaseKey};
use zeroize::Zeroizing;

use super::{CONSOLE, ExportError, Exported};
use crate::Passphrase;

/// Argon2 in the strength that KeePassXC writes by default: 64 MiB, ten passes.
const MEMORY: u64 = 64 * 1024 * 1024;
const PASSES: u64 = 10;

/// The credentials as a KDBX 4 file. Blocks for about a second.
///
/// # Errors
/// [`ExportError::Failed`]
pub fn kdbx(
    credentials: &[Exported],
    passphrase: &Passphrase,
) -> Result<Zeroizing<Vec<u8>>, ExportError> {
    let mut database = Database::new();
    if let KdfConfig::Argon2 {
        memory, iterations, ..
    } = &mut database.config.kdf_config
    {
        (*memory, *iterations) = cost();
    }
    database.meta.database_name = Some("Subvault".to_owned());
    let mut root = database.root_mut();
    let mut group = root.add_group();
    group.name = "Subvault".to_owned();
    for one in credentials {
        let mut entry = group.add_entry();
        entry.set_unprotected(fields::TITLE, one.key_name.as_str());
        entry.set_unprotected(fields::USERNAME, one.key.as_str());
        entry.set_protected(fields::PASSWORD, one.secret.expose());
        entry.set_unprotected(fields::URL, CONSOLE);
        entry.set_unprotected("Customer", one.account_name.as_str());
        entry.set_unprotected("Account SID", one.account.as_str());
        entry.tags.push("Twilio".to_owned());
    }
    let mut file = Zeroizing::new(Vec::new());
    let key = DatabaseKey::new().with_password(passphrase.expose());
    database
        .save(&mut *file, key)
        .map_err(|error| ExportError::Failed(error.to_string()))?;
    Ok(file)
}

#[cfg(not(feature = "file-store"))]
fn cost() -> (u64, u64) {
    (MEMORY, PASSES)
}

/// Tests that open many files do not wait for each as somebody has to who guesses.
#[cfg(feature = "file-store")]
fn cost() -> (u64, u64) {
    match crate::recovery::testing::is_quick() {
        true => (1024 * 1024, 1),
        false => (MEMORY, PASSES),
    }
}
