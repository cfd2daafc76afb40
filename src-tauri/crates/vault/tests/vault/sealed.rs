use proptest::prelude::*;
use terms::{Secret, Tag};
use vault::keychain::FileStore;
use vault::keychain::file_store::{Call, Fault, Refusal, Script};
use vault::sealed::{check_identity, open as open_sealed};
use vault::{Intent, Item, KeychainError, SealedError, Sealer};

use super::reopening::close;
use super::{account, key, key_intent, keychain_in, open, secret};

#[tokio::test]
async fn a_sealed_copy_opens_with_the_identity_in_the_keychain() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _) = keychain_in(&folder.path().join("safe"));
    let records = open(folder.path()).await;
    let id = records.sealing().await.unwrap().id;
    let sealer = Sealer::for_folder(&keychain, &records).await.unwrap();
    let copy = sealer
        .seal(&secret(r#"a "quoted" \ secret"#), &account(1), &key(1))
        .unwrap();
    assert!(
        copy.armoured()
            .starts_with("-----BEGIN AGE ENCRYPTED FILE-----")
    );
    assert_eq!(
        open_sealed(&keychain, &id, &copy).await.unwrap(),
        secret(r#"a "quoted" \ secret"#)
    );
    check_identity(&keychain, &id, &sealer).await.unwrap();
}

#[tokio::test]
async fn the_identity_is_made_once_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = keychain_in(&folder.path().join("safe"));
    let records = open(folder.path()).await;
    let first = Sealer::for_folder(&keychain, &records).await.unwrap();
    let calls = store.calls();
    let second = Sealer::for_folder(&keychain, &records).await.unwrap();
    assert_eq!(first.recipient(), second.recipient());
    assert_eq!(
        store.calls(),
        calls,
        "the recorded half is enough: the keychain is not asked"
    );
    assert_eq!(
        records.sealing().await.unwrap().recipient,
        Some(first.recipient())
    );
}

#[tokio::test]
async fn of_several_that_make_the_first_identity_at_once_one_does() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let (keychain, _) = keychain_in(&folder.path().join("safe"));
        let records = open(folder.path()).await;
        let id = records.sealing().await.unwrap().id;
        let first = || async {
            let sealer = Sealer::for_folder(&keychain, &records).await.unwrap();
            // Whoever is ready to seal does so: the identity must not be replaced from then on.
            check_identity(&keychain, &id, &sealer).await.unwrap();
            sealer
        };
        let (one, two, three, four) = tokio::join!(first(), first(), first(), first());
        for sealer in [one, two, three, four] {
            check_identity(&keychain, &id, &sealer).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_identity_that_was_saved_before_an_interruption_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = keychain_in(&folder.path().join("safe"));
    let records = open(folder.path()).await;
    let item = Item::SealingIdentity {
        folder: records.sealing().await.unwrap().id,
    };
    let identity = age::x25519::Identity::generate();
    let text = age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).to_owned();
    keychain.save(&item, &secret(&text)).await.unwrap();
    let sealer = Sealer::for_folder(&keychain, &records).await.unwrap();
    assert_eq!(sealer.recipient(), identity.to_public().to_string());
    assert_eq!(store.names().unwrap().len(), 1);
}

#[tokio::test]
async fn no_recipient_is_recorded_until_its_identity_is_safe() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    let records = open(folder.path()).await;
    for fault in [
        Fault::Refuse(Refusal::Full),
        Fault::Refuse(Refusal::Locked),
        Fault::Lose,
        Fault::Garble,
    ] {
        FileStore::direct(&file, &Script::always(Call::Write, fault)).unwrap();
        assert!(
            matches!(
                Sealer::for_folder(&keychain, &records).await,
                Err(SealedError::Keychain(_))
            ),
            "{fault:?}"
        );
        assert_eq!(
            records.sealing().await.unwrap().recipient,
            None,
            "{fault:?}"
        );
        std::fs::remove_file(&file).ok();
    }
    FileStore::direct(
        &file,
        &Script::always(Call::Read, Fault::Refuse(Refusal::Dismissed)),
    )
    .unwrap();
    let refused = Sealer::for_folder(&keychain, &records).await;
    assert!(
        matches!(
            refused,
            Err(SealedError::Keychain(KeychainError::Dismissed))
        ),
        "{refused:?}"
    );
    assert_eq!(
        FileStore::open(&file).names().unwrap(),
        [],
        "an unreadable keychain gets no second identity"
    );
}

