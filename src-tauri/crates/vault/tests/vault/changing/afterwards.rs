//! What the new passphrase opens, and what is kept of the change.

use std::fs;

use jiff::Timestamp;
use vault::Item;
use vault::backup::{KeptCredential, gather};
use vault::recovery::{self, RecoveryError};

use super::{NEW, OLD, change, of, opened, used_folder};
use crate::keychain_in;
use crate::passphrases::{passphrase, typed};

#[tokio::test]
async fn what_was_broken_and_set_aside_stays_for_who_has_the_new_passphrase() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    let aside = place
        .path()
        .join("records")
        .join("set aside")
        .join("2026-01-03T08-00-00Z");
    let before = fs::read(aside.join("records.db")).unwrap();
    change(&keychain, &records).await.unwrap();
    assert!(!aside.join("records.db").exists());
    let id = records.sealing().await.unwrap().id;
    let identity = keychain
        .read(&Item::SealingIdentity { folder: id })
        .await
        .unwrap()
        .unwrap();
    let identity: age::x25519::Identity = identity.expose().parse().unwrap();
    let sealed = fs::read(aside.join("records.db.age")).unwrap();
    assert_eq!(age::decrypt(&identity, &sealed).unwrap(), before);
}

#[tokio::test]
async fn the_new_passphrase_alone_gives_everything_back() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    change(&keychain, &records).await.unwrap();
    assert_eq!(
        recovery::known(&keychain, &records).await.unwrap(),
        passphrase(NEW)
    );
    let (emptied, _) = keychain_in(&place.path().join("another keychain.json"));
    let now = Timestamp::now();
    let refused = recovery::put_back_identity(&emptied, &records, typed(OLD), now).await;
    assert!(
        matches!(refused, Err(RecoveryError::WrongPassphrase)),
        "{refused:?}"
    );
    recovery::put_back_identity(&emptied, &records, typed(NEW), now)
        .await
        .unwrap();
    for number in 1..=3 {
        assert_eq!(
            opened(&emptied, &records, number).await.unwrap(),
            of(number)
        );
    }
}

#[tokio::test]
async fn that_it_was_changed_holds_for_this_computer_and_is_in_no_backup() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    assert_eq!(records.passphrase_changed_at().await.unwrap(), None);
    change(&keychain, &records).await.unwrap();
    assert!(records.passphrase_changed_at().await.unwrap().is_some());
    let document = gather(&keychain, &records, Timestamp::now()).await.unwrap();
    assert!(
        document.preferences.is_empty(),
        "{:?}",
        document.preferences
    );
    let has_secret = |one: &KeptCredential| one.api_secret.is_some();
    assert!(document.credentials.iter().all(has_secret));
}
