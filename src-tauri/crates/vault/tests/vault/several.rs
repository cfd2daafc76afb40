//! Several items of one name: whichever works is used, and the others stay.

use proptest::prelude::*;
use vault::keychain::FileStore;
use vault::keychain::file_store::{Call, Fault, Refusal, Script};
use vault::{Item, Keychain, KeychainError, Namespace};

use super::{account, api_secret, keychain_in, secret};

const SERVICE: &str = "vault tests";

fn token() -> Item {
    Item::AuthToken {
        account: account(1),
    }
}

/// What the keychain makes of this secret as an item.
async fn content_of(item: &Item, text: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = keychain_in(&folder.path().join("safe"));
    keychain.save(item, &secret(text)).await.unwrap();
    store
        .contents(SERVICE, &item.name())
        .unwrap()
        .pop()
        .unwrap()
}

/// A keychain with an item, and others of the same name: their secrets, or `None` for what another program wrote.
async fn with(
    folder: &tempfile::TempDir,
    first: &str,
    others: &[Option<&str>],
) -> (Keychain, std::sync::Arc<FileStore>) {
    let (keychain, store) = keychain_in(&folder.path().join("safe"));
    keychain.save(&token(), &secret(first)).await.unwrap();
    for other in others {
        let content = match other {
            Some(text) => content_of(&token(), text).await,
            None => b"of another program".to_vec(),
        };
        store
            .add_another(SERVICE, &token().name(), &content, false)
            .unwrap();
    }
    (keychain, store)
}

#[tokio::test]
async fn items_of_equal_content_are_as_good_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = with(&folder, "one", &[Some("one"), Some("one")]).await;
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("one"))));
    keychain.save(&token(), &secret("one")).await.unwrap();
    assert_eq!(store.contents(SERVICE, &token().name()).unwrap().len(), 3);
    assert_eq!(
        keychain.seen_several(),
        [token()],
        "the user can be told of it"
    );
}

#[tokio::test]
async fn beside_what_another_program_wrote_our_own_item_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _) = with(&folder, "one", &[None, None]).await;
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("one"))));
}

#[tokio::test]
async fn of_different_secrets_every_one_can_be_tried() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _) = with(&folder, "one", &[Some("two"), None, Some("three")]).await;
    assert_eq!(
        keychain.read(&token()).await,
        Err(KeychainError::Ambiguous),
        "which of them works is not for the keychain to say"
    );
    let mut found: Vec<String> = keychain
        .read_all(&token())
        .await
        .unwrap()
        .iter()
        .map(|secret| secret.expose().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, ["one", "three", "two"]);
}

#[tokio::test]
async fn items_none_of_which_is_ours_are_changed_and_not_absent() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = keychain_in(&folder.path().join("safe"));
    for _ in 0..2 {
        store
            .add_another(SERVICE, &token().name(), b"foreign", false)
            .unwrap();
    }
    assert_eq!(keychain.read(&token()).await, Err(KeychainError::Changed));
    keychain.save(&token(), &secret("one")).await.unwrap();
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("one"))));
}

#[tokio::test]
async fn a_locked_item_is_asked_for_only_where_no_open_one_is_ours() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = with(&folder, "one", &[]).await;
    let locked = content_of(&token(), "locked").await;
    store
        .add_another(SERVICE, &token().name(), &locked, true)
        .unwrap();
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("one"))));
    keychain.save(&token(), &secret("new")).await.unwrap();
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("new"))));
    let other = api_secret(1);
    for (content, locked) in [(b"foreign".as_slice(), false), (&locked, true)] {
        store
            .add_another(SERVICE, &other.name(), content, locked)
            .unwrap();
    }
    assert_eq!(
        keychain.read(&other).await,
        Err(KeychainError::Dismissed),
        "what is locked may be ours"
    );
}

#[tokio::test]
async fn deleting_takes_what_is_ours_and_leaves_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = with(&folder, "one", &[Some("two"), None]).await;
    keychain.delete(&token()).await.unwrap();
    assert_eq!(
        store.contents(SERVICE, &token().name()).unwrap(),
        [b"of another program".to_vec()]
    );
}

#[tokio::test]
async fn all_but_the_one_that_works_are_deleted_when_the_user_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = with(&folder, "one", &[Some("two"), None, Some("two")]).await;
    assert_eq!(
        keychain.reduce_to(&token(), &secret("three")).await,
        Err(KeychainError::Changed)
    );
    assert_eq!(store.contents(SERVICE, &token().name()).unwrap().len(), 4);
    assert_eq!(keychain.reduce_to(&token(), &secret("two")).await, Ok(3));
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("two"))));
    assert_eq!(keychain.seen_several(), []);
    assert_eq!(keychain.reduce_to(&token(), &secret("two")).await, Ok(0));
}

#[tokio::test]
async fn where_an_item_is_replaced_a_refused_write_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let store = FileStore::open(&file);
    let keychain = Keychain::with_replacing_store(store.clone(), Namespace::custom(SERVICE));
    keychain.save(&token(), &secret("old")).await.unwrap();
    FileStore::direct(
        &file,
        &Script::once(Call::Write, Fault::Refuse(Refusal::Full)),
    )
    .unwrap();
    assert_eq!(
        keychain.save(&token(), &secret("new")).await,
        Err(KeychainError::Full)
    );
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("old"))));
    let deletes = store.calls().deletes;
    keychain.save(&token(), &secret("new")).await.unwrap();
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("new"))));
    assert_eq!(
        store.calls().deletes,
        deletes + 1,
        "what another program made is not written over"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn saving_over_several_replaces_one_and_loses_no_other(
        others in prop::collection::vec(prop::option::of("[a-d]"), 1..4),
        saved in "[a-e]",
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        runtime.block_on(async {
            let others: Vec<Option<&str>> = others.iter().map(Option::as_deref).collect();
            let (keychain, store) = with(&folder, "a", &others).await;
            let before = store.contents(SERVICE, &token().name()).unwrap();
            keychain.save(&token(), &secret(&saved)).await.unwrap();
            let after = store.contents(SERVICE, &token().name()).unwrap();
            let new = content_of(&token(), &saved).await;
            assert!(after.contains(&new));
            let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
            assert_eq!(after.len(), before.len());
            assert_eq!(changed, usize::from(!before.contains(&new)));
            assert!(keychain.read_all(&token()).await.unwrap().contains(&secret(&saved)));
        });
    }
}
