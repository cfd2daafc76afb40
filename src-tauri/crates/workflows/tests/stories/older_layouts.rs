//! What an earlier version left opens with everything in it. The files in `layout_2/` were written by such a version, of a made-up account:
//! two saved keys, one of which was handed over, and a subaccount of which it was not known whether Twilio had made it. Those in
//! `layout_3/` were written by a later one that had opened them, planned another subaccount, and asked for another key.

use std::path::{Path, PathBuf};

use practice::Settings;
use terms::{AccountSid, KeySid, Region};
use twilio::Hosts;
use vault::backup::{Document, open as open_backup};
use vault::keychain::FileStore;
use vault::{ActivityKind, Intent, Keychain, Namespace, Stage};
use workflows::view::UnfinishedStage;
use workflows::{KeyState, Workspace};

use crate::bench::Bench;
use crate::two_computers::the_good_one;

const PARENT: &str = "AC7d760000000000000000000000002c1e";
/// The customer's account, its key, and the key's secret.
const ACME: (&str, &str, &str) = (
    "ACbfd10000000000000000000000000db7",
    "SK7a5f00000000000000000000000059ed",
    "gjZuzwPCBwahTetwgcQwvAW68eWAAAAA",
);
const ZENITH: (&str, &str, &str) = (
    "ACd400000000000000000000000000cc38",
    "SK908e0000000000000000000000001856",
    "RPCxpKa6mQuTb0SXgXlXBQj7fUZAAAAA",
);

fn file(layout: &str, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(layout)
        .join(name)
}

fn parent() -> Option<AccountSid> {
    PARENT.parse().ok()
}

/// The earlier version's folder and keychain, opened by this one. Twilio is not to be reached.
async fn opened(place: &Path) -> Workspace {
    opened_of("layout_2", place).await
}

async fn opened_of(layout: &str, place: &Path) -> Workspace {
    let records = place.join("records");
    std::fs::create_dir(&records).expect("a folder");
    for name in ["records.db", "vault-id"] {
        std::fs::copy(file(layout, name), records.join(name)).expect("the file is copied");
    }
    let keychain = place.join("keychain.json");
    std::fs::copy(file(layout, "keychain.json"), &keychain).expect("the file is copied");
    let keychain = Keychain::with_store(FileStore::open(&keychain), Namespace::custom("Stories"));
    let nowhere = Hosts::loopback("http://127.0.0.1:1").expect("an address");
    let (workspace, notice) = Workspace::open(&records, keychain, nowhere)
        .await
        .expect("the records open");
    assert_eq!(notice, None);
    workspace
}

#[tokio::test]
async fn a_folder_of_the_layout_before_opens_with_all_that_is_in_it() {
    let place = tempfile::tempdir().expect("a folder");
    let workspace = opened(place.path()).await;
    for (account, key, secret) in [ACME, ZENITH] {
        let key: KeySid = key.parse().expect("a SID");
        let card = workspace.hand_over_card(&key).await.expect("it is saved");
        assert_eq!(card.account.as_str(), account);
        assert_eq!(card.state, KeyState::Saved);
        assert_eq!(card.credential.parent, parent());
        assert_eq!(card.credential.region, Region::Us1);
        let read = workspace.secret_of(&key).await.expect("it is there");
        assert_eq!(read.expose(), secret);
    }
    let list = workspace.list().await.expect("the list");
    assert!(list.read_at.is_some());
    let names: Vec<_> = list.rows.iter().map(|row| row.name.as_str()).collect();
    let expected = [
        "Acme Cold Storage",
        "Aurora Cold Storage",
        "Ironbridge Laboratories GmbH",
        "Zenith",
    ];
    assert_eq!(names, expected);
    let (subaccounts, _) = workspace.records().subaccounts().await.expect("they are");
    assert!(subaccounts.iter().all(|row| row.parent == parent()));
    let open = workspace.unfinished().await.expect("they are");
    let open: Vec<_> = open
        .iter()
        .map(|one| (one.name.as_str(), one.stage))
        .collect();
    assert_eq!(open, [("Nordlicht", UnfinishedStage::Sent)]);
    let connection = workspace.records().connection().await.expect("it is");
    let connection = connection.expect("it is connected");
    assert_eq!(Some(connection.account), parent());
    assert_eq!(connection.balance, "1284.37 USD".parse().ok());
}

