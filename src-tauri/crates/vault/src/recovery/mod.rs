//! The recovery passphrase: what opens sealed copies and backups when the keychain is lost.
//!
//! It wraps the folder's sealing identity (see [`sealed`](crate::sealed)) in an age file of its own, and is itself sealed to that
//! identity, so that a daily backup can be encrypted to it without asking (decision 7). Both halves lie in the records.
//! Deriving a key from a passphrase takes a second or more and always runs on a thread that may block.

mod characters;
mod passphrase;
mod passphrase_file;
mod rekeying;
mod strength;

use std::iter;

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use age::{Decryptor, Encryptor};
use jiff::Timestamp;
use zeroize::Zeroizing;

pub use crate::records::Recovery;
pub use passphrase::{LONGEST_PASSPHRASE, NotAPassphrase, Passphrase, TypedPassphrase};
#[cfg(feature = "file-store")]
pub use passphrase_file::testing;
pub use passphrase_file::{LARGEST_WORK_FACTOR, NotOpened, WORK_FACTOR};
pub(crate) use passphrase_file::{PassphraseOpener, decrypt, decrypt_typed, encrypt};
pub use rekeying::finish;
pub use strength::{Strength, Weakness};

use crate::sealed::{Identities, read_identities, save_identities};
use crate::{Item, Keychain, KeychainError, Records, RecordsError, SealedError, Sealer};

/// More than a wrapped identity or a sealed passphrase takes.
const ROOM: usize = 4 * 1024;

/// Why the recovery passphrase could not be set, checked or used.
#[non_exhaustive]
#[derive(Debug, Clone, thiserror::Error)]
pub enum RecoveryError {
    /// None is set.
    #[error("no recovery passphrase is set")]
    NotSet,
    /// It is another one.
    #[error("the recovery passphrase is another one")]
    WrongPassphrase,
    /// What the records keep of it cannot be read. Setting it anew puts that right while the keychain has the identity.
    #[error("what the records keep of the recovery passphrase is damaged")]
    Damaged,
    /// It is too easy to guess.
    #[error("the passphrase is too easy to guess")]
    TooWeak(Strength),
    /// The identity in the keychain is not the one the passphrase was set for; it has to be set anew.
    #[error("the recovery passphrase belongs to an earlier sealing key")]
    EarlierIdentity,
    /// The sealing identity could not be read, made or used.
    #[error(transparent)]
    Sealed(#[from] SealedError),
    /// The records could not be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// Less memory is free than checking a passphrase takes.
    #[error("less memory is free than checking a passphrase takes")]
    LittleMemory,
    /// The thread for the work could not be had.
    #[error("the work on the passphrase could not be done")]
    Interrupted,
}

impl From<KeychainError> for RecoveryError {
    fn from(error: KeychainError) -> Self {
        Self::Sealed(error.into())
    }
}

/// Whether a recovery passphrase is set. Asks nothing of the keychain.
///
/// # Errors
/// What the read failed with.
pub async fn is_set(records: &Records) -> Result<bool, RecordsError> {
    Ok(records.recovery().await?.is_some())
}

/// Sets the recovery passphrase, also in place of another. Before it is recorded, what it wraps is opened again and compared.
///
/// # Errors
/// [`RecoveryError::TooWeak`], what the keychain answered, or what the write failed with. Nothing is changed then.
pub async fn set(
    keychain: &Keychain,
    records: &Records,
    passphrase: Passphrase,
    now: Timestamp,
) -> Result<(), RecoveryError> {
    let sealer = Sealer::for_folder(keychain, records).await?;
    let folder = records.sealing().await?.id;
    let identities = read_identities(keychain, &folder).await?;
    let identity = identities
        .with_recipient(&sealer.recipient())
        .ok_or(SealedError::OtherIdentity)?;
    let recovery = blocking(move || {
        strong_enough(&passphrase)?;
        bound(&passphrase, &identity, now)
    })
    .await?;
    Ok(records.save_recovery(recovery).await?)
}

fn strong_enough(passphrase: &Passphrase) -> Result<(), RecoveryError> {
    let strength = passphrase.strength();
    match strength.is_accepted() {
        true => Ok(()),
        false => Err(RecoveryError::TooWeak(strength)),
    }
}

/// Takes the passphrase that opened a backup as this folder's own, unless one is set. However easy it is to guess, it is the one
/// that the user knows.
///
/// # Errors
/// What the keychain or the write answered. Nothing is changed then.
pub async fn adopt(
    keychain: &Keychain,
    records: &Records,
    passphrase: Passphrase,
    now: Timestamp,
) -> Result<(), RecoveryError> {
    if is_set(records).await? {
        return Ok(());
    }
    let folder = records.sealing().await?;
    let identities = read_identities(keychain, &folder.id).await?;
    let identity = identities.current(folder.recipient.as_deref())?;
    let recovery = blocking(move || bound(&passphrase, &identity, now)).await?;
    Ok(records.save_recovery(recovery).await?)
}

/// Sets another passphrase for who knows the one that is set, with another sealing identity: what is in the data folder does not open
/// with the old one any more. What that one alone opens is put back first, as [`put_back_identity`] does: afterwards nobody could.
///
/// Nothing may be sealed meanwhile with a [`Sealer`] of before.
///
/// # Errors
/// Those of [`put_back_identity`] and of [`set`]. The passphrase is the old one then.
pub async fn change(
    keychain: &Keychain,
    records: &Records,
    old: TypedPassphrase,
    new: Passphrase,
    now: Timestamp,
) -> Result<(), RecoveryError> {
    let new = blocking(move || strong_enough(&new).map(|()| new)).await?;
    put_back_identity(keychain, records, old, now).await?;
    rekeying::rekey(keychain, records, new, now).await
}

/// Whether this is the passphrase that is set. Asks nothing of the keychain.
///
/// # Errors
/// [`RecoveryError::WrongPassphrase`], [`RecoveryError::NotSet`], [`RecoveryError::Damaged`], or what the read failed with.
pub async fn check(records: &Records, passphrase: TypedPassphrase) -> Result<(), RecoveryError> {
    unwrapped(records, passphrase).await.map(drop)
}

/// The passphrase that is set, taken out of its seal with the identity in the keychain. For daily backups.
///
/// # Errors
/// [`RecoveryError::NotSet`], [`RecoveryError::EarlierIdentity`], or what the keychain answered.
pub async fn known(keychain: &Keychain, records: &Records) -> Result<Passphrase, RecoveryError> {
    let recovery = records.recovery().await?.ok_or(RecoveryError::NotSet)?;
    let folder = records.sealing().await?.id;
    let identities = read_identities(keychain, &folder).await?;
    let identity = identities
        .with_recipient(&recovery.recipient)
        .ok_or(RecoveryError::EarlierIdentity)?;
    unseal_passphrase(&identity, &recovery.sealed_passphrase)
}

/// What [`put_back_identity`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutBack {
    /// The keychain has it.
    WasThere,
    /// The keychain had lost it and has it again.
    Done,
    /// The keychain has a newer identity, which stays. What was sealed to the earlier one was sealed anew.
    SealedAnew {
        /// How many copies.
        copies: usize,
    },
}

