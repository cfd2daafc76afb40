//! The real Secret Service. Each test has a session bus, a home folder and a GNOME Keyring of its own, so none can harm another
//! or a person's keyring.

use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use secret_service::EncryptionType;
use secret_service::blocking::SecretService;
use vault::{Keychain, KeychainError, Namespace};

use super::again::{again, place, run_again};
use super::{api_secret as item, secret};

/// Starts the session bus and the keyring, and then the program that is named after it.
const SESSION: [&str; 5] = [
    "dbus-run-session",
    "--",
    "sh",
    "-c",
    r#"printf password | gnome-keyring-daemon --unlock --components=secrets && exec "$0" "$@""#,
];
const SERVICE: &str = "Subvault tests";

/// In the second process, the keychain of its session. In the first, runs the second.
fn keychain(test: &str) -> Option<Keychain> {
    if place().is_some() {
        let keychain = Keychain::native(Namespace::custom(SERVICE));
        return Some(keychain.with_deadline(Duration::from_secs(20)));
    }
    let home = tempfile::tempdir().unwrap();
    let mut command = again(&SESSION, &format!("secret_service::{test}"), home.path());
    command
        .env("HOME", home.path())
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

/// Something done to the keyring by another program, off the async threads.
async fn from_outside<T: Send + 'static>(
    act: impl FnOnce(&SecretService<'_>) -> T + Send + 'static,
) -> T {
    let outside = move || act(&SecretService::connect(EncryptionType::Dh).unwrap());
    tokio::task::spawn_blocking(outside).await.unwrap()
}

/// Starts a daemon in place of the one that runs, with the same keyring, unlocked or not.
async fn restart_daemon(unlocked: bool) {
    let replace = move || {
        let mut command = Command::new("gnome-keyring-daemon");
        command
            .args(["--replace", "--daemonize", "--components=secrets"])
            .stdout(Stdio::null());
        if unlocked {
            command.arg("--unlock").stdin(Stdio::piped());
        } else {
            command.stdin(Stdio::null());
        }
        let mut child = command.spawn().unwrap();
        if let Some(mut stdin) = child.stdin.take() {
            std::io::Write::write_all(&mut stdin, b"password").unwrap();
        }
        assert!(child.wait().unwrap().success());
    };
    tokio::task::spawn_blocking(replace).await.unwrap();
}

#[tokio::test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
async fn secrets_are_kept_under_names_an_admin_can_find() {
    let Some(keychain) = keychain("secrets_are_kept_under_names_an_admin_can_find") else {
        return;
    };
    assert_eq!(keychain.read(&item(1)).await, Ok(None));
    keychain.save(&item(1), &secret("first")).await.unwrap();
    keychain.save(&item(1), &secret("second")).await.unwrap();
    assert_eq!(keychain.read(&item(1)).await, Ok(Some(secret("second"))));
    assert_eq!(Keychain::name(), "GNOME Keyring");
    let found = from_outside(|service| {
        let user = item(1).name();
        let found = service
            .search_items(HashMap::from([
                ("service", SERVICE),
                ("username", user.as_str()),
            ]))
            .unwrap();
        let described = |item: &secret_service::blocking::Item<'_>| {
            (
                item.get_label().unwrap(),
                String::from_utf8(item.get_secret().unwrap()).unwrap(),
            )
        };
        found.unlocked.iter().map(described).collect::<Vec<_>>()
    })
    .await;
    let [(label, content)] = found.as_slice() else {
        panic!("one item: {}", found.len())
    };
    assert_eq!(*label, format!("{SERVICE}: API Secret SK{:032}", 1));
    assert!(content.starts_with("v1:") && content.bytes().all(|byte| byte.is_ascii_graphic()));
    keychain.delete(&item(1)).await.unwrap();
    assert_eq!(keychain.read(&item(1)).await, Ok(None));
    keychain.delete(&item(1)).await.unwrap();
    keychain.check().await.unwrap();
}

#[tokio::test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
async fn the_longest_secret_is_kept() {
    let Some(keychain) = keychain("the_longest_secret_is_kept") else {
        return;
    };
    let longest: String = (b' '..=b'~')
        .map(char::from)
        .cycle()
        .take(terms::secret::LONGEST)
        .collect();
    keychain.save(&item(2), &secret(&longest)).await.unwrap();
    assert_eq!(keychain.read(&item(2)).await, Ok(Some(secret(&longest))));
    keychain.delete(&item(2)).await.unwrap();
}

