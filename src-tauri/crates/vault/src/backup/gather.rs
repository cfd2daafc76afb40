//! Everything a backup holds, out of the records, the sealed copies and the keychain.

use jiff::Timestamp;
use terms::Secret;

use super::document::{
    Document, KeptActivity, KeptCredential, KeptCustomer, KeptSubaccount, Parent,
};
use crate::records::{refused, rekeying, restore_note, vault_id};
use crate::sealed::SealedError;
use crate::{Credential, INSPECTION_PREFERENCE, Item, Keychain, LOCK_PREFERENCE, Opener, Records};

/// As much of the past as a backup keeps.
const ACTIVITY_KEPT: u32 = 20_000;

/// Preferences that mean something on this computer only, as a folder does.
const OF_THIS_COMPUTER: &[&str] = &[
    LOCK_PREFERENCE,
    INSPECTION_PREFERENCE,
    super::plan::NAME,
    super::known::NAME,
    refused::NAME,
    restore_note::NAME,
    restore_note::NOT_BROUGHT_BACK,
    rekeying::NAME,
    vault_id::NAME,
    vault_id::EARLIER_TOKEN,
];

/// Gathers a document. Secrets come out of sealed copies, which takes one look into the keychain, and out of the keychain's own
/// items where a copy does not open. A secret that neither gives is left out; a keychain that does not answer is an error.
///
/// # Errors
/// What the records or the keychain answered.
pub async fn gather(
    keychain: &Keychain,
    records: &Records,
    now: Timestamp,
) -> Result<Document, SealedError> {
    let mut document = Document::new(now);
    let folder = records.sealing().await?.id;
    let opener = match Opener::for_folder(keychain, &folder).await {
        Ok(opener) => Some(opener),
        Err(SealedError::IdentityMissing | SealedError::BadKey) => None,
        Err(error) => return Err(error),
    };
    document.parent_account = records.connection().await?.map(|connection| Parent {
        account_sid: connection.account,
        name: connection.name,
        kind: connection.kind,
        connected_at: connection.connected_at,
    });
    let (subaccounts, _) = records.subaccounts().await?;
    document.subaccounts = subaccounts
        .into_iter()
        .map(|subaccount| KeptSubaccount {
            account_sid: subaccount.account,
            parent_account_sid: subaccount.parent,
            name: subaccount.name,
            status: subaccount.status,
            created_at: subaccount.created_at,
        })
        .collect();
    for credential in records.credentials().await? {
        let secret = secret_of(keychain, records, opener.as_ref(), &credential).await?;
        document.credentials.push(kept(credential, secret));
    }
    let customers = records.customers().await?.into_iter();
    document.customers = customers
        .map(|customer| KeptCustomer {
            account_sid: customer.account,
            customer_number: customer.number,
            tags: customer.tags,
            note: customer.note,
        })
        .collect();
    let mut activity = records.activity(None, ACTIVITY_KEPT).await?;
    activity.reverse();
    document.activity = activity
        .into_iter()
        .map(|activity| {
            let (user, computer) = activity.by.map(|user| (user.name, user.computer)).unzip();
            KeptActivity {
                at: activity.at,
                account_sid: activity.account.map(|account| account.as_str().to_owned()),
                api_key_sid: activity.key.map(|key| key.as_str().to_owned()),
                what: activity.what.as_str().to_owned(),
                detail: activity.detail,
                user,
                computer,
                request_id: activity.request_id,
            }
        })
        .collect();
    document.preferences = records
        .preferences()
        .await?
        .into_iter()
        .filter(|(name, _)| !is_of_this_computer(name))
        .collect();
    Ok(document)
}

/// Whether a preference of this name stays out of backups and is not taken from one.
pub(crate) fn is_of_this_computer(name: &str) -> bool {
    OF_THIS_COMPUTER.contains(&name)
}

async fn secret_of(
    keychain: &Keychain,
    records: &Records,
    opener: Option<&Opener>,
    credential: &Credential,
) -> Result<Option<Secret>, SealedError> {
    if let Some(opener) = opener
        && let Some(copy) = records.sealed_copy(credential.key.clone()).await?
        && let Ok(secret) = opener.open(&copy)
    {
        return Ok(Some(secret));
    }
    let item = Item::ApiSecret {
        account: credential.account.clone(),
        key: credential.key.clone(),
    };
    match keychain.read(&item).await {
        // The others are to be in the backup all the same.
        Err(error) if error.is_of_one_item() => Ok(None),
        answer => Ok(answer?),
    }
}

fn kept(credential: Credential, secret: Option<Secret>) -> KeptCredential {
    let (handed_over_at, handed_over_to) = credential
        .handed_over
        .map(|hand_over| (hand_over.at, hand_over.service))
        .unzip();
    KeptCredential {
        account_sid: credential.account,
        parent_account_sid: credential.parent,
        region: credential.region,
        account_name: credential.account_name,
        api_key_sid: credential.key,
        api_key_name: credential.key_name,
        api_secret: secret,
        created_at: credential.created_at,
        proved_at: credential.proved_at,
        handed_over_at,
        handed_over_to,
        postponed_at: credential.postponed_at,
        removed_at_twilio: credential.removed_at_twilio,
    }
}
