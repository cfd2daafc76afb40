//! What happens where no Secret Service runs. Nothing here reaches a person's keyring: the bus it is sent to does not exist.
#![cfg(target_os = "linux")]

use std::process::Command;

use vault::{AccountId, Item, Keychain, KeychainError, Namespace};

#[test]
fn a_computer_without_a_keychain_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!(
        "unix:path={}",
        folder
            .path()
            .join("no bus")
            .display()
            .to_string()
            .replace(' ', "%20")
    );
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "asked_without_a_bus"])
        .env("DBUS_SESSION_BUS_ADDRESS", nowhere)
        .status()
        .unwrap();
    assert!(status.success());
}

#[tokio::test]
#[ignore = "run by a_computer_without_a_keychain_is_told_so, which names a bus that does not exist"]
async fn asked_without_a_bus() {
    assert!(
        std::env::var("DBUS_SESSION_BUS_ADDRESS")
            .unwrap()
            .contains("no%20bus")
    );
    let keychain = Keychain::native(Namespace::custom("Subvault tests"));
    let item = Item::AuthToken {
        account: AccountId::new("AC1"),
    };
    assert_eq!(keychain.read(&item).await, Err(KeychainError::NoSafe));
    assert_eq!(keychain.delete(&item).await, Err(KeychainError::NoSafe));
    assert_eq!(keychain.check().await, Err(KeychainError::NoSafe));
}
