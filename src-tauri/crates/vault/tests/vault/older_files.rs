//! What earlier versions of the program wrote still opens. They encrypted to the NFKC of a passphrase without white space at its ends;
//! the files in `older/` were written by such a version, with an invented passphrase in which that changes much.

use jiff::Timestamp;
use vault::backup::{NotRestorable, open as open_backup};
use vault::recovery::{self, NotOpened, Recovery, testing};
use vault::{Item, Opener, Records, RecoveryError};

use super::passphrases::{passphrase, typed};
use super::{key, keychain_in, open, secret};

const BACKUP: &[u8] = include_bytes!("older/backup.age");

fn older(name: &str) -> String {
    let records: serde_json::Value =
        serde_json::from_str(include_str!("older/records.json")).unwrap();
    records[name].as_str().unwrap().to_owned()
}

#[test]
fn a_backup_of_an_earlier_version_opens_with_what_was_typed_then() {
    let set = older("typed");
    let folded = "Grüße m2 10 μm 1o so... 1⁄2 no break office abc \u{c5}";
    for words in [set.as_str(), set.trim(), folded] {
        let opened = open_backup(BACKUP, &typed(words)).unwrap();
        assert_eq!(opened.document.secrets(), 1, "{words:?}");
    }
    let other = open_backup(BACKUP, &typed("Grüße m² 10 µm")).unwrap_err();
    assert_eq!(other, NotRestorable::NotOpened(NotOpened::WrongPassphrase));
}

#[test]
fn a_folder_without_a_passphrase_takes_over_the_words_and_not_what_an_earlier_version_made_of_them()
{
    let words = older("typed");
    let opened = open_backup(BACKUP, &typed(words.trim())).unwrap();
    assert_eq!(opened.passphrase, passphrase(words.trim()));
    let folded = "Grüße m2 10 μm 1o so... 1⁄2 no break office abc \u{c5}";
    let opened = open_backup(BACKUP, &typed(&format!(" {folded}"))).unwrap();
    assert_eq!(
        opened.passphrase,
        passphrase(folded),
        "these cannot be set as they were typed"
    );
}

/// Records as an earlier version left them, and the keychain that belongs to them.
async fn folder_of_an_earlier_version(place: &std::path::Path) -> (vault::Keychain, Records) {
    testing::quick();
    let (keychain, _) = keychain_in(&place.join("keychain.json"));
    let records = open(&place.join("records")).await;
    let folder = records.sealing().await.unwrap().id;
    let identity = Item::SealingIdentity { folder };
    keychain
        .save(&identity, &secret(&older("identity")))
        .await
        .unwrap();
    records.replace_recipient(older("recipient")).await.unwrap();
    let recovery = Recovery {
        wrapped_identity: older("wrapped_identity"),
        sealed_passphrase: older("sealed_passphrase"),
        recipient: older("recipient"),
        set_at: Timestamp::now(),
    };
    records.save_recovery(recovery).await.unwrap();
    (keychain, records)
}

#[tokio::test]
async fn a_passphrase_set_by_an_earlier_version_is_known_again_and_backups_go_on_with_its_bytes() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = folder_of_an_earlier_version(place.path()).await;
    let before = records.recovery().await.unwrap();
    for words in [older("typed"), older("typed").trim().to_owned()] {
        recovery::check(&records, typed(&words)).await.unwrap();
    }
    let wrong = recovery::check(&records, typed("another m² altogether")).await;
    assert!(
        matches!(wrong, Err(RecoveryError::WrongPassphrase)),
        "{wrong:?}"
    );
    let known = recovery::known(&keychain, &records).await.unwrap();
    assert_eq!(
        known,
        passphrase("Grüße m2 10 μm 1o so... 1⁄2 no break office abc \u{c5}")
    );
    assert_eq!(
        records.recovery().await.unwrap(),
        before,
        "nothing is written anew"
    );
}

#[tokio::test]
async fn an_emptied_keychain_is_put_back_with_a_passphrase_set_by_an_earlier_version() {
    let place = tempfile::tempdir().unwrap();
    let (_, records) = folder_of_an_earlier_version(place.path()).await;
    let (emptied, _) = keychain_in(&place.path().join("another keychain.json"));
    let now = Timestamp::now();
    let put_back = recovery::put_back_identity(&emptied, &records, typed(&older("typed")), now);
    assert_eq!(put_back.await.unwrap(), recovery::PutBack::Done);
    let folder = records.sealing().await.unwrap().id;
    Opener::for_folder(&emptied, &folder).await.unwrap();
    assert!(records.sealed_copy(key(1)).await.unwrap().is_none());
}
