//! One item of the keychain that cannot be read: it serves all the same where it can, and never stands in the way of the others.

use vault::keychain::file_store::{Call, Fault, Refusal, Script};
use vault::recovery::testing;
use vault::{KeychainError, Passphrase, TypedPassphrase};
use workflows::{ExportFormat, PassedOver, Problem, WhyPassedOver};

use crate::bench::Bench;

/// An invented passphrase, and used for nothing else.
const GOOD: &str = "walnut ferry cobalt thursday";

fn typed(text: &str) -> TypedPassphrase {
    TypedPassphrase::new(text.to_owned()).expect("it may be tried")
}

fn good() -> Passphrase {
    Passphrase::new(GOOD.to_owned()).expect("a passphrase")
}

/// Saved keys of these customers, and a recovery passphrase.
async fn with_keys(names: &[&str]) -> (Bench, Vec<terms::KeySid>) {
    testing::quick();
    let bench = Bench::with_subaccounts(2).await;
    let mut keys = Vec::new();
    for name in names {
        keys.push(bench.create_subaccount(name).await.expect("it is made").key);
    }
    let workspace = &bench.workspace;
    workspace.set_passphrase(good()).await.expect("it is set");
    (bench, keys)
}

fn passed_over(name: &str, key: &terms::KeySid, why: WhyPassedOver) -> PassedOver {
    PassedOver {
        account_name: name.to_owned(),
        key_name: format!("{name} - DicksonOne"),
        key: key.clone(),
        why,
    }
}

