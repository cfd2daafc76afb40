//! A Secret Service that has nothing to put items into: a new user, an automatic log-in, WSL, KeePassXC without a database. Each test has a
//! session bus, a home folder and a service of its own.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use vault::{Keychain, KeychainError, Namespace};

use super::again::{again, place, run_again};
use super::{api_secret as item, secret};

const GNOME_KEYRING: &str =
    r#"gnome-keyring-daemon --start --components=secrets </dev/null >/dev/null && exec "$0" "$@""#;
const KEEPASSXC: &str = r#"QT_QPA_PLATFORM=offscreen keepassxc >/dev/null 2>&1 &
    "$0" "$@"; ended=$?; kill $!; exit $ended"#;

/// In the second process, the keychain of its session. In the first, runs the second, in a home folder that was `prepared`, with a display or
/// without.
fn keychain(
    test: &str,
    service: &str,
    display: bool,
    prepared: impl FnOnce(&Path),
) -> Option<Keychain> {
    if place().is_some() {
        let keychain = Keychain::native(Namespace::custom("Subvault tests"));
        return Some(keychain.with_deadline(Duration::from_secs(40)));
    }
    let home = tempfile::tempdir().unwrap();
    prepared(home.path());
    let display: &[&str] = if display { &["xvfb-run", "-a"] } else { &[] };
    let session = [display, &["dbus-run-session", "--", "sh", "-c", service]].concat();
    let mut command = again(&session, &format!("default_keyring::{test}"), home.path());
    command
        .env("HOME", home.path())
        // KeePassXC runs once for each folder of this kind.
        .env("TMPDIR", home.path())
        .env("XDG_RUNTIME_DIR", home.path());
    for inherited in [
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "GNOME_KEYRING_CONTROL",
    ] {
        command.env_remove(inherited);
    }
    run_again(command);
    None
}

/// Waits for the keyring's box, and presses these keys in it.
async fn answer_the_box(keys: &'static [&'static [&'static str]]) {
    let answer = move || {
        let xdotool = |arguments: &[&str]| {
            let output = Command::new("xdotool").args(arguments).output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        let until = Instant::now() + Duration::from_secs(30);
        let found = loop {
            let found = xdotool(&["search", "--onlyvisible", "--class", "gcr-prompter"]);
            if !found.trim().is_empty() {
                break found;
            }
            assert!(Instant::now() < until, "the box comes up");
            std::thread::sleep(Duration::from_millis(200));
        };
        std::thread::sleep(Duration::from_secs(1));
        for window in found.split_whitespace() {
            xdotool(&["windowfocus", window]);
        }
        for pressed in keys {
            xdotool(pressed);
            std::thread::sleep(Duration::from_millis(200));
        }
    };
    tokio::task::spawn_blocking(answer).await.unwrap();
}

async fn nothing_is_read_or_deleted(keychain: &Keychain, why: &KeychainError) {
    assert_eq!(keychain.read(&item(1)).await, Err(why.clone()));
    assert_eq!(keychain.delete(&item(1)).await, Err(why.clone()));
}

#[tokio::test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
async fn a_keyring_that_can_show_no_box_says_so_and_is_not_called_missing() {
    let test = "a_keyring_that_can_show_no_box_says_so_and_is_not_called_missing";
    let Some(keychain) = keychain(test, GNOME_KEYRING, false, |_| {}) else {
        return;
    };
    nothing_is_read_or_deleted(&keychain, &KeychainError::NoDefault).await;
    assert_eq!(keychain.check().await, Err(KeychainError::CannotAsk));
    let saved = keychain.save(&item(1), &secret("x")).await;
    assert_eq!(saved, Err(KeychainError::CannotAsk));
}

#[tokio::test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
async fn a_default_keyring_whose_file_is_gone_counts_as_none() {
    let test = "a_default_keyring_whose_file_is_gone_counts_as_none";
    let prepared = |home: &Path| {
        let keyrings = home.join(".local/share/keyrings");
        std::fs::create_dir_all(&keyrings).unwrap();
        std::fs::write(keyrings.join("default"), "gone").unwrap();
    };
    let Some(keychain) = keychain(test, GNOME_KEYRING, false, prepared) else {
        return;
    };
    nothing_is_read_or_deleted(&keychain, &KeychainError::NoDefault).await;
}

#[tokio::test]
#[ignore = "needs dbus-run-session, gnome-keyring, xvfb-run and xdotool"]
async fn the_keyring_makes_a_default_one_when_the_user_chooses_its_password() {
    let test = "the_keyring_makes_a_default_one_when_the_user_chooses_its_password";
    let Some(keychain) = keychain(test, GNOME_KEYRING, true, |_| {}) else {
        return;
    };
    let closed: &[&[&str]] = &[&["key", "Escape"]];
    let (checked, ()) = tokio::join!(keychain.check(), answer_the_box(closed));
    assert_eq!(checked, Err(KeychainError::NoDefault));
    nothing_is_read_or_deleted(&keychain, &KeychainError::NoDefault).await;
    let chosen: &[&[&str]] = &[
        &["type", "a password"],
        &["key", "Tab"],
        &["type", "a password"],
        &["key", "Return"],
    ];
    let (checked, ()) = tokio::join!(keychain.check(), answer_the_box(chosen));
    checked.unwrap();
    assert_eq!(keychain.read(&item(1)).await, Ok(None));
    keychain.save(&item(1), &secret("x")).await.unwrap();
    assert_eq!(keychain.read(&item(1)).await, Ok(Some(secret("x"))));
}

#[tokio::test]
#[ignore = "needs dbus-run-session and keepassxc"]
async fn keepassxc_without_a_database_for_other_programs_says_so() {
    let test = "keepassxc_without_a_database_for_other_programs_says_so";
    let prepared = |home: &Path| {
        let place = home.join(".config/keepassxc");
        std::fs::create_dir_all(&place).unwrap();
        // It would put up a box of its own before it searches, and answer once somebody has closed that.
        let settings = "[General]\nConfigVersion=2\nUpdateCheckMessageShown=true\n[FdoSecrets]\nEnabled=true\nUnlockBeforeSearch=false\n[GUI]\nCheckForUpdates=false\n";
        std::fs::write(place.join("keepassxc.ini"), settings).unwrap();
    };
    let Some(keychain) = keychain(test, KEEPASSXC, false, prepared) else {
        return;
    };
    let until = Instant::now() + Duration::from_secs(30);
    while Keychain::find_name().await != "KeePassXC" {
        assert!(Instant::now() < until, "KeePassXC takes the bus name");
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    nothing_is_read_or_deleted(&keychain, &KeychainError::NoDatabase).await;
    assert_eq!(keychain.check().await, Err(KeychainError::NoDatabase));
}
