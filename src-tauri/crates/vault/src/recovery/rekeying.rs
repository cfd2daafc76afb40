//! Another passphrase with another sealing identity: whoever knows the passphrase of before opens nothing with it that the data folder
//! still holds.
//!
//! The order is the safety. The keychain first has both identities, so whichever the records go by can be opened. One transaction
//! then has everything sealed to the new one. Then the older copies of the records go, and last of all the old identity. What is left
//! undone after that transaction is noted in it, and done later.

use age::x25519::Identity;
use jiff::Timestamp;

use super::{Recovery, RecoveryError, blocking, bound};
use crate::points::{Point, kill_point};
use crate::records::rekeying::{Rekeyed, SealedAnew};
use crate::sealed::{Identities, open_with, read_identities, save_identities};
use crate::{Item, Keychain, Passphrase, Records, SealedCopy, SealedError, Sealer};

/// So often the copies are sealed anew because others came meanwhile.
const TRIES: u32 = 3;

/// Seals everything to a new identity that the new passphrase opens.
pub(super) async fn rekey(
    keychain: &Keychain,
    records: &Records,
    mut passphrase: Passphrase,
    now: Timestamp,
) -> Result<(), RecoveryError> {
    let folder = records.sealing().await?;
    let recipient = folder.recipient.ok_or(RecoveryError::NotSet)?;
    let item = Item::SealingIdentity { folder: folder.id };
    for _ in 0..TRIES {
        let copies = records.sealed_copies().await?;
        let old = of_recipient(keychain, records, &recipient).await?;
        let prepared =
            blocking(move || prepared(&passphrase, old, copies, now).map(|all| (all, passphrase)));
        let (prepared, again) = prepared.await?;
        save_identities(keychain, &item, &[&prepared.old, &prepared.new]).await?;
        kill_point(Point::BothIdentitiesSaved);
        let recorded = records.rekey(prepared.rekeyed).await;
        if matches!(recorded, Ok(true)) {
            kill_point(Point::CopiesSealedAnew);
            // What is not done now is noted, and done later.
            let _ = finish(keychain, records).await;
            return Ok(());
        }
        // The records go by the old one, if the disk can be believed. One more in the keychain opens nothing that anybody has.
        recorded?;
        passphrase = again;
    }
    Err(RecoveryError::Interrupted)
}

/// Does what changing the passphrase left undone: older copies of the records go, and then the old identity. Does nothing, and asks
/// nothing of the keychain, where nothing is left.
///
/// # Errors
/// What the disk or the keychain answered. It is done at another time then.
pub async fn finish(keychain: &Keychain, records: &Records) -> Result<(), RecoveryError> {
    let Some(left) = records.left_of_rekeying().await? else {
        return Ok(());
    };
    if left.older_copies {
        records.remove_older_copies().await?;
        kill_point(Point::OlderCopiesRemoved);
    }
    if left.old_identity {
        let folder = records.sealing().await?;
        let identities = read_identities(keychain, &folder.id).await?;
        let several = identities.are_several();
        if let (true, Some(recipient)) = (several, &folder.recipient)
            && let Some(current) = identities.with_recipient(recipient)
        {
            let item = Item::SealingIdentity { folder: folder.id };
            save_identities(keychain, &item, &[&current]).await?;
        }
        kill_point(Point::OldIdentityRemoved);
        records.old_identity_is_gone().await?;
    }
    Ok(())
}

async fn of_recipient(
    keychain: &Keychain,
    records: &Records,
    recipient: &str,
) -> Result<Identity, RecoveryError> {
    let folder = records.sealing().await?;
    let identities: Identities = read_identities(keychain, &folder.id).await?;
    let identity = identities.with_recipient(recipient);
    Ok(identity.ok_or(SealedError::OtherIdentity)?)
}

/// What one transaction has to write, and both identities.
struct Prepared {
    old: Identity,
    new: Identity,
    rekeyed: Rekeyed,
}

/// Makes a new identity, binds the passphrase to it, and seals the copies to it. One that the old identity does not open stays as it is:
/// nobody can do anything with it.
fn prepared(
    passphrase: &Passphrase,
    old: Identity,
    copies: Vec<SealedCopy>,
    now: Timestamp,
) -> Result<Prepared, RecoveryError> {
    let new = Identity::generate();
    let recovery: Recovery = bound(passphrase, &new, now)?;
    let sealer = Sealer::from_recipient(&recovery.recipient)?;
    let mut sealed_anew = Vec::with_capacity(copies.len());
    for before in copies {
        let anew = match open_with(&old, &before) {
            Ok(secret) => {
                let anew = sealer.seal(&secret, before.account(), before.key())?;
                if open_with(&new, &anew)? != secret {
                    return Err(RecoveryError::Damaged);
                }
                Some(anew)
            }
            Err(_) => None,
        };
        sealed_anew.push(SealedAnew { before, anew });
    }
    let rekeyed = Rekeyed {
        recovery,
        copies: sealed_anew,
        at: now,
    };
    Ok(Prepared { old, new, rekeyed })
}
