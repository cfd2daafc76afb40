//! After a restart, with Twilio out of reach and with parts of the keychain gone.

use vault::keychain::FileStore;
use workflows::view::FailureView;
use workflows::{KeyState, Problem};

use crate::bench::Bench;

#[tokio::test]
async fn everything_saved_can_be_found_and_read_without_a_network() {
    let bench = Bench::with_subaccounts(3).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    bench.practice.go_offline().await;
    let bench = bench.restart().await;
    let lines = bench
        .workspace
        .list()
        .await
        .expect("the records can be read")
        .rows;
    let line = lines
        .iter()
        .find(|line| line.name == "Acme")
        .expect("it is in the list");
    assert_eq!(line.saved, 1);
    assert!(
        line.key_sids
            .iter()
            .any(|key| key.as_str() == made.key.as_str()),
        "its key can be searched for"
    );
    assert!(bench.saved_secret_works(&made.key).await);
}

#[tokio::test]
async fn starting_asks_nothing_of_the_keychain_while_nothing_is_unfinished() {
    let bench = Bench::with_subaccounts(3).await;
    bench.create_subaccount("Acme").await.expect("it is made");
    let store = FileStore::open(bench.keychain_file());
    let keychain = vault::Keychain::with_store(store.clone(), vault::Namespace::custom("Stories"));
    let folder = tempfile::tempdir().expect("a folder");
    let hosts = twilio::Hosts::loopback(&bench.practice.base_url()).expect("a loopback address");
    let (workspace, _) = workflows::Workspace::open(folder.path(), keychain, hosts)
        .await
        .expect("the records open");
    workspace.list().await.expect("the records can be read");
    let workspace = std::sync::Arc::new(workspace);
    workspace.reconcile().await.expect("there is nothing to do");
    assert_eq!(store.calls(), vault::keychain::file_store::Calls::default());
}

#[tokio::test]
async fn a_secret_that_the_keychain_has_lost_comes_back_from_its_sealed_copy() {
    let bench = Bench::with_subaccounts(3).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let item = vault::Item::ApiSecret {
        account: made.account.clone(),
        key: made.key.clone(),
    };
    bench
        .workspace
        .keychain()
        .delete(&item)
        .await
        .expect("somebody deletes it");
    assert!(
        bench.saved_secret_works(&made.key).await,
        "opened from the sealed copy"
    );
    assert!(
        bench
            .keychain_items()
            .iter()
            .any(|name| name.contains(made.key.as_str())),
        "and put back"
    );
    let view = bench
        .workspace
        .subaccount(&made.account)
        .await
        .expect("the records can be read");
    assert_eq!(view.keys[0].state, KeyState::Saved);
}

#[tokio::test]
async fn after_the_keychain_was_emptied_new_keys_can_be_made_and_the_old_secret_is_not_guessed() {
    let bench = Bench::with_subaccounts(3).await;
    let old = bench.create_subaccount("Acme").await.expect("it is made");
    std::fs::remove_file(bench.keychain_file()).expect("the keychain is emptied");
    let bench = bench.restart().await;
    bench.connect().await;
    let new = bench
        .create_subaccount("Baywood")
        .await
        .expect("it is made");
    assert!(bench.saved_secret_works(&new.key).await);
    assert!(
        !bench.saved_secret_works(&old.key).await,
        "its secret is gone"
    );
    let view = bench
        .workspace
        .subaccount(&old.account)
        .await
        .expect("the records can be read");
    assert_eq!(view.keys.len(), 1, "and nothing of it was deleted");
}

#[tokio::test]
async fn a_key_nobody_saved_has_no_secret_to_show() {
    let bench = Bench::with_subaccounts(3).await;
    let key = format!("SK{}", "0".repeat(32)).parse().expect("a SID");
    let Err(problem) = bench.workspace.secret_of(&key).await else {
        panic!("there is none");
    };
    assert!(matches!(problem, Problem::SecretNotFound));
}

#[tokio::test]
async fn what_was_planned_and_never_sent_is_closed_without_a_network_and_without_a_keychain() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    let parent: terms::AccountSid = bench.practice.parent().account_sid.parse().expect("a SID");
    let intents = [
        vault::Intent::Subaccount {
            name: "Acme".to_owned(),
            then_key: Some("Acme - DicksonOne".to_owned()),
        },
        vault::Intent::Key {
            account,
            account_name: "Zenith".to_owned(),
            name: "Alarm".to_owned(),
            replaces: None,
        },
    ];
    for intent in intents {
        let planned = bench
            .workspace
            .records()
            .plan(intent, parent.clone(), terms::Tag::random());
        planned.await.expect("it is written down");
    }
    bench.practice.go_offline().await;
    std::fs::remove_file(bench.keychain_file()).expect("the keychain is emptied");
    let bench = bench.restart().await;
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    let expected = workflows::Reconciled {
        not_created: 2,
        ..workflows::Reconciled::default()
    };
    assert_eq!(reconciled, expected);
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn what_stopped_something_unfinished_is_still_known_after_a_restart_and_no_longer_once_it_is_tried_again()
 {
    let bench = Bench::with_subaccounts(2).await;
    bench.practice.faults().inject(
        practice::Rule::new(practice::Fault::ResetBefore)
            .on("POST", "/2010-04-01/Accounts.json")
            .next(1),
    );
    let failure = bench.create_subaccount("Acme").await;
    let failure = FailureView::from(failure.expect_err("it is not known what became of it"));
    bench.workspace.note_failure(&failure).await;
    let bench = bench.restart().await;
    let unfinished = bench.workspace.unfinished().await.expect("it is read");
    let [one] = unfinished.as_slice() else {
        panic!("{unfinished:?}");
    };
    assert_eq!(one.problem, Some(failure));
    bench.workspace.forget_failure(one.id).await;
    let unfinished = bench.workspace.unfinished().await.expect("it is read");
    assert_eq!(unfinished[0].problem, None);
}
