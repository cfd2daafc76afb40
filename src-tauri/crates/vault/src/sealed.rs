//! Sealed copies: secrets encrypted to a public key whose private half is itself an item of the keychain.
//!
//! Sealing needs the public half only, so a locked or hanging keychain can never be in its way. A sealed copy is an armoured
//! age file (<https://age-encryption.org/v1>): the stock `age` program opens it with the identity from the keychain.

mod identity;

use std::borrow::Cow;
use std::fmt;
use std::io::{Read, Write};
use std::iter;

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::x25519::{Identity, Recipient};
use age::{Decryptor, Encryptor};
use serde::{Deserialize, Serialize};
use terms::{AccountSid, KeySid, NotStorable, Secret};
use zeroize::Zeroizing;

pub(crate) use identity::{Identities, read_identities, save_identities};
use identity::{found_or_made, made};

use crate::{Item, Keychain, KeychainError, Records, RecordsError};

/// More than any document of ours takes, so that its buffer never has to grow.
const ROOM: usize = 8 * 1024;

/// One secret, encrypted, with what it belongs to written beside it and inside it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedCopy {
    account: AccountSid,
    key: KeySid,
    armoured: String,
}

/// What is inside a sealed copy: JSON that a person can read in an emergency.
#[derive(Serialize, Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    account_sid: Cow<'a, str>,
    #[serde(borrow)]
    api_key_sid: Cow<'a, str>,
    #[serde(borrow)]
    api_secret: Cow<'a, str>,
}

/// Why a sealed copy could not be made or opened.
#[non_exhaustive]
#[derive(Debug, Clone, thiserror::Error)]
pub enum SealedError {
    /// The keychain did not give the identity, or did not take a new one.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The records could not be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// The keychain is open and has no identity for this data folder: it was emptied or belongs to another computer.
    #[error("the key that opens sealed copies is not in the keychain")]
    IdentityMissing,
    /// The identity in the keychain is not the one the copy was sealed for.
    #[error("the copy was sealed for another key")]
    OtherIdentity,
    /// The identity or recipient is not a key of the kind that is used.
    #[error("the sealing key is not readable")]
    BadKey,
    /// The copy is damaged or was made by something else.
    #[error("the sealed copy is damaged")]
    Damaged,
    /// The copy is sound, but holds the secret of another account or key than its label says.
    #[error("the sealed copy belongs to another key")]
    OtherKey,
    /// What was sealed is no secret of ours.
    #[error(transparent)]
    NotStorable(#[from] NotStorable),
}

impl SealedError {
    /// The situation in one word, stable, for the journal and the window.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Keychain(error) => error.kind(),
            Self::Records(error) => error.kind(),
            Self::IdentityMissing => "identity_missing",
            Self::OtherIdentity => "other_identity",
            Self::BadKey => "bad_sealing_key",
            Self::Damaged => "sealed_copy_damaged",
            Self::OtherKey => "sealed_copy_of_other_key",
            Self::NotStorable(_) => "not_storable",
        }
    }
}

impl SealedCopy {
    /// A copy as it was kept in the records.
    pub(crate) fn from_parts(account: AccountSid, key: KeySid, armoured: String) -> Self {
        Self {
            account,
            key,
            armoured,
        }
    }

    /// The account that the secret belongs to, as the label says; [`open`] checks it against the inside.
    pub fn account(&self) -> &AccountSid {
        &self.account
    }

    /// The key that the secret belongs to, likewise.
    pub fn key(&self) -> &KeySid {
        &self.key
    }

    /// The armoured age file.
    pub fn armoured(&self) -> &str {
        &self.armoured
    }
}

impl fmt::Debug for SealedCopy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedCopy")
            .field("account", &self.account)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// Seals secrets. Holds the public half only.
#[derive(Clone)]
pub struct Sealer {
    recipient: Recipient,
}

impl Sealer {
    /// The sealer of a data folder. On the first run the identity is made, saved in the keychain and read back, and only then
    /// is its public half recorded; a run that was interrupted in between goes on with the same identity.
    ///
    /// # Errors
    /// [`SealedError::Keychain`] when the keychain did not take the identity: nothing is recorded then.
    pub async fn for_folder(keychain: &Keychain, records: &Records) -> Result<Self, SealedError> {
        let folder = records.sealing().await?;
        if let Some(recipient) = &folder.recipient {
            return Self::from_recipient(recipient);
        }
        let item = Item::SealingIdentity { folder: folder.id };
        let identity = match found_or_made(keychain, &item, None).await {
            // Nothing was ever sealed to what is there: a keychain that wrote something else than it was given, say.
            Err(SealedError::Keychain(KeychainError::Changed) | SealedError::BadKey) => {
                made(keychain, &item).await?
            }
            found => found?,
        };
        let recipient = identity.to_public();
        let recorded = records.record_recipient(recipient.to_string()).await?;
        Self::from_recipient(&recorded)
    }

    /// A new beginning after [`SealedError::IdentityMissing`]: a new identity is made, saved and read back, and its public half
    /// recorded in place of the old one. What was sealed before stays as it is, and opens only if the old identity comes back.
    ///
    /// Where the keychain does hold an identity of this folder, nothing is made: its public half is recorded.
    ///
    /// # Errors
    /// [`SealedError::Keychain`] when the keychain did not answer clearly or did not take the identity: nothing is changed then.
    pub async fn with_new_identity(
        keychain: &Keychain,
        records: &Records,
    ) -> Result<Self, SealedError> {
        let folder = records.sealing().await?;
        let item = Item::SealingIdentity { folder: folder.id };
        let recorded = folder.recipient.as_deref();
        let recipient = found_or_made(keychain, &item, recorded).await?.to_public();
        records.replace_recipient(recipient.to_string()).await?;
        Ok(Self { recipient })
    }

