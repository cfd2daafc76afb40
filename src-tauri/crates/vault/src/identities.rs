//! Several items of the keychain with identities of one data folder: which of them is needed.

use age::x25519::Recipient;
use terms::Secret;

use crate::sealed::Identities;
use crate::{Item, Keychain, Records, SealedError};

/// The content of the item to keep: what is sealed is sealed to it, and it opens every copy that any of them opens. `None` where there is
/// none such, since deleting another would lose what that one opens.
///
/// # Errors
/// What the keychain or the records answered.
pub async fn to_keep(
    keychain: &Keychain,
    records: &Records,
) -> Result<Option<Secret>, SealedError> {
    let folder = records.sealing().await?;
    let item = Item::SealingIdentity { folder: folder.id };
    let recipient: Option<Recipient> = folder.recipient.and_then(|text| text.parse().ok());
    let Some(recipient) = recipient else {
        return Ok(None);
    };
    let mut kept = None;
    let mut others = Vec::new();
    for secret in keychain.read_all(&item).await? {
        match Identities::parse(&secret) {
            Ok(identities) if kept.is_none() && identities.open_for(&recipient) => {
                kept = Some((secret, identities));
            }
            Ok(identities) => others.push(identities),
            Err(_) => {}
        }
    }
    let Some((secret, kept)) = kept else {
        return Ok(None);
    };
    for copy in records.sealed_copies().await? {
        let needed = others
            .iter()
            .any(|other| other.open(&copy).is_ok() && kept.open(&copy).is_err());
        if needed {
            return Ok(None);
        }
    }
    Ok(Some(secret))
}
