//! Data folders of one user: each has items of its own, and finds those from when all folders shared them.

use std::sync::Arc;

use vault::keychain::FileStore;
use vault::{Item, Keychain, Namespace};

use super::{account, api_secret, secret};

fn token() -> Item {
    Item::AuthToken {
        account: account(1),
    }
}

fn folders(store: &Arc<FileStore>) -> [Keychain; 2] {
    ["k3f9x2abcd", "m7q1z8efgh"]
        .map(|id| Keychain::with_store(store.clone(), Namespace::real()).of_vault(id))
}

fn of_before(store: &Arc<FileStore>) -> Keychain {
    Keychain::with_store(store.clone(), Namespace::real())
}

#[tokio::test]
async fn disconnecting_one_folder_does_not_disconnect_another() {
    let place = tempfile::tempdir().unwrap();
    let store = FileStore::open(place.path().join("safe"));
    let [one, other] = folders(&store);
    for (keychain, text) in [(&one, "one"), (&other, "other")] {
        keychain.save(&token(), &secret(text)).await.unwrap();
        keychain.save(&api_secret(1), &secret("key")).await.unwrap();
    }
    assert_eq!(one.read(&token()).await, Ok(Some(secret("one"))));
    for item in [token(), api_secret(1)] {
        one.delete(&item).await.unwrap();
        assert_eq!(one.read(&item).await, Ok(None));
        assert!(other.read(&item).await.unwrap().is_some());
    }
    let name = &store.names().unwrap()[0].1;
    assert!(name.ends_with(" (m7q1z8efgh)"), "{name}");
}

#[tokio::test]
async fn an_item_of_before_is_found_by_every_folder_that_shared_it() {
    let place = tempfile::tempdir().unwrap();
    let store = FileStore::open(place.path().join("safe"));
    of_before(&store)
        .save(&token(), &secret("shared"))
        .await
        .unwrap();
    let [one, other] = folders(&store);
    assert_eq!(one.read(&token()).await, Ok(Some(secret("shared"))));
    one.save(&token(), &secret("newer")).await.unwrap();
    one.delete(&token()).await.unwrap();
    assert_eq!(other.read(&token()).await, Ok(Some(secret("shared"))));
    of_before(&store).delete(&token()).await.unwrap();
    assert_eq!(
        other.read(&token()).await,
        Ok(Some(secret("shared"))),
        "it has a copy of its own since it was read"
    );
}

#[tokio::test]
async fn a_keys_secret_of_before_goes_when_its_key_is_deleted() {
    let place = tempfile::tempdir().unwrap();
    let store = FileStore::open(place.path().join("safe"));
    of_before(&store)
        .save(&api_secret(1), &secret("key"))
        .await
        .unwrap();
    let [one, _] = folders(&store);
    assert_eq!(one.read(&api_secret(1)).await, Ok(Some(secret("key"))));
    assert_eq!(store.names().unwrap().len(), 2);
    one.delete(&api_secret(1)).await.unwrap();
    assert_eq!(store.names().unwrap(), []);
}

#[tokio::test]
async fn trying_the_keychain_out_leaves_nothing_behind() {
    let place = tempfile::tempdir().unwrap();
    let store = FileStore::open(place.path().join("safe"));
    let [one, other] = folders(&store);
    let (first, second) = tokio::join!(one.check(), other.check());
    first.and(second).unwrap();
    assert_eq!(one.room_for(3).await, Ok(3));
    assert_eq!(store.names().unwrap(), []);
}