#[tokio::test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
async fn an_item_that_another_program_changed_is_noticed() {
    let Some(keychain) = keychain("an_item_that_another_program_changed_is_noticed") else {
        return;
    };
    keychain.save(&item(3), &secret("x")).await.unwrap();
    from_outside(|service| {
        let user = item(3).name();
        let found = service
            .search_items(HashMap::from([("username", user.as_str())]))
            .unwrap();
        found.unlocked[0]
            .set_secret(b"something else", "text/plain")
            .unwrap();
    })
    .await;
    assert_eq!(keychain.read(&item(3)).await, Err(KeychainError::Changed));
    keychain.delete(&item(3)).await.unwrap();
}

/// Another item that goes by the name of `item(number)`: one attribute more tells it apart.
async fn add_another(number: u32, content: Vec<u8>) {
    from_outside(move |service| {
        let user = item(number).name();
        let attributes = HashMap::from([
            ("service", SERVICE),
            ("username", user.as_str()),
            ("copy", "yes"),
        ]);
        let collection = service.get_default_collection().unwrap();
        collection
            .create_item("copy", attributes, &content, false, "text/plain")
            .unwrap();
    })
    .await;
}

/// What is inside every item that goes by the name of `item(number)`.
async fn contents(number: u32) -> Vec<Vec<u8>> {
    from_outside(move |service| {
        let user = item(number).name();
        let found = service
            .search_items(HashMap::from([("username", user.as_str())]))
            .unwrap();
        let secrets = found.unlocked.iter().map(|item| item.get_secret().unwrap());
        secrets.collect()
    })
    .await
}

#[tokio::test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
async fn of_two_items_of_one_name_ours_serves_and_the_other_stays() {
    let Some(keychain) = keychain("of_two_items_of_one_name_ours_serves_and_the_other_stays")
    else {
        return;
    };
    keychain.save(&item(4), &secret("x")).await.unwrap();
    add_another(4, b"y".to_vec()).await;
    assert_eq!(keychain.read(&item(4)).await, Ok(Some(secret("x"))));
    keychain.save(&item(4), &secret("z")).await.unwrap();
    assert_eq!(keychain.read(&item(4)).await, Ok(Some(secret("z"))));
    keychain.delete(&item(4)).await.unwrap();
    assert_eq!(contents(4).await, [b"y"]);
}

#[tokio::test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
async fn two_different_secrets_of_one_name_can_both_be_tried_and_be_reduced_to_one() {
    let Some(keychain) =
        keychain("two_different_secrets_of_one_name_can_both_be_tried_and_be_reduced_to_one")
    else {
        return;
    };
    keychain.save(&item(8), &secret("older")).await.unwrap();
    let older = contents(8).await.remove(0);
    keychain.save(&item(8), &secret("newer")).await.unwrap();
    add_another(8, older).await;
    assert_eq!(keychain.read(&item(8)).await, Err(KeychainError::Ambiguous));
    let found = keychain.read_all(&item(8)).await.unwrap();
    assert!(found.contains(&secret("older")) && found.contains(&secret("newer")));
    assert_eq!(keychain.reduce_to(&item(8), &secret("newer")).await, Ok(1));
    assert_eq!(keychain.read(&item(8)).await, Ok(Some(secret("newer"))));
}

#[tokio::test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
async fn a_restarted_keyring_is_connected_to_again() {
    let Some(keychain) = keychain("a_restarted_keyring_is_connected_to_again") else {
        return;
    };
    keychain.save(&item(5), &secret("x")).await.unwrap();
    restart_daemon(true).await;
    assert_eq!(keychain.read(&item(5)).await, Ok(Some(secret("x"))));
    restart_daemon(true).await;
    keychain.save(&item(5), &secret("y")).await.unwrap();
    restart_daemon(true).await;
    keychain.delete(&item(5)).await.unwrap();
    restart_daemon(true).await;
    assert_eq!(keychain.read(&item(5)).await, Ok(None));
}

/// There is no screen to put the password box on here, so the keyring's prompter cannot start or never answers.
#[tokio::test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
async fn a_locked_keyring_is_never_taken_for_an_empty_one() {
    let Some(keychain) = keychain("a_locked_keyring_is_never_taken_for_an_empty_one") else {
        return;
    };
    keychain.save(&item(6), &secret("x")).await.unwrap();
    from_outside(|service| service.get_default_collection().unwrap().lock().unwrap()).await;
    let impatient = keychain.clone().with_deadline(Duration::from_secs(3));
    let begun = Instant::now();
    for number in [6, 7] {
        let answer = impatient.read(&item(number)).await;
        let locked = [KeychainError::CannotAsk, KeychainError::NoAnswer];
        assert!(
            locked.iter().any(|error| answer.as_ref() == Err(error)),
            "item {number}: {answer:?}"
        );
    }
    assert!(
        begun.elapsed() < Duration::from_secs(15),
        "{:?}",
        begun.elapsed()
    );
    restart_daemon(true).await;
    assert_eq!(keychain.read(&item(6)).await, Ok(Some(secret("x"))));
    keychain.delete(&item(6)).await.unwrap();
}
