//! age files that are encrypted to a passphrase (<https://age-encryption.org/v1>, "scrypt").

use std::io::{Read, Write as _};
use std::iter;

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use zeroize::Zeroizing;

use super::Passphrase;

/// The work factor that is written: 2¹⁸ rounds, a second or so and 256 MiB. The stock program writes the same.
pub const WORK_FACTOR: u8 = 18;

/// The largest work factor that is read, as in the stock program: a file from elsewhere must not occupy this computer for hours.
pub const LARGEST_WORK_FACTOR: u8 = 22;

/// Why a file did not open.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// The passphrase is another one. Damage in the few bytes that the passphrase itself opens looks the same.
    #[error("the passphrase does not open the file")]
    WrongPassphrase,
    /// It is no age file, or one that is not encrypted to a passphrase.
    #[error("this is not a file that a passphrase opens")]
    OtherFile,
    /// It was changed or cut off.
    #[error("the file is damaged")]
    Damaged,
    /// Opening it would take more work than is put up with.
    #[error("the file asks for a work factor of {required}")]
    TooMuchWork {
        /// Its work factor.
        required: u8,
    },
    /// There is more in it than `most` bytes.
    #[error("the file is too large")]
    TooLarge,
}

/// Encrypts. Blocks for about a second.
pub(crate) fn encrypt(
    passphrase: &Passphrase,
    plain: &[u8],
    format: Format,
) -> std::io::Result<Vec<u8>> {
    let mut recipient = scrypt::Recipient::new(passphrase.for_age());
    recipient.set_work_factor(work_factor());
    let recipient: &dyn age::Recipient = &recipient;
    let encryptor =
        Encryptor::with_recipients(iter::once(recipient)).map_err(std::io::Error::other)?;
    let armour = ArmoredWriter::wrap_output(Vec::new(), format)?;
    let mut writer = encryptor.wrap_output(armour)?;
    writer.write_all(plain)?;
    writer.finish()?.finish()
}

/// Decrypts at most `most` bytes, armoured or not. Blocks for about a second; up to a minute at [`LARGEST_WORK_FACTOR`].
pub(crate) fn decrypt(
    passphrase: &Passphrase,
    file: &[u8],
    most: usize,
) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
    decrypt_with(&opener(passphrase), file, most)
}

/// What opens the files of a passphrase. Making it takes some milliseconds, in which age measures the computer.
pub(crate) fn opener(passphrase: &Passphrase) -> scrypt::Identity {
    let mut identity = scrypt::Identity::new(passphrase.for_age());
    identity.set_max_work_factor(LARGEST_WORK_FACTOR);
    identity
}

/// As [`decrypt`].
pub(crate) fn decrypt_with(
    identity: &scrypt::Identity,
    file: &[u8],
    most: usize,
) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(file)).map_err(meaning)?;
    if !decryptor.is_scrypt() {
        return Err(NotOpened::OtherFile);
    }
    let identity: &dyn age::Identity = identity;
    let reader = decryptor.decrypt(iter::once(identity)).map_err(meaning)?;
    // Room for everything at once: a buffer that grows would leave its old copies in memory.
    let mut plain = Zeroizing::new(Vec::with_capacity(most.min(file.len()) + 1));
    let limit = u64::try_from(most).map_or(u64::MAX, |most| most.saturating_add(1));
    reader
        .take(limit)
        .read_to_end(&mut plain)
        .map_err(|_| NotOpened::Damaged)?;
    if plain.len() > most {
        return Err(NotOpened::TooLarge);
    }
    Ok(plain)
}

fn meaning(error: DecryptError) -> NotOpened {
    match error {
        DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::NoMatchingKeys => NotOpened::WrongPassphrase,
        DecryptError::ExcessiveWork { required, .. } => NotOpened::TooMuchWork { required },
        DecryptError::UnknownFormat => NotOpened::OtherFile,
        _ => NotOpened::Damaged,
    }
}

#[cfg(not(feature = "file-store"))]
fn work_factor() -> u8 {
    WORK_FACTOR
}

#[cfg(feature = "file-store")]
fn work_factor() -> u8 {
    testing::WORK_FACTOR.load(std::sync::atomic::Ordering::Relaxed)
}

/// For tests only: the program is never built with the feature that opens this door.
#[cfg(feature = "file-store")]
pub mod testing {
    use std::sync::atomic::{AtomicU8, Ordering};

    pub(super) static WORK_FACTOR: AtomicU8 = AtomicU8::new(super::WORK_FACTOR);

    /// Writes with a work factor of 2¹⁰ from now on, in the whole process.
    pub fn quick() {
        WORK_FACTOR.store(10, Ordering::Relaxed);
    }

    /// Writes with the program's own work factor from now on, in the whole process.
    pub fn as_in_the_program() {
        WORK_FACTOR.store(super::WORK_FACTOR, Ordering::Relaxed);
    }
}