#[tokio::test]
async fn sealing_goes_on_while_the_keychain_hangs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    let records = open(folder.path()).await;
    Sealer::for_folder(&keychain, &records).await.unwrap();
    FileStore::direct(
        &file,
        &Script::always(Call::Any, Fault::Hang { ms: 60_000 }),
    )
    .unwrap();
    let sealer = Sealer::for_folder(&keychain, &records).await.unwrap();
    let entry = records
        .plan(key_intent(1), account(0), Tag::random())
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    let copy = sealer.seal(&secret("x"), &account(1), &key(1)).unwrap();
    records.seal(entry.id, copy.clone(), None).await.unwrap();
    assert_eq!(records.sealed_copy(key(1)).await.unwrap(), Some(copy));
}

#[tokio::test]
async fn an_identity_that_is_gone_is_told_apart_from_one_that_is_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    let records = open(folder.path()).await;
    let id = records.sealing().await.unwrap().id;
    let sealer = Sealer::for_folder(&keychain, &records).await.unwrap();
    let copy = sealer.seal(&secret("x"), &account(1), &key(1)).unwrap();
    FileStore::direct(
        &file,
        &Script {
            emptied: true,
            ..Script::default()
        },
    )
    .unwrap();
    assert!(matches!(
        open_sealed(&keychain, &id, &copy).await,
        Err(SealedError::IdentityMissing)
    ));
    assert!(matches!(
        check_identity(&keychain, &id, &sealer).await,
        Err(SealedError::IdentityMissing)
    ));
    FileStore::direct(
        &file,
        &Script::always(Call::Read, Fault::Refuse(Refusal::Locked)),
    )
    .unwrap();
    let locked = open_sealed(&keychain, &id, &copy).await;
    assert!(
        matches!(locked, Err(SealedError::Keychain(KeychainError::Locked))),
        "{locked:?}"
    );
}

#[tokio::test]
async fn after_a_lost_identity_sealing_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    let records = open(folder.path()).await;
    let id = records.sealing().await.unwrap().id;
    let old = Sealer::for_folder(&keychain, &records).await.unwrap();
    let kept = Sealer::with_new_identity(&keychain, &records)
        .await
        .unwrap();
    assert_eq!(
        kept.recipient(),
        old.recipient(),
        "an identity that is there is not replaced"
    );
    let old_copy = old.seal(&secret("old"), &account(1), &key(1)).unwrap();

    FileStore::direct(
        &file,
        &Script::always(Call::Read, Fault::Refuse(Refusal::Locked)),
    )
    .unwrap();
    assert!(matches!(
        Sealer::with_new_identity(&keychain, &records).await,
        Err(SealedError::Keychain(_))
    ));
    assert_eq!(
        records.sealing().await.unwrap().recipient,
        Some(old.recipient())
    );

    FileStore::direct(&file, &Script::default()).unwrap();
    keychain
        .delete(&Item::SealingIdentity { folder: id.clone() })
        .await
        .unwrap();
    let new = Sealer::with_new_identity(&keychain, &records)
        .await
        .unwrap();
    assert_ne!(new.recipient(), old.recipient());
    let again = Sealer::for_folder(&keychain, &records).await.unwrap();
    assert_eq!(again.recipient(), new.recipient());
    let copy = new.seal(&secret("new"), &account(1), &key(2)).unwrap();
    assert_eq!(
        open_sealed(&keychain, &id, &copy).await.unwrap(),
        secret("new")
    );
    assert!(matches!(
        open_sealed(&keychain, &id, &old_copy).await,
        Err(SealedError::OtherIdentity)
    ));
}

#[tokio::test]
async fn another_folders_identity_does_not_open_a_copy() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (keychain, _) = keychain_in(&one.path().join("safe"));
    let (first, second) = (open(one.path()).await, open(two.path()).await);
    let sealer = Sealer::for_folder(&keychain, &first).await.unwrap();
    let other = Sealer::for_folder(&keychain, &second).await.unwrap();
    assert_ne!(sealer.recipient(), other.recipient());
    let copy = sealer.seal(&secret("x"), &account(1), &key(1)).unwrap();
    let other_id = second.sealing().await.unwrap().id;
    assert!(matches!(
        open_sealed(&keychain, &other_id, &copy).await,
        Err(SealedError::OtherIdentity)
    ));
    assert!(matches!(
        check_identity(&keychain, &other_id, &sealer).await,
        Err(SealedError::OtherIdentity)
    ));
}

