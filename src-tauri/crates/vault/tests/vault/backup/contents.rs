//! What a backup holds.

use jiff::Timestamp;
use vault::HandOver;
use vault::backup::{BackupFile, open as open_backup};

use super::computer::Computer;
use super::{kept_secret, write_to};
use crate::passphrases::{PASSPHRASE, typed};
use crate::{account, api_secret, key, time};

#[tokio::test]
async fn a_backup_holds_everything_but_the_auth_token_and_opens_again() {
    let computer = Computer::with_keys(1..=3).await;
    let hand_over = HandOver {
        at: time("2026-03-01T10:00:00Z"),
        service: "DicksonOne".to_owned(),
    };
    computer
        .records
        .record_hand_over(key(2), hand_over)
        .await
        .unwrap();
    let preferences = computer.records.set_preference("preferences", "{}").await;
    preferences.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let made = write_to(folder.path(), &computer.gathered().await).unwrap();
    let opened = open_backup(&BackupFile::read(&made.path).unwrap(), &typed(PASSPHRASE))
        .unwrap()
        .document;
    assert_eq!((opened.subaccounts.len(), opened.secrets()), (3, 3));
    assert_eq!(opened.credentials[1].api_secret, Some(kept_secret(2)));
    assert_eq!(
        opened.credentials[1].handed_over_to.as_deref(),
        Some("DicksonOne")
    );
    assert!(opened.activity.iter().any(|one| one.what == "handed_over"));
    assert_eq!(
        opened.preferences.get("preferences").map(String::as_str),
        Some("{}")
    );
    let json = String::from_utf8(opened.to_json().unwrap().to_vec()).unwrap();
    assert!(
        json.starts_with("{\n  \"README\": ["),
        "a person sees first what this is"
    );
}

#[tokio::test]
async fn a_secret_whose_sealed_copy_does_not_open_comes_from_the_keychain() {
    let computer = Computer::with_keys(1..=1).await;
    let stranger = crate::sealer();
    let copy = stranger
        .seal(&kept_secret(7), &account(1), &key(1))
        .unwrap();
    computer
        .records
        .replace_sealed_copy(copy, Timestamp::now())
        .await
        .unwrap();
    let document = computer.gathered().await;
    assert_eq!(document.credentials[0].api_secret, Some(kept_secret(1)));
}

#[tokio::test]
async fn one_item_that_another_program_changed_does_not_keep_the_others_out_of_a_backup() {
    let computer = Computer::with_keys(1..=2).await;
    let stranger = crate::sealer();
    let copy = stranger
        .seal(&kept_secret(1), &account(1), &key(1))
        .unwrap();
    computer
        .records
        .replace_sealed_copy(copy, Timestamp::now())
        .await
        .unwrap();
    computer
        .store
        .overwrite_with("vault tests", &api_secret(1).name(), &api_secret(2).name())
        .unwrap();
    let document = computer.gathered().await;
    assert_eq!(document.credentials[0].api_secret, None);
    assert_eq!(document.credentials[1].api_secret, Some(kept_secret(2)));
}
