//! Putting a backup's content back, beside what is there already.

use std::collections::HashMap;

use jiff::Timestamp;
use terms::{AccountSid, KeySid, Secret};

use super::document::Document;
use crate::records::restore::RestoredCredential;
use crate::{Credential, HandOver, Kept, Opener, Records, SealedCopy, SealedError, Sealer};

/// What restoring came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restored {
    /// Credentials that are here now and were not before, or whose secret was lost here.
    pub credentials: usize,
    /// Credentials that were here with their secret; the newer of both was kept.
    pub already_here: usize,
    /// Credentials that came without a secret, and were left out.
    pub without_secret: usize,
    /// Credentials of another account than the same key has here, or further up in the backup. They were left out.
    pub of_other_account: usize,
}

/// Seals the document's secrets and writes everything in one transaction: after an error nothing is changed. What is here and newer
/// is not overwritten, and a secret that is here is never replaced.
///
/// `sealer` and `opener` are the two halves of this folder's identity.
///
/// # Errors
/// [`SealedError::BadKey`], or what the write failed with.
pub async fn restore(
    records: &Records,
    sealer: &Sealer,
    opener: &Opener,
    document: &Document,
    now: Timestamp,
) -> Result<Restored, SealedError> {
    let mut restored = Restored::default();
    let here: HashMap<KeySid, AccountSid> = records
        .credentials()
        .await?
        .into_iter()
        .map(|credential| (credential.key, credential.account))
        .collect();
    let mut accounts = here.clone();
    let copies: HashMap<KeySid, SealedCopy> = records
        .sealed_copies()
        .await?
        .into_iter()
        .map(|copy| (copy.key().clone(), copy))
        .collect();
    let mut credentials = Vec::with_capacity(document.credentials.len());
    for kept in &document.credentials {
        let key = kept.api_key_sid.clone();
        let account = kept.account_sid.clone();
        if accounts.get(&key).is_some_and(|known| *known != account) {
            restored.of_other_account += 1;
            continue;
        }
        let opens_here = copies
            .get(&key)
            .is_some_and(|copy| *copy.account() == account && opener.open(copy).is_ok());
        let sealed = match (&kept.api_secret, opens_here) {
            (Some(secret), false) => Some(sealed(sealer, secret, &account, &key)?),
            _ => None,
        };
        match (&sealed, here.contains_key(&key)) {
            (Some(_), _) => restored.credentials += 1,
            (None, true) => restored.already_here += 1,
            (None, false) => {
                restored.without_secret += 1;
                continue;
            }
        }
        accounts.insert(key.clone(), account.clone());
        credentials.push(RestoredCredential {
            sealed,
            credential: Credential {
                parent: kept.parent_account_sid.clone(),
                account,
                region: kept.region,
                key,
                key_name: kept.api_key_name.clone(),
                account_name: kept.account_name.clone(),
                kept: Kept::SealedOnly,
                created_at: kept.created_at,
                proved_at: kept.proved_at,
                handed_over: kept
                    .handed_over_at
                    .zip(kept.handed_over_to.clone())
                    .map(|(at, service)| HandOver { at, service }),
                postponed_at: kept.postponed_at,
                removed_at_twilio: kept.removed_at_twilio,
            },
        });
    }
    records.restore(credentials, document.rows(), now).await?;
    Ok(restored)
}

fn sealed(
    sealer: &Sealer,
    secret: &Secret,
    account: &AccountSid,
    key: &KeySid,
) -> Result<SealedCopy, SealedError> {
    sealer.seal(secret, account, key)
}