#[tokio::test]
async fn a_copy_whose_label_was_swapped_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _) = keychain_in(&folder.path().join("safe"));
    let records = open(folder.path()).await;
    let id = records.sealing().await.unwrap().id;
    let sealer = Sealer::for_folder(&keychain, &records).await.unwrap();
    for number in [1, 2] {
        let entry = records
            .plan(key_intent(number), account(0), Tag::random())
            .await
            .unwrap();
        records.mark_sent(entry.id).await.unwrap();
        let copy = sealer
            .seal(&secret("x"), &account(number), &key(number))
            .unwrap();
        records.seal(entry.id, copy, None).await.unwrap();
    }
    close(records, folder.path()).await;
    let database = rusqlite::Connection::open(folder.path().join("records.db")).unwrap();
    let swap = "UPDATE sealed_copy SET armoured = (SELECT armoured FROM sealed_copy WHERE key = ?1) WHERE key = ?2";
    database
        .execute(swap, [key(1).as_str(), key(2).as_str()])
        .unwrap();
    drop(database);
    let records = reopen(folder.path()).await;
    let copy = records.sealed_copy(key(2)).await.unwrap().unwrap();
    assert!(matches!(
        open_sealed(&keychain, &id, &copy).await,
        Err(SealedError::OtherKey)
    ));
}

/// Opens records that were closed a moment ago.
async fn reopen(folder: &std::path::Path) -> vault::Records {
    super::reopening::reopen(folder).await.records
}

#[tokio::test]
async fn a_damaged_copy_is_an_error_at_every_place_of_the_damage() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _) = keychain_in(&folder.path().join("safe"));
    let records = open(folder.path()).await;
    let id = records.sealing().await.unwrap().id;
    let sealer = Sealer::for_folder(&keychain, &records).await.unwrap();
    let entry = records
        .plan(
            Intent::Key {
                account: account(1),
                account_name: "A".into(),
                name: "B".into(),
                replaces: None,
            },
            account(0),
            Tag::random(),
        )
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    let copy = sealer
        .seal(&secret("to be damaged"), &account(1), &key(1))
        .unwrap();
    let text = copy.armoured().to_owned();
    records.seal(entry.id, copy, None).await.unwrap();
    let damage = |at: usize| {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    let truncated = (0..text.len())
        .step_by(7)
        .map(|length| text[..length].to_owned());
    let flipped = (0..text.len())
        .filter(|at| text.as_bytes()[*at] != b'\n')
        .step_by(5)
        .map(damage);
    let mut records = Some(records);
    for damaged in truncated.chain(flipped) {
        close(records.take().unwrap(), folder.path()).await;
        let database = rusqlite::Connection::open(folder.path().join("records.db")).unwrap();
        database
            .execute("UPDATE sealed_copy SET armoured = ?1", [&damaged])
            .unwrap();
        drop(database);
        let reopened = reopen(folder.path()).await;
        let copy = reopened.sealed_copy(key(1)).await.unwrap().unwrap();
        records = Some(reopened);
        match open_sealed(&keychain, &id, &copy).await {
            // The last base64 character of the armour may hold bits that mean nothing.
            Ok(opened) => assert_eq!(opened, secret("to be damaged"), "{damaged}"),
            Err(error) => assert!(
                matches!(error, SealedError::Damaged | SealedError::OtherIdentity),
                "{error}"
            ),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_secret_comes_out_as_it_was_sealed(text in "[ -~]{1,1000}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (keychain, _) = keychain_in(&folder.path().join("safe"));
        let sealed = Secret::new(text).unwrap();
        let identity = age::x25519::Identity::generate();
        let identity_text = age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).to_owned();
        let item = Item::SealingIdentity { folder: "f".into() };
        let copy = Sealer::from_recipient(&identity.to_public().to_string())
            .unwrap()
            .seal(&sealed, &account(1), &key(1))
            .unwrap();
        runtime.block_on(async {
            keychain.save(&item, &secret(&identity_text)).await.unwrap();
            assert_eq!(open_sealed(&keychain, "f", &copy).await.unwrap(), sealed);
        });
    }
}
