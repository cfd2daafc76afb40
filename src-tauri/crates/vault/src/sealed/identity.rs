//! The private half of the sealing key, as the keychain holds it: one identity, or two while one is being replaced by another.

use age::x25519::{Identity, Recipient};
use secrecy::ExposeSecret as _;
use terms::Secret;
use zeroize::Zeroizing;

use super::{SealedCopy, SealedError, open_with};
use crate::points::{Point, kill_point};
use crate::{Item, Keychain, KeychainError};

/// Between two identities in one item.
const SEPARATOR: char = ' ';
/// So many can be in one item.
const MOST: usize = 2;

/// What the keychain holds. There is at least one.
pub(crate) struct Identities(Vec<Identity>);

impl Identities {
    /// The identities in the text of an item.
    ///
    /// # Errors
    /// [`SealedError::BadKey`]
    pub fn parse(secret: &Secret) -> Result<Self, SealedError> {
        let identities: Result<Vec<Identity>, _> =
            secret.expose().split(SEPARATOR).map(str::parse).collect();
        match identities {
            Ok(identities) if (1..=MOST).contains(&identities.len()) => Ok(Self(identities)),
            _ => Err(SealedError::BadKey),
        }
    }

    /// All that are in several items of one name. An item that cannot be read counts only where there is no other.
    ///
    /// # Errors
    /// [`SealedError::IdentityMissing`] where there is no item, [`SealedError::BadKey`].
    pub fn of_all(secrets: &[Secret]) -> Result<Self, SealedError> {
        let mut all = Vec::new();
        let mut failed = SealedError::IdentityMissing;
        for secret in secrets {
            match Self::parse(secret) {
                Ok(identities) => all.extend(identities.0),
                Err(error) => failed = error,
            }
        }
        if all.is_empty() {
            Err(failed)
        } else {
            Ok(Self(all))
        }
    }

    /// The one with this public half (`age1…`), if it is among them.
    pub fn with_recipient(self, recipient: &str) -> Option<Identity> {
        let mut identities = self.0.into_iter();
        identities.find(|identity| identity.to_public().to_string() == recipient)
    }

    /// The one with this public half, or else the first.
    pub fn current(self, recipient: Option<&str>) -> Result<Identity, SealedError> {
        let at = self
            .0
            .iter()
            .position(|identity| Some(identity.to_public().to_string().as_str()) == recipient);
        let mut identities = self.0.into_iter();
        identities
            .nth(at.unwrap_or(0))
            .ok_or(SealedError::IdentityMissing)
    }

    /// Whether one of them opens what is sealed to this.
    pub fn open_for(&self, recipient: &Recipient) -> bool {
        self.0
            .iter()
            .any(|identity| identity.to_public() == *recipient)
    }

    /// Whether one is being replaced.
    pub fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// Opens a sealed copy with the one that it was sealed for.
    ///
    /// # Errors
    /// See [`SealedError`].
    pub fn open(&self, copy: &SealedCopy) -> Result<Secret, SealedError> {
        let mut opened = Err(SealedError::OtherIdentity);
        for identity in &self.0 {
            opened = open_with(identity, copy);
            if !matches!(opened, Err(SealedError::OtherIdentity)) {
                break;
            }
        }
        opened
    }
}

/// What is in the keychain for the data folder `folder`.
///
/// # Errors
/// [`SealedError::IdentityMissing`], or what the keychain answered.
pub(crate) async fn read_identities(
    keychain: &Keychain,
    folder: &str,
) -> Result<Identities, SealedError> {
    let item = Item::SealingIdentity {
        folder: folder.to_owned(),
    };
    Identities::of_all(&keychain.read_all(&item).await?)
}

/// So often what opens the sealed copies is written to a keychain that gives back something else: from the first such write on it is in
/// memory only.
const WRITES: usize = 4;

/// Saves these in place of what is in the item, and reads them back.
///
/// # Errors
/// What the keychain answered.
pub(crate) async fn save_identities(
    keychain: &Keychain,
    item: &Item,
    identities: &[&Identity],
) -> Result<(), SealedError> {
    let texts: Vec<_> = identities
        .iter()
        .map(|identity| identity.to_string())
        .collect();
    let room = texts
        .iter()
        .map(|text| text.expose_secret().len() + 1)
        .sum();
    let mut whole = Zeroizing::new(String::with_capacity(room));
    for text in &texts {
        if !whole.is_empty() {
            whole.push(SEPARATOR);
        }
        whole.push_str(text.expose_secret());
    }
    let whole = Secret::copied(&whole)?;
    // One that came later than its caller waited for it would take the place of the one that opens the sealed copies.
    for _ in 1..WRITES {
        match keychain.save_unless_late(item, &whole).await {
            Err(KeychainError::SaveNotConfirmed) => {}
            saved => return Ok(saved?),
        }
    }
    Ok(keychain.save_unless_late(item, &whole).await?)
}

/// The identities in the keychain, or a new one that was saved there and read back. A keychain that does not answer clearly never gets
/// a new one.
pub(super) async fn found_or_made(
    keychain: &Keychain,
    item: &Item,
    recipient: Option<&str>,
) -> Result<Identity, SealedError> {
    let found = keychain.read_all(item).await?;
    if !found.is_empty() {
        return Identities::of_all(&found)?.current(recipient);
    }
    let identity = Identity::generate();
    let secret = Secret::copied(identity.to_string().expose_secret())?;
    if keychain.save_if_none(item, &secret).await? {
        kill_point(Point::IdentitySaved);
        return Ok(identity);
    }
    // Another creation made one at the same moment, and something may be sealed to that by now.
    Identities::of_all(&keychain.read_all(item).await?)?.current(recipient)
}

pub(super) async fn made(keychain: &Keychain, item: &Item) -> Result<Identity, SealedError> {
    let identity = Identity::generate();
    save_identities(keychain, item, &[&identity]).await?;
    kill_point(Point::IdentitySaved);
    Ok(identity)
}
