//! A keychain that refuses or spoils some of what a change writes.

use std::path::Path;

use vault::keychain::FileStore;
use vault::keychain::file_store::{Call, Fault, Refusal, Rule, Script};
use vault::recovery;
use vault::{Item, Opener};

use super::{NEW, OLD, change, of, opened, used_folder};
use crate::passphrases::{passphrase, typed};

/// The keychain refuses writes after so many of them.
fn refusing_writes_after(place: &Path, skip: u32) {
    let rule = Rule {
        on: Call::Write,
        skip,
        times: None,
        fault: Fault::Refuse(Refusal::Locked),
    };
    let script = Script {
        rules: vec![rule],
        ..Script::default()
    };
    FileStore::direct(&place.join("keychain.json"), &script).unwrap();
}

#[tokio::test]
async fn a_keychain_that_takes_nothing_leaves_the_old_passphrase_and_everything_as_it_was() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    let before = records.recovery().await.unwrap();
    refusing_writes_after(place.path(), 0);
    assert!(change(&keychain, &records).await.is_err());
    FileStore::direct(&place.path().join("keychain.json"), &Script::default()).unwrap();
    assert_eq!(records.recovery().await.unwrap(), before);
    recovery::check(&records, typed(OLD)).await.unwrap();
    for number in 1..=3 {
        assert_eq!(
            opened(&keychain, &records, number).await.unwrap(),
            of(number)
        );
    }
}

#[tokio::test]
async fn a_keychain_that_spoils_some_writes_loses_nothing_that_only_sealed_copies_hold() {
    for (skip, times) in [(0, 1), (0, 3), (1, 2)] {
        let place = tempfile::tempdir().unwrap();
        let (keychain, records) = used_folder(place.path()).await;
        let mut spoil = Script::once(Call::Write, Fault::Garble);
        (spoil.rules[0].skip, spoil.rules[0].times) = (skip, Some(times));
        FileStore::direct(&place.path().join("keychain.json"), &spoil).unwrap();
        change(&keychain, &records).await.unwrap();
        let folder = records.sealing().await.unwrap().id;
        let opener = Opener::for_folder(&keychain, &folder).await.unwrap();
        for copy in records.sealed_copies().await.unwrap() {
            opener.open(&copy).expect("it opens");
        }
    }
}

#[tokio::test]
async fn a_keychain_that_keeps_the_old_identity_is_tidied_later_and_opens_everything_until_then() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    refusing_writes_after(place.path(), 1);
    change(&keychain, &records)
        .await
        .expect("it is changed all the same");
    recovery::check(&records, typed(NEW)).await.unwrap();
    for number in 1..=3 {
        assert_eq!(
            opened(&keychain, &records, number).await.unwrap(),
            of(number)
        );
    }
    assert_eq!(
        recovery::known(&keychain, &records).await.unwrap(),
        passphrase(NEW)
    );
    FileStore::direct(&place.path().join("keychain.json"), &Script::default()).unwrap();
    recovery::finish(&keychain, &records).await.unwrap();
    let folder = records.sealing().await.unwrap().id;
    let identity = keychain
        .read(&Item::SealingIdentity { folder })
        .await
        .unwrap()
        .unwrap();
    assert!(!identity.expose().contains(' '), "one identity is left");
}
