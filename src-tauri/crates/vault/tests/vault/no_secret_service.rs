//! What happens where no Secret Service runs. Nothing here reaches a person's keyring.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use vault::{Item, Keychain, KeychainError, Namespace};

use super::again::{again, place, run_again};

const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";

async fn every_call_says(why: &KeychainError) {
    let keychain = Keychain::native(Namespace::custom("Subvault tests"));
    let item = Item::AuthToken {
        account: format!("AC{:032}", 1).parse().expect("a SID"),
    };
    assert_eq!(keychain.read(&item).await, Err(why.clone()));
    assert_eq!(keychain.delete(&item).await, Err(why.clone()));
    assert_eq!(keychain.check().await, Err(why.clone()));
}

#[tokio::test]
async fn a_computer_without_a_session_bus_is_told_that_it_has_none() {
    if place().is_some() {
        return every_call_says(&KeychainError::NoBus).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "no_secret_service::a_computer_without_a_session_bus_is_told_that_it_has_none";
    let mut command = again(&[], test, folder.path());
    command.env(
        BUS,
        format!("unix:path={}", folder.path().join("nobus").display()),
    );
    run_again(command);
}

#[tokio::test]
#[ignore = "needs dbus-daemon"]
async fn a_bus_without_a_keychain_is_told_that_it_has_none() {
    if place().is_some() {
        return every_call_says(&KeychainError::NoKeychain).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let configuration = folder.path().join("bus.conf");
    // A bus that knows no services, so it can start none.
    let text = format!(
        "<busconfig><type>session</type><listen>unix:dir={}</listen><policy context=\"default\">
         <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
        folder.path().display()
    );
    std::fs::write(&configuration, text).unwrap();
    let mut bus = Command::new("dbus-daemon")
        .args(["--nofork", "--print-address", "--config-file"])
        .arg(&configuration)
        .stdout(Stdio::piped())
        .spawn()
        .expect("dbus-daemon is installed");
    let mut address = String::new();
    BufReader::new(bus.stdout.take().unwrap())
        .read_line(&mut address)
        .unwrap();
    let test = "no_secret_service::a_bus_without_a_keychain_is_told_that_it_has_none";
    let mut command = again(&[], test, folder.path());
    command.env(BUS, address.trim());
    let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run_again(command)));
    bus.kill().unwrap();
    bus.wait().unwrap();
    assert!(told.is_ok());
}