/// Gives the sealing identity back to a keychain that has lost it, so that sealed copies open again. Where the keychain has another
/// identity since, that one stays, the copies that only the passphrase's identity opens are sealed to it, and the passphrase is
/// bound to it.
///
/// # Errors
/// Those of [`check`], or what the keychain answered. Nothing is lost then; it can be tried again.
pub async fn put_back_identity(
    keychain: &Keychain,
    records: &Records,
    passphrase: TypedPassphrase,
    now: Timestamp,
) -> Result<PutBack, RecoveryError> {
    let (earlier, passphrase) = unwrapped(records, passphrase).await?;
    let folder = records.sealing().await?;
    let item = Item::SealingIdentity {
        folder: folder.id.clone(),
    };
    let recipient = earlier.to_public().to_string();
    let here = keychain.read_all(&item).await?;
    if here.is_empty() {
        save_identities(keychain, &item, &[&earlier]).await?;
        records.replace_recipient(recipient).await?;
        return Ok(PutBack::Done);
    }
    let here = Identities::of_all(&here)?;
    if here.open_for(&earlier.to_public()) {
        return Ok(PutBack::WasThere);
    }
    let current = here.current(folder.recipient.as_deref())?;
    let sealer = Sealer::from_recipient(&current.to_public().to_string())?;
    let mut copies = 0;
    for copy in records.sealed_copies().await? {
        // A copy that the earlier identity does not open was sealed to the current one.
        if let Ok(secret) = crate::sealed::open_with(&earlier, &copy) {
            let anew = sealer.seal(&secret, copy.account(), copy.key())?;
            records.replace_sealed_copy(anew, now).await?;
            copies += 1;
        }
    }
    let recovery = blocking(move || bound(&passphrase, &current, now)).await?;
    records.replace_recipient(sealer.recipient()).await?;
    records.save_recovery(recovery).await?;
    Ok(PutBack::SealedAnew { copies })
}

