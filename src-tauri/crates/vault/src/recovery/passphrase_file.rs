//! age files that are encrypted to a passphrase (<https://age-encryption.org/v1>, "scrypt").

use std::io::{Read, Write as _};
use std::iter;

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use zeroize::Zeroizing;

use super::{Passphrase, TypedPassphrase};
use crate::memory;

/// The work factor that is written: 2¹⁸ rounds, a second or so and 256 MiB. The stock program writes the same.
pub const WORK_FACTOR: u8 = 18;

/// The largest work factor that is read, as in the stock program: a file from elsewhere must not occupy this computer for hours. Less
/// where less memory is free.
pub const LARGEST_WORK_FACTOR: u8 = 22;

/// More than the beginning of a file takes that one passphrase opens, in bytes; about 150 are usual. A library that looks for the end
/// of a longer one begins anew at each of its lines.
const LONGEST_HEADER: usize = 4 * 1024;

/// What follows the list of those who can open a file (<https://age-encryption.org/v1>).
const END_OF_HEADER: &[u8] = b"\n--- ";

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
    /// Opening it would take more memory than is free.
    #[error("opening the file takes {needed} bytes of memory")]
    TooMuchMemory {
        /// What it takes, in bytes.
        needed: u64,
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
    PassphraseOpener::new(passphrase).open(file, most)
}

/// As [`decrypt`], with the first of what may have been meant that opens the file, and says which it is. Each of them takes as long.
pub(crate) fn decrypt_typed(
    typed: &TypedPassphrase,
    file: &[u8],
    most: usize,
) -> Result<(Zeroizing<Vec<u8>>, Passphrase), NotOpened> {
    for passphrase in typed.candidates() {
        match decrypt(&passphrase, file, most) {
            Err(NotOpened::WrongPassphrase) => {}
            opened => return Ok((opened?, passphrase)),
        }
    }
    Err(NotOpened::WrongPassphrase)
}

/// What opens the files of a passphrase. Making it takes some milliseconds, in which age measures the computer.
pub(crate) struct PassphraseOpener {
    identity: scrypt::Identity,
    largest: u8,
}

impl PassphraseOpener {
    /// Opens what the memory that is free now is enough for.
    pub fn new(passphrase: &Passphrase) -> Self {
        Self::up_to(passphrase, largest_work_factor(memory::free()))
    }

    /// Opens no file with a larger work factor than this.
    pub fn up_to(passphrase: &Passphrase, largest: u8) -> Self {
        let mut identity = scrypt::Identity::new(passphrase.for_age());
        identity.set_max_work_factor(largest);
        Self { identity, largest }
    }

    /// As [`decrypt`].
    pub fn open(&self, file: &[u8], most: usize) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        if !has_short_header(file) {
            return Err(NotOpened::OtherFile);
        }
        let meaning = |error| self.meaning(error);
        let decryptor = Decryptor::new_buffered(ArmoredReader::new(file)).map_err(meaning)?;
        if !decryptor.is_scrypt() {
            return Err(NotOpened::OtherFile);
        }
        let identity: &dyn age::Identity = &self.identity;
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

    fn meaning(&self, error: DecryptError) -> NotOpened {
        match error {
            DecryptError::DecryptionFailed
            | DecryptError::KeyDecryptionFailed
            | DecryptError::NoMatchingKeys => NotOpened::WrongPassphrase,
            DecryptError::ExcessiveWork { required, .. } if required > LARGEST_WORK_FACTOR => {
                NotOpened::TooMuchWork { required }
            }
            DecryptError::ExcessiveWork { required, .. } if required > self.largest => {
                NotOpened::TooMuchMemory {
                    needed: memory_for(required),
                }
            }
            DecryptError::UnknownFormat => NotOpened::OtherFile,
            _ => NotOpened::Damaged,
        }
    }
}

/// What deriving a key takes, in bytes: 128 for each of the eight parts of each of the 2ⁿ blocks
/// (<https://www.rfc-editor.org/rfc/rfc7914#section-2>).
fn memory_for(work_factor: u8) -> u64 {
    1_u64
        .checked_shl(u32::from(work_factor).saturating_add(10))
        .unwrap_or(u64::MAX)
}

/// The largest work factor for which so much free memory is enough. Where the system does not say how much there is, that of our
/// own files.
fn largest_work_factor(free: Option<u64>) -> u8 {
    let Some(free) = free else {
        return WORK_FACTOR;
    };
    (1..=LARGEST_WORK_FACTOR)
        .rev()
        .find(|&factor| memory_for(factor) <= free)
        .unwrap_or(0)
}

/// Whether the list of those who can open the file ends early enough for one that a passphrase opens.
fn has_short_header(file: &[u8]) -> bool {
    let mut beginning = Vec::with_capacity(LONGEST_HEADER);
    // What cannot be read is told apart afterwards.
    let limit = u64::try_from(LONGEST_HEADER).unwrap_or(u64::MAX);
    let read = ArmoredReader::new(file)
        .take(limit)
        .read_to_end(&mut beginning);
    read.is_err()
        || beginning.len() < LONGEST_HEADER
        || beginning
            .windows(END_OF_HEADER.len())
            .any(|window| window == END_OF_HEADER)
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

    pub use crate::memory::testing::say_free;

    pub(super) static WORK_FACTOR: AtomicU8 = AtomicU8::new(super::WORK_FACTOR);

    /// Writes with little work, a work factor of 2¹⁰, from now on, in the whole process.
    pub fn quick() {
        WORK_FACTOR.store(10, Ordering::Relaxed);
    }

    /// Whether files are written with little work.
    pub fn is_quick() -> bool {
        WORK_FACTOR.load(Ordering::Relaxed) != super::WORK_FACTOR
    }

    /// Writes with the program's own work factor from now on, in the whole process.
    pub fn as_in_the_program() {
        WORK_FACTOR.store(super::WORK_FACTOR, Ordering::Relaxed);
    }
}