#[tokio::test]
async fn the_journal_of_the_layout_before_goes_on_where_it_stood() {
    let place = tempfile::tempdir().expect("a folder");
    let workspace = opened_of("layout_3", place.path()).await;
    let open = workspace.records().open_entries().await.expect("read");
    let acme: AccountSid = ACME.0.parse().expect("a SID");
    let found: Vec<_> = open
        .iter()
        .map(|entry| (&entry.intent, entry.stage))
        .collect();
    let new_subaccount = |name: &str| Intent::Subaccount {
        name: name.to_owned(),
        then_key: Some(format!("{name} - DicksonOne")),
    };
    let another_key = Intent::Key {
        account: acme,
        account_name: "Acme Cold Storage".to_owned(),
        name: "Acme Cold Storage - Tines".to_owned(),
        replaces: None,
    };
    let expected = [
        (&new_subaccount("Nordlicht"), Stage::Sent),
        (&another_key, Stage::Sent),
        (&new_subaccount("Høyfjell \"Frost\""), Stage::Planned),
    ];
    assert_eq!(found, expected);
    let zenith: KeySid = ZENITH.1.parse().expect("a SID");
    let card = workspace.hand_over_card(&zenith).await;
    assert_eq!(card.expect("it is saved").state, KeyState::Saved);
}

#[tokio::test]
async fn a_service_that_was_kept_by_its_name_is_kept_by_its_id() {
    let place = tempfile::tempdir().expect("a folder");
    let workspace = opened(place.path()).await;
    let key: KeySid = ACME.1.parse().expect("a SID");
    let card = workspace.hand_over_card(&key).await.expect("it is saved");
    let handed_over = card.credential.handed_over.expect("it was handed over");
    assert_eq!(handed_over.service, "environment");
    let account = ACME.0.parse().expect("a SID");
    let detail = workspace.subaccount(&account).await.expect("it is listed");
    let shown = detail.keys[0].handed_over.as_ref().expect("it is shown");
    assert_eq!(shown.service_name, "Environment variables");
    let noted = detail
        .activity
        .iter()
        .find(|one| one.what == ActivityKind::HandedOver);
    let said = noted.and_then(|one| one.detail.as_deref());
    assert_eq!(said, Some("Environment variables"));
}

#[tokio::test]
async fn a_backup_of_the_layout_before_is_restored_whole() {
    let bytes = std::fs::read(file("layout_2", "backup.age")).expect("the file");
    let document: Document = open_backup(&bytes, &the_good_one())
        .expect("it opens")
        .document;
    assert_eq!(document.secrets(), 2);
    let new = Bench::unconnected(Settings::default()).await;
    let report = new
        .workspace
        .restore_backup(file("layout_2", "backup.age"), the_good_one())
        .await
        .expect("it is restored");
    assert_eq!((report.keys, report.without_secret), (2, 0));
    for (account, key, secret) in [ACME, ZENITH] {
        let key: KeySid = key.parse().expect("a SID");
        let card = new
            .workspace
            .hand_over_card(&key)
            .await
            .expect("it is here");
        assert_eq!(card.account.as_str(), account);
        assert_eq!(card.credential.region, Region::Us1);
        let read = new.workspace.secret_of(&key).await.expect("it is sealed");
        assert_eq!(read.expose(), secret);
        if key.as_str() == ACME.1 {
            let handed_over = card.credential.handed_over.expect("it was handed over");
            assert_eq!(handed_over.service, "environment");
        }
    }
}