/// The identity that the passphrase opens, and the passphrase as it was set.
async fn unwrapped(
    records: &Records,
    passphrase: TypedPassphrase,
) -> Result<(Identity, Passphrase), RecoveryError> {
    let recovery = records.recovery().await?.ok_or(RecoveryError::NotSet)?;
    blocking(move || {
        let wrapped = recovery.wrapped_identity.as_bytes();
        let (plain, passphrase) =
            decrypt_typed(&passphrase, wrapped, ROOM).map_err(not_unwrapped)?;
        let identity = identity_in(&plain)?;
        if identity.to_public().to_string() != recovery.recipient {
            return Err(RecoveryError::Damaged);
        }
        Ok((identity, passphrase))
    })
    .await
}

/// Binds passphrase and identity to each other, and opens both again.
fn bound(
    passphrase: &Passphrase,
    identity: &Identity,
    now: Timestamp,
) -> Result<Recovery, RecoveryError> {
    let recovery = Recovery {
        wrapped_identity: wrap(passphrase, identity)?,
        sealed_passphrase: seal_passphrase(passphrase, identity)?,
        recipient: identity.to_public().to_string(),
        set_at: now,
    };
    let identity_again = unwrap(passphrase, recovery.wrapped_identity.as_bytes())?;
    let passphrase_again = unseal_passphrase(identity, &recovery.sealed_passphrase)?;
    if identity_again.to_public() != identity.to_public() || passphrase_again != *passphrase {
        return Err(RecoveryError::Damaged);
    }
    Ok(recovery)
}

fn wrap(passphrase: &Passphrase, identity: &Identity) -> Result<String, RecoveryError> {
    let text = identity.to_string();
    let wrapped = encrypt(
        passphrase,
        text.expose_secret().as_bytes(),
        Format::AsciiArmor,
    )
    .map_err(|_| RecoveryError::Damaged)?;
    String::from_utf8(wrapped).map_err(|_| RecoveryError::Damaged)
}

fn unwrap(passphrase: &Passphrase, wrapped: &[u8]) -> Result<Identity, RecoveryError> {
    unwrap_with(&PassphraseOpener::new(passphrase), wrapped)
}

pub(crate) fn unwrap_with(
    opener: &PassphraseOpener,
    wrapped: &[u8],
) -> Result<Identity, RecoveryError> {
    identity_in(&opener.open(wrapped, ROOM).map_err(not_unwrapped)?)
}

fn not_unwrapped(error: NotOpened) -> RecoveryError {
    match error {
        NotOpened::WrongPassphrase => RecoveryError::WrongPassphrase,
        NotOpened::TooMuchMemory { .. } => RecoveryError::LittleMemory,
        _ => RecoveryError::Damaged,
    }
}

fn identity_in(plain: &[u8]) -> Result<Identity, RecoveryError> {
    std::str::from_utf8(plain)
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .ok_or(RecoveryError::Damaged)
}

fn seal_passphrase(passphrase: &Passphrase, identity: &Identity) -> Result<String, RecoveryError> {
    use std::io::Write as _;
    let sealed = || -> std::io::Result<Vec<u8>> {
        let recipient = identity.to_public();
        let recipient: &dyn age::Recipient = &recipient;
        let encryptor =
            Encryptor::with_recipients(iter::once(recipient)).map_err(std::io::Error::other)?;
        let armour = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
        let mut writer = encryptor.wrap_output(armour)?;
        writer.write_all(passphrase.expose().as_bytes())?;
        writer.finish()?.finish()
    };
    let sealed = sealed().map_err(|_| RecoveryError::Damaged)?;
    String::from_utf8(sealed).map_err(|_| RecoveryError::Damaged)
}

pub(crate) fn unseal_passphrase(
    identity: &Identity,
    sealed: &str,
) -> Result<Passphrase, RecoveryError> {
    use std::io::Read as _;
    let identity: &dyn age::Identity = identity;
    let reader = Decryptor::new_buffered(ArmoredReader::new(sealed.as_bytes()))
        .and_then(|decryptor| decryptor.decrypt(iter::once(identity)))
        .map_err(|_| RecoveryError::Damaged)?;
    let mut plain = Zeroizing::new(String::with_capacity(ROOM));
    reader
        .take(ROOM as u64)
        .read_to_string(&mut plain)
        .map_err(|_| RecoveryError::Damaged)?;
    // What fills the room may go on: a part of a passphrase is none.
    if plain.is_empty() || plain.len() >= ROOM {
        return Err(RecoveryError::Damaged);
    }
    // As it was set, maybe by an earlier version: files that exist are encrypted to these bytes.
    Ok(Passphrase::exactly(&plain))
}

/// Runs work that derives keys from passphrases, away from the runtime's own threads.
async fn blocking<T, F>(work: F) -> Result<T, RecoveryError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, RecoveryError> + Send + 'static,
{
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| RecoveryError::Interrupted)?
}