#[tokio::test]
async fn an_item_that_another_program_changed_is_put_right_from_its_sealed_copy() {
    let (bench, keys) = with_keys(&["Acme", "Zenith"]).await;
    bench.meddle_with(&keys[0], &keys[1]);
    assert!(bench.saved_secret_works(&keys[0]).await);
    bench.spoil_sealed_copy(&keys[0]).await;
    assert!(
        bench.saved_secret_works(&keys[0]).await,
        "the item itself is right again"
    );
    assert!(bench.saved_secret_works(&keys[1]).await);
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_not_called_lost_where_its_sealed_copy_does_not_open() {
    let (bench, keys) = with_keys(&["Acme", "Zenith"]).await;
    bench.spoil_sealed_copy(&keys[0]).await;
    bench.meddle_with(&keys[0], &keys[1]);
    for _ in 0..2 {
        let Err(problem) = bench.workspace.secret_of(&keys[0]).await else {
            panic!("nothing gives its secret");
        };
        assert!(
            matches!(problem, Problem::Keychain(KeychainError::Changed)),
            "{problem}"
        );
    }
}

#[tokio::test]
async fn of_items_that_the_store_does_not_tell_apart_none_is_overwritten_and_the_sealed_copy_serves()
 {
    let (bench, keys) = with_keys(&["Acme", "Zenith"]).await;
    bench.meddle_with(&keys[0], &keys[1]);
    let two = Fault::Refuse(Refusal::Ambiguous);
    bench.direct_keychain(&Script::once(Call::Read, two));
    assert!(bench.saved_secret_works(&keys[0]).await);
    bench.spoil_sealed_copy(&keys[0]).await;
    let found = bench.workspace.secret_of(&keys[0]).await.map(drop);
    assert!(
        matches!(found, Err(Problem::Keychain(KeychainError::Changed))),
        "the item is as it was: {found:?}"
    );
}

#[tokio::test]
async fn putting_back_passes_over_what_it_cannot_and_names_it() {
    let (bench, keys) = with_keys(&["Acme", "Borough", "Cask", "Dune"]).await;
    let item = |key: &terms::KeySid, account| vault::Item::ApiSecret {
        account,
        key: key.clone(),
    };
    let credentials = bench.workspace.records().credentials().await;
    for credential in credentials.expect("the records can be read").drain(1..) {
        let key = credential.key.as_str().parse().expect("a SID");
        if key != keys[1] {
            let item = item(&key, credential.account);
            let deleted = bench.workspace.keychain().delete(&item).await;
            deleted.expect("somebody deletes it");
        }
    }
    bench.spoil_sealed_copy(&keys[1]).await;
    bench.meddle_with(&keys[1], &keys[0]);
    bench.spoil_sealed_copy(&keys[2]).await;
    let report = bench
        .workspace
        .put_back_missing(typed(GOOD))
        .await
        .expect("the others are put back");
    assert_eq!((report.secrets, report.sealed_only, report.lost), (1, 0, 1));
    assert_eq!(
        report.passed_over,
        [
            passed_over("Borough", &keys[1], WhyPassedOver::Changed),
            passed_over("Cask", &keys[2], WhyPassedOver::Lost),
        ]
    );
    bench.spoil_sealed_copy(&keys[3]).await;
    assert!(bench.saved_secret_works(&keys[3]).await, "by its own item");
}

#[tokio::test]
async fn putting_back_finds_nothing_amiss_with_a_key_that_has_two_items_and_a_sealed_copy() {
    let (bench, keys) = with_keys(&["Acme", "Zenith"]).await;
    // The identity is read to be put back, and to open copies, before the first item is.
    let two = vault::keychain::file_store::Rule {
        on: Call::Read,
        skip: 2,
        times: Some(1),
        fault: Fault::Refuse(Refusal::Ambiguous),
    };
    bench.direct_keychain(&Script {
        rules: vec![two],
        ..Script::default()
    });
    let report = bench
        .workspace
        .put_back_missing(typed(GOOD))
        .await
        .expect("the others are looked at");
    assert_eq!(report.passed_over, []);
    assert_eq!((report.secrets, report.lost), (0, 0));
    assert!(bench.saved_secret_works(&keys[0]).await);
}

#[tokio::test]
async fn an_export_of_all_keys_names_those_that_are_not_in_it() {
    let (bench, keys) = with_keys(&["Acme", "Borough", "Cask"]).await;
    bench.spoil_sealed_copy(&keys[1]).await;
    bench.meddle_with(&keys[1], &keys[0]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("keys.json");
    let report = bench
        .workspace
        .export_keys(None, ExportFormat::BitwardenJson, file.clone())
        .await
        .expect("the others are written");
    assert_eq!(report.keys, 2);
    assert_eq!(
        report.passed_over,
        [passed_over("Borough", &keys[1], WhyPassedOver::Changed)]
    );
    let written = std::fs::read_to_string(file).expect("it is there");
    assert!(written.contains(keys[0].as_str()) && written.contains(keys[2].as_str()));
    assert!(!written.contains(keys[1].as_str()));
}

#[tokio::test]
async fn a_locked_keychain_ends_an_export_and_is_not_taken_for_lost_keys() {
    let (bench, _) = with_keys(&["Acme", "Zenith"]).await;
    bench.direct_keychain(&Script::always(Call::Any, Fault::Refuse(Refusal::Locked)));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("keys.json");
    let outcome = bench
        .workspace
        .export_keys(None, ExportFormat::BitwardenJson, file.clone())
        .await;
    assert!(
        matches!(outcome, Err(Problem::Keychain(KeychainError::Locked))),
        "{outcome:?}"
    );
    assert!(!file.exists());
}

#[tokio::test]
async fn an_item_that_cannot_be_read_does_not_keep_those_beside_it_from_being_brought_back() {
    let bench = Bench::with_subaccounts(2).await;
    let account = bench.some_subaccount();
    let mut keys = Vec::new();
    for name in ["Alarm 1", "Alarm 2", "Alarm 3"] {
        let made = bench.create_key(&account, name).await;
        keys.push(made.expect("it is made").key);
    }
    bench.meddle_with(&keys[1], &keys[0]);
    let bench = bench.restart_with_broken_records().await;
    bench.connect().await;
    bench.workspace.refresh().await.expect("everything is read");
    assert!(bench.saved_secret_works(&keys[0]).await);
    assert!(!bench.saved_secret_works(&keys[1]).await);
    assert!(bench.saved_secret_works(&keys[2]).await);
}
