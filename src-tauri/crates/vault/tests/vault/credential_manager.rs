//! The real Windows Credential Manager.

use vault::{Keychain, KeychainError, Namespace};

use super::{api_secret as item, secret};

fn keychain() -> Keychain {
    Keychain::native(Namespace::custom("Subvault tests"))
}

#[tokio::test]
async fn secrets_are_saved_read_and_deleted() {
    let keychain = keychain();
    keychain.delete(&item(1)).await.unwrap();
    assert_eq!(keychain.read(&item(1)).await, Ok(None));
    keychain.save(&item(1), &secret("first")).await.unwrap();
    keychain.save(&item(1), &secret("second")).await.unwrap();
    assert_eq!(keychain.read(&item(1)).await, Ok(Some(secret("second"))));
    keychain.delete(&item(1)).await.unwrap();
    assert_eq!(keychain.read(&item(1)).await, Ok(None));
    keychain.check().await.unwrap();
    assert_eq!(Keychain::name(), "Credential Manager");
}

#[tokio::test]
async fn the_longest_secret_is_kept() {
    let keychain = keychain();
    let longest = "~".repeat(terms::secret::LONGEST);
    keychain.save(&item(2), &secret(&longest)).await.unwrap();
    assert_eq!(keychain.read(&item(2)).await, Ok(Some(secret(&longest))));
    keychain.delete(&item(2)).await.unwrap();
}

#[tokio::test]
async fn namespaces_and_items_do_not_run_into_each_other() {
    let (one, two) = (
        keychain(),
        Keychain::native(Namespace::custom("Subvault tests.more")),
    );
    one.save(&item(3), &secret("one")).await.unwrap();
    assert_eq!(two.read(&item(3)).await, Ok(None));
    two.save(&item(3), &secret("two")).await.unwrap();
    two.delete(&item(3)).await.unwrap();
    assert_eq!(one.read(&item(3)).await, Ok(Some(secret("one"))));
    one.delete(&item(3)).await.unwrap();
}

#[tokio::test]
async fn a_credential_stays_on_this_computer_and_says_what_it_is() {
    use std::collections::HashMap;

    let keychain = keychain();
    keychain.save(&item(4), &secret("x")).await.unwrap();
    let target = format!("Subvault tests/API Secret SK{:032}", 4);
    let store: std::sync::Arc<keyring_core::CredentialStore> =
        windows_native_keyring_store::Store::new().unwrap();
    let found = store
        .build(
            "any",
            "any",
            Some(&HashMap::from([("target", target.as_str())])),
        )
        .unwrap();
    let attributes = found.get_attributes().unwrap();
    assert_eq!(attributes["persistence"], "Local");
    assert_eq!(attributes["username"], format!("API Secret SK{:032}", 4));
    found.set_secret(b"something else").unwrap();
    assert_eq!(keychain.read(&item(4)).await, Err(KeychainError::Changed));
    keychain.delete(&item(4)).await.unwrap();
}

/// What a program stored that made its store by itself, with the namespace as the prefix of every target: the same items.
#[tokio::test]
async fn items_from_before_the_store_was_made_by_keyring_are_read_written_and_deleted() {
    use std::collections::HashMap;

    let keychain = keychain();
    let user = format!("API Secret SK{:032}", 5);
    let store: std::sync::Arc<keyring_core::CredentialStore> =
        windows_native_keyring_store::Store::new_with_configuration(&HashMap::from([
            ("prefix", "Subvault tests/"),
            ("divider", ""),
            ("suffix", ""),
        ]))
        .unwrap();
    let persistence = HashMap::from([("persistence", "Local")]);
    let before = store.build("", &user, Some(&persistence)).unwrap();

    keychain.save(&item(5), &secret("first")).await.unwrap();
    let content = before.get_secret().unwrap();
    let attributes = before.get_attributes().unwrap();
    keychain.delete(&item(5)).await.unwrap();
    assert_eq!(keychain.read(&item(5)).await, Ok(None));

    before.set_secret(&content).unwrap();
    assert_eq!(before.get_attributes().unwrap(), attributes);
    assert_eq!(keychain.read(&item(5)).await, Ok(Some(secret("first"))));
    keychain.save(&item(5), &secret("second")).await.unwrap();
    assert_ne!(before.get_secret().unwrap(), content);
    assert_eq!(before.get_attributes().unwrap(), attributes);
    keychain.delete(&item(5)).await.unwrap();
    assert!(matches!(
        before.get_secret(),
        Err(keyring_core::Error::NoEntry)
    ));
}