    /// A sealer for a recorded public half (`age1…`).
    ///
    /// # Errors
    /// [`SealedError::BadKey`]
    pub fn from_recipient(recipient: &str) -> Result<Self, SealedError> {
        Ok(Self {
            recipient: recipient.parse().map_err(|_| SealedError::BadKey)?,
        })
    }

    /// The public half (`age1…`).
    pub fn recipient(&self) -> String {
        self.recipient.to_string()
    }

    /// Encrypts the secret of `key` in `account`. Asks nobody and waits for nothing.
    ///
    /// # Errors
    /// [`SealedError::BadKey`] when the encryption itself fails, which a sound recipient does not do.
    pub fn seal(
        &self,
        secret: &Secret,
        account: &AccountSid,
        key: &KeySid,
    ) -> Result<SealedCopy, SealedError> {
        let document = Document {
            account_sid: Cow::Borrowed(account.as_str()),
            api_key_sid: Cow::Borrowed(key.as_str()),
            api_secret: Cow::Borrowed(secret.expose()),
        };
        let mut plain = Zeroizing::new(Vec::with_capacity(ROOM));
        serde_json::to_writer(&mut *plain, &document).map_err(|_| SealedError::BadKey)?;
        let armoured = self.encrypt(&plain).map_err(|_| SealedError::BadKey)?;
        Ok(SealedCopy {
            account: account.clone(),
            key: key.clone(),
            armoured,
        })
    }

    /// Encrypts any bytes, as a file that is not text.
    ///
    /// # Errors
    /// When the encryption itself fails, which a sound recipient does not do.
    pub(crate) fn seal_bytes(&self, plain: &[u8]) -> std::io::Result<Vec<u8>> {
        self.encrypt_as(plain, Format::Binary)
    }

    fn encrypt(&self, plain: &[u8]) -> std::io::Result<String> {
        let armoured = self.encrypt_as(plain, Format::AsciiArmor)?;
        String::from_utf8(armoured).map_err(std::io::Error::other)
    }

    fn encrypt_as(&self, plain: &[u8], format: Format) -> std::io::Result<Vec<u8>> {
        let recipient: &dyn age::Recipient = &self.recipient;
        let encryptor =
            Encryptor::with_recipients(iter::once(recipient)).map_err(std::io::Error::other)?;
        let armour = ArmoredWriter::wrap_output(Vec::new(), format)?;
        let mut writer = encryptor.wrap_output(armour)?;
        writer.write_all(plain)?;
        writer.finish()?.finish()
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealer({})", self.recipient)
    }
}

/// Whether the keychain still has the identity that opens what `sealer` seals. Part of the check before a key is created.
///
/// # Errors
/// [`SealedError::IdentityMissing`], [`SealedError::OtherIdentity`], or what the keychain answered.
pub async fn check_identity(
    keychain: &Keychain,
    folder: &str,
    sealer: &Sealer,
) -> Result<(), SealedError> {
    let identities = read_identities(keychain, folder).await?;
    if identities.open_for(&sealer.recipient) {
        Ok(())
    } else {
        Err(SealedError::OtherIdentity)
    }
}

/// Opens any number of sealed copies with one look into the keychain.
pub struct Opener {
    identities: Identities,
}

impl Opener {
    /// With the identity of the data folder, read from the keychain.
    ///
    /// # Errors
    /// [`SealedError::IdentityMissing`], or what the keychain answered.
    pub async fn for_folder(keychain: &Keychain, folder: &str) -> Result<Self, SealedError> {
        Ok(Self {
            identities: read_identities(keychain, folder).await?,
        })
    }

    /// Opens one.
    ///
    /// # Errors
    /// See [`SealedError`].
    pub fn open(&self, copy: &SealedCopy) -> Result<Secret, SealedError> {
        self.identities.open(copy)
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opener(hidden)")
    }
}

/// Opens a sealed copy with the identity of the data folder `folder`, read from the keychain.
///
/// # Errors
/// See [`SealedError`]. Nothing is changed.
pub async fn open(
    keychain: &Keychain,
    folder: &str,
    copy: &SealedCopy,
) -> Result<Secret, SealedError> {
    read_identities(keychain, folder).await?.open(copy)
}

/// Opens a sealed copy with an identity that is at hand.
pub(crate) fn open_with(identity: &Identity, copy: &SealedCopy) -> Result<Secret, SealedError> {
    let plain = decrypt(identity, copy.armoured.as_bytes())?;
    let document: Document<'_> =
        serde_json::from_slice(&plain).map_err(|_| SealedError::Damaged)?;
    if document.account_sid != copy.account.as_str() || document.api_key_sid != copy.key.as_str() {
        return Err(SealedError::OtherKey);
    }
    match document.api_secret {
        Cow::Borrowed(text) => Ok(Secret::copied(text)?),
        Cow::Owned(text) => Ok(Secret::new(text)?),
    }
}

fn decrypt(identity: &Identity, armoured: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealedError> {
    let meaning = |error| match error {
        age::DecryptError::NoMatchingKeys => SealedError::OtherIdentity,
        _ => SealedError::Damaged,
    };
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(armoured)).map_err(meaning)?;
    let identity: &dyn age::Identity = identity;
    let reader = decryptor.decrypt(iter::once(identity)).map_err(meaning)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(ROOM.max(armoured.len())));
    reader
        .take(ROOM as u64)
        .read_to_end(&mut plain)
        .map_err(|_| SealedError::Damaged)?;
    Ok(plain)
}
