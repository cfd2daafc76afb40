use proptest::prelude::*;
use terms::Secret;
use vault::keychain::FileStore;
use vault::keychain::file_store::{Call, Calls, Fault, Refusal, Rule, Script};
use vault::{Item, Keychain, KeychainError, Namespace};

use super::{account, api_secret, key, keychain_in, secret};

#[tokio::test]
async fn a_secret_is_saved_read_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = keychain_in(&folder.path().join("safe"));
    assert_eq!(
        store.calls(),
        Calls::default(),
        "nothing is asked before the first call"
    );
    let item = api_secret(1);
    assert_eq!(keychain.read(&item).await, Ok(None));
    keychain.save(&item, &secret("first")).await.unwrap();
    assert_eq!(keychain.read(&item).await, Ok(Some(secret("first"))));
    keychain.save(&item, &secret("second")).await.unwrap();
    assert_eq!(keychain.read(&item).await, Ok(Some(secret("second"))));
    keychain.delete(&item).await.unwrap();
    assert_eq!(keychain.read(&item).await, Ok(None));
    keychain
        .delete(&item)
        .await
        .expect("what is not there is deleted");
}

#[tokio::test]
async fn an_admin_finds_an_item_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path().join("safe"));
    let keychain = Keychain::with_store(store.clone(), Namespace::real());
    keychain.save(&api_secret(7), &secret("x")).await.unwrap();
    keychain
        .save(
            &Item::AuthToken {
                account: account(7),
            },
            &secret("y"),
        )
        .await
        .unwrap();
    let names = store.names().unwrap();
    let expected = [
        format!("API Secret {}", key(7)),
        format!("Auth Token {}", account(7)),
    ];
    assert_eq!(names, expected.map(|user| ("Subvault".to_owned(), user)));
}

#[tokio::test]
async fn namespaces_do_not_see_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path().join("safe"));
    let real = Keychain::with_store(store.clone(), Namespace::real());
    let practice = Keychain::with_store(store, Namespace::practice());
    real.save(&api_secret(1), &secret("real")).await.unwrap();
    assert_eq!(practice.read(&api_secret(1)).await, Ok(None));
    practice.delete(&api_secret(1)).await.unwrap();
    assert_eq!(real.read(&api_secret(1)).await, Ok(Some(secret("real"))));
}

#[tokio::test]
async fn an_item_with_the_content_of_another_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = keychain_in(&folder.path().join("safe"));
    keychain.save(&api_secret(1), &secret("one")).await.unwrap();
    keychain.save(&api_secret(2), &secret("two")).await.unwrap();
    store
        .overwrite_with("vault tests", &api_secret(1).name(), &api_secret(2).name())
        .unwrap();
    assert_eq!(
        keychain.read(&api_secret(1)).await,
        Err(KeychainError::Changed)
    );
    assert_eq!(keychain.read(&api_secret(2)).await, Ok(Some(secret("two"))));
    let same_key_elsewhere = Item::ApiSecret {
        account: account(1),
        key: key(2),
    };
    assert_eq!(
        keychain.read(&same_key_elsewhere).await,
        Err(KeychainError::Changed)
    );
}

#[tokio::test]
async fn every_refusal_is_told_apart_and_nothing_is_taken_for_absent() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    keychain
        .save(&api_secret(1), &secret("kept"))
        .await
        .unwrap();
    for (refusal, error) in [
        (Refusal::NoKeychain, KeychainError::NoKeychain),
        (Refusal::Locked, KeychainError::Locked),
        (Refusal::Dismissed, KeychainError::Dismissed),
        (Refusal::WentAway, KeychainError::Stopped),
        (Refusal::Full, KeychainError::Full),
        (Refusal::Blocked, KeychainError::Blocked),
        (Refusal::NotSignedIn, KeychainError::NotSignedIn),
        (Refusal::Ambiguous, KeychainError::Ambiguous),
        (
            Refusal::Broken,
            KeychainError::Broken("broken by the script".into()),
        ),
    ] {
        FileStore::direct(&file, &Script::always(Call::Any, Fault::Refuse(refusal))).unwrap();
        let unconfirmed = matches!(error, KeychainError::Stopped | KeychainError::Broken(_));
        let save_error = if unconfirmed {
            KeychainError::SaveNotConfirmed
        } else {
            error.clone()
        };
        assert_eq!(keychain.read(&api_secret(1)).await, Err(error.clone()));
        assert_eq!(keychain.read(&api_secret(2)).await, Err(error.clone()));
        assert_eq!(keychain.delete(&api_secret(1)).await, Err(error));
        assert_eq!(
            keychain.save(&api_secret(1), &secret("other")).await,
            Err(save_error.clone())
        );
        assert_eq!(keychain.check().await, Err(save_error));
        FileStore::direct(&file, &Script::default()).unwrap();
        assert_eq!(
            keychain.read(&api_secret(1)).await,
            Ok(Some(secret("kept")))
        );
    }
}

#[tokio::test]
async fn a_closed_password_box_is_not_put_up_again_by_a_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, store) = keychain_in(&file);
    FileStore::direct(
        &file,
        &Script::always(Call::Write, Fault::Refuse(Refusal::Dismissed)),
    )
    .unwrap();
    assert_eq!(
        keychain.save(&api_secret(1), &secret("x")).await,
        Err(KeychainError::Dismissed)
    );
    assert_eq!(
        store.calls(),
        Calls {
            writes: 1,
            ..Calls::default()
        }
    );
}

#[tokio::test]
async fn a_save_that_was_done_counts_although_an_error_was_reported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    for (number, refusal) in [
        (1, Refusal::Broken),
        (2, Refusal::WentAway),
        (3, Refusal::Full),
    ] {
        FileStore::direct(
            &file,
            &Script::once(Call::Write, Fault::DoneButReported(refusal)),
        )
        .unwrap();
        assert_eq!(
            keychain.save(&api_secret(number), &secret("x")).await,
            Ok(()),
            "{refusal:?}"
        );
        FileStore::direct(
            &file,
            &Script::once(Call::Delete, Fault::DoneButReported(refusal)),
        )
        .unwrap();
        assert_eq!(
            keychain.delete(&api_secret(number)).await,
            Ok(()),
            "{refusal:?}"
        );
        assert_eq!(keychain.read(&api_secret(number)).await, Ok(None));
    }
}

#[tokio::test]
async fn a_save_that_was_refused_for_a_reason_says_that_reason() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    FileStore::direct(
        &file,
        &Script::once(Call::Write, Fault::Refuse(Refusal::WentAway)),
    )
    .unwrap();
    assert_eq!(
        keychain.save(&api_secret(1), &secret("x")).await,
        Err(KeychainError::Stopped)
    );
    FileStore::direct(
        &file,
        &Script::once(Call::Write, Fault::Refuse(Refusal::Broken)),
    )
    .unwrap();
    let broken = KeychainError::Broken("broken by the script".into());
    assert_eq!(
        keychain.save(&api_secret(1), &secret("x")).await,
        Err(broken)
    );
}

#[tokio::test]
async fn a_save_that_cannot_be_read_back_is_not_called_saved() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    for fault in [Fault::Lose, Fault::Garble] {
        FileStore::direct(&file, &Script::always(Call::Write, fault)).unwrap();
        assert_eq!(
            keychain.save(&api_secret(1), &secret("x")).await,
            Err(KeychainError::SaveNotConfirmed),
            "{fault:?}"
        );
        assert_eq!(
            keychain.check().await,
            Err(KeychainError::SaveNotConfirmed),
            "{fault:?}"
        );
    }
    let unreadable = Script::always(Call::Read, Fault::Refuse(Refusal::Locked));
    FileStore::direct(&file, &unreadable).unwrap();
    assert_eq!(
        keychain.save(&api_secret(1), &secret("x")).await,
        Err(KeychainError::SaveNotConfirmed)
    );
}

#[tokio::test]
async fn a_full_keychain_is_found_out_before_anything_is_created() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, store) = keychain_in(&file);
    FileStore::direct(
        &file,
        &Script {
            capacity: Some(2),
            ..Script::default()
        },
    )
    .unwrap();
    keychain.save(&api_secret(1), &secret("one")).await.unwrap();
    keychain.check().await.expect("one place is left");
    keychain.save(&api_secret(2), &secret("two")).await.unwrap();
    assert_eq!(keychain.check().await, Err(KeychainError::Full));
    assert_eq!(
        keychain.save(&api_secret(3), &secret("three")).await,
        Err(KeychainError::Full)
    );
    keychain
        .save(&api_secret(1), &secret("one again"))
        .await
        .expect("an item that is there can be written");
    assert_eq!(
        store.names().unwrap().len(),
        2,
        "the check leaves nothing behind"
    );
}

#[tokio::test]
async fn an_emptied_keychain_reads_as_empty_and_is_not_harmed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    keychain.save(&api_secret(1), &secret("one")).await.unwrap();
    FileStore::direct(
        &file,
        &Script {
            emptied: true,
            ..Script::default()
        },
    )
    .unwrap();
    assert_eq!(keychain.read(&api_secret(1)).await, Ok(None));
    keychain.delete(&api_secret(1)).await.unwrap();
    FileStore::direct(&file, &Script::default()).unwrap();
    assert_eq!(keychain.read(&api_secret(1)).await, Ok(Some(secret("one"))));
}

#[tokio::test]
async fn many_callers_at_once_are_all_served() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _) = keychain_in(&folder.path().join("safe"));
    let saving: Vec<_> = (0..40)
        .map(|number| {
            let keychain = keychain.clone();
            tokio::spawn(async move {
                keychain
                    .save(&api_secret(number), &secret(&format!("secret {number}")))
                    .await
            })
        })
        .collect();
    for save in saving {
        save.await.unwrap().unwrap();
    }
    for number in 0..40 {
        let found = keychain.read(&api_secret(number)).await;
        assert_eq!(found, Ok(Some(secret(&format!("secret {number}")))));
    }
}

#[tokio::test]
async fn a_rule_of_the_script_can_wait_for_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    let third = Rule {
        on: Call::Read,
        skip: 2,
        times: Some(1),
        fault: Fault::Refuse(Refusal::Locked),
    };
    FileStore::direct(
        &file,
        &Script {
            rules: vec![third],
            ..Script::default()
        },
    )
    .unwrap();
    let answers = [
        keychain.read(&api_secret(1)).await,
        keychain.read(&api_secret(1)).await,
        keychain.read(&api_secret(1)).await,
        keychain.read(&api_secret(1)).await,
    ];
    assert_eq!(
        answers,
        [Ok(None), Ok(None), Err(KeychainError::Locked), Ok(None)]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_secret_comes_back_as_it_was_saved(text in "[ -~]{1,1000}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (keychain, _) = keychain_in(&folder.path().join("safe"));
        let saved = Secret::new(text).unwrap();
        runtime.block_on(async {
            keychain.save(&api_secret(1), &saved).await.unwrap();
            assert_eq!(keychain.read(&api_secret(1)).await, Ok(Some(saved)));
        });
    }
}
