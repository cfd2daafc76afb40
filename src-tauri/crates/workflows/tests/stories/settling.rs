//! What is left half-done or half-lost, and puts itself right.

use jiff::SignedDuration;
use practice::{Fault, Rule};
use terms::AccountSid;
use vault::keychain::file_store::{Call, Fault as KeychainFault, Refusal, Rule as Turn, Script};
use workflows::{KeyState, Problem, Reconciled, Refresh, UnfinishedStage, service};

use crate::bench::Bench;

/// The keychain takes the check and nothing after it.
fn refusing_after_the_check() -> Script {
    Script {
        rules: vec![Turn {
            on: Call::Write,
            skip: 1,
            times: None,
            fault: KeychainFault::Refuse(Refusal::Locked),
        }],
        ..Script::default()
    }
}

/// A key whose secret is in its sealed copy alone.
async fn with_a_sealed_key() -> (Bench, AccountSid) {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    bench
        .create_key(&account, "First")
        .await
        .expect("sealing is set up");
    bench.direct_keychain(&refusing_after_the_check());
    bench
        .create_key(&account, "Alarm")
        .await
        .expect_err("the keychain refuses the secret");
    bench.direct_keychain(&Script::default());
    (bench, account)
}

/// What the keychain of [`with_a_sealed_key`] is moved to while another is open in its place.
const ELSEWHERE: &str = "elsewhere.json";

#[tokio::test]
async fn a_sealed_key_waits_while_another_keychain_is_open_and_is_saved_when_its_own_is_back() {
    let (bench, account) = with_a_sealed_key().await;
    let elsewhere = bench.keychain_file().with_file_name(ELSEWHERE);
    std::fs::rename(bench.keychain_file(), &elsewhere).expect("another keychain is opened");
    let bench = bench.restart().await;
    bench.connect().await;
    let waiting = Reconciled {
        waiting: 1,
        ..Reconciled::default()
    };
    for _ in 0..2 {
        let reconciled = bench.workspace.reconcile().await.expect("it looks");
        assert_eq!(
            reconciled, waiting,
            "only its user can know that it is lost"
        );
    }
    assert_eq!(bench.requests("DELETE", ".json"), 0);
    std::fs::rename(&elsewhere, bench.keychain_file()).expect("its own is back");
    let bench = bench.restart().await;
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(reconciled.finished, 1, "{reconciled:?}");
    assert!(bench.key_names(&account).contains(&"Alarm".to_owned()));
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn a_key_whose_keychain_was_emptied_is_deleted_when_its_user_says_so() {
    let (bench, account) = with_a_sealed_key().await;
    std::fs::remove_file(bench.keychain_file()).expect("the keychain is emptied");
    let bench = bench.restart().await;
    bench.connect().await;
    bench.workspace.reconcile().await.expect("it looks");
    let unfinished = bench
        .workspace
        .unfinished()
        .await
        .expect("the records can be read");
    assert_eq!(unfinished[0].stage, UnfinishedStage::Sealed);
    assert!(unfinished[0].can_finish && unfinished[0].can_delete);
    let failure = bench
        .workspace
        .finish(unfinished[0].id)
        .await
        .expect_err("its secret is gone");
    assert_eq!(failure.unfinished, Some(unfinished[0].id));
    assert_eq!(bench.requests("DELETE", ".json"), 0);
    bench
        .workspace
        .delete_unfinished_key(unfinished[0].id)
        .await
        .expect("it is deleted");
    let names = bench.key_names(&account);
    assert!(
        !names.iter().any(|name| name.contains("Alarm")),
        "{names:?}"
    );
    assert!(
        names.contains(&"First".to_owned()),
        "a key that may be in use stays: {names:?}"
    );
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn a_secret_that_the_keychain_took_just_before_the_end_needs_no_sealed_copy() {
    let (bench, account) = with_a_sealed_key().await;
    let unfinished = bench
        .workspace
        .unfinished()
        .await
        .expect("the records can be read");
    let key = unfinished[0].key.clone().expect("its SID is known");
    let sealed = bench.workspace.records().sealed_copy(key.clone()).await;
    let sealed = sealed.expect("the records can be read").expect("a copy");
    let folder = bench.workspace.records().sealing().await.expect("a folder");
    let secret = vault::sealed::open(bench.workspace.keychain(), &folder.id, &sealed)
        .await
        .expect("it opens");
    let keychain = bench.workspace.keychain();
    let account_id = account.clone();
    let item = vault::Item::ApiSecret {
        account: account_id,
        key,
    };
    keychain.save(&item, &secret).await.expect("it is saved");
    let identity = vault::Item::SealingIdentity { folder: folder.id };
    keychain
        .delete(&identity)
        .await
        .expect("what opens sealed copies is lost");
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(reconciled.finished, 1, "{reconciled:?}");
    assert!(bench.key_names(&account).contains(&"Alarm".to_owned()));
}

#[tokio::test]
async fn a_key_that_was_handed_over_after_the_wish_to_delete_it_stays() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    let faults = bench.practice.faults();
    let trouble = Fault::ErrorPage {
        status: 500,
        after: false,
    };
    faults.inject(Rule::new(trouble.clone()).on("POST", "/**/Keys/*.json"));
    faults.inject(Rule::new(trouble).on("DELETE", "**"));
    let made = bench
        .create_key(&account, "Alarm")
        .await
        .expect("it can be handed over already");
    let unfinished = bench.workspace.unfinished().await.expect("one");
    bench
        .workspace
        .delete_unfinished_key(unfinished[0].id)
        .await
        .expect_err("Twilio does not delete it now");
    bench
        .workspace
        .record_hand_over(&made.key, service("dicksonone"))
        .await
        .expect("it is recorded");
    faults.clear();
    bench.workspace.reconcile().await.expect("it looks");
    bench.workspace.reconcile().await.expect("it looks again");
    assert!(bench.key_names(&account).contains(&"Alarm".to_owned()));
    assert!(bench.saved_secret_works(&made.key).await);
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn a_lost_subaccount_is_known_by_its_tag_whatever_became_of_the_name_around_it() {
    let bench = Bench::with_subaccounts(3).await;
    let faults = bench.practice.faults();
    let accounts = "/2010-04-01/Accounts.json";
    faults.inject(Rule::new(Fault::ResetAfter).on("POST", accounts).next(1));
    faults.inject(Rule::new(Fault::Stale).on("GET", accounts).next(2));
    bench
        .create_subaccount("Acme")
        .await
        .expect_err("nobody knows yet");
    let state = bench.practice.state();
    let tagged = state
        .accounts
        .iter()
        .find(|account| account.friendly_name.contains("[saving "))
        .expect("it was made");
    let changed = tagged.friendly_name.replace("Acme ", "ACME  ");
    let sid: AccountSid = tagged.sid.parse().expect("a SID");
    bench
        .elsewhere()
        .rename_account(&sid, &changed)
        .await
        .expect("it is renamed");
    bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(bench.accounts_named("Acme").len(), 1);
}

#[tokio::test]
async fn a_list_that_lags_behind_does_not_make_a_new_key_look_deleted() {
    let bench = Bench::with_subaccounts(3).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let key_state = || async {
        let view = bench.workspace.subaccount(&made.account).await;
        view.expect("the records can be read").keys[0].state
    };
    bench
        .elsewhere()
        .delete_key(&made.account, &made.key)
        .await
        .expect("a list without it, as one that lags behind");
    bench
        .workspace
        .refresh_subaccount(&made.account)
        .await
        .expect("it is read");
    assert_eq!(key_state().await, KeyState::Saved, "too early to say");
    bench.later(SignedDuration::from_mins(6));
    bench
        .workspace
        .refresh_subaccount(&made.account)
        .await
        .expect("it is read");
    assert_eq!(key_state().await, KeyState::RemovedAtTwilio);
}

#[tokio::test]
async fn one_subaccount_that_cannot_be_reached_does_not_end_a_refresh() {
    let bench = Bench::with_subaccounts(6).await;
    let lost = bench.some_subaccount();
    let path = format!("/2010-04-01/Accounts/{lost}/Keys.json");
    bench
        .practice
        .faults()
        .inject(Rule::new(Fault::ResetBefore).on("GET", &path));
    let outcome = bench
        .workspace
        .refresh()
        .await
        .expect("the others are read");
    assert_eq!(outcome, Refresh::Complete { unread: 1 });
}

#[tokio::test]
async fn a_key_that_is_unfinished_is_not_left_to_be_settled_in() {
    let (bench, _) = with_a_sealed_key().await;
    let left = bench.workspace.unsettled().await.expect("it is read");
    assert_eq!(left.sealed_only, 0);
}

#[tokio::test]
async fn what_the_records_lost_is_looked_for_until_everything_was_read_however_often_it_is_started()
{
    let bench = Bench::with_subaccounts(3).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let mut bench = bench.restart_with_broken_records().await;
    bench.connect().await;
    bench.practice.go_offline().await;
    for _ in 0..4 {
        let (again, _) = bench.restart_told().await;
        bench = again;
        bench
            .workspace
            .refresh()
            .await
            .expect_err("there is no network");
    }
    bench.practice.go_online().await.expect("the port is free");
    let unlucky = bench.some_subaccount();
    let path = format!("/2010-04-01/Accounts/{unlucky}/Keys.json");
    let trouble = Fault::ErrorPage {
        status: 403,
        after: false,
    };
    let faults = bench.practice.faults();
    faults.inject(Rule::new(trouble).on("GET", &path));
    let records = bench.workspace.records();
    for (unread, still_looked_for) in [(1, true), (0, false)] {
        let outcome = bench.workspace.refresh().await;
        let outcome = outcome.expect("the others are read");
        assert_eq!(outcome, Refresh::Complete { unread });
        let may_be = records.keys_may_be_brought_back().await;
        assert_eq!(may_be.expect("it is read"), still_looked_for);
        faults.clear();
    }
    assert!(bench.saved_secret_works(&made.key).await);
}

#[tokio::test]
async fn a_locked_keychain_is_asked_again_for_what_the_records_lost() {
    let bench = Bench::with_subaccounts(3).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let bench = bench.restart_with_broken_records().await;
    bench.connect().await;
    let locked = KeychainFault::Refuse(Refusal::Locked);
    for script in [Script::always(Call::Any, locked), Script::default()] {
        bench.direct_keychain(&script);
        bench.workspace.refresh().await.expect("everything is read");
    }
    assert!(bench.saved_secret_works(&made.key).await);
}

#[tokio::test]
async fn a_saved_key_that_the_records_lost_comes_back_from_the_keychain() {
    let bench = Bench::with_subaccounts(3).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let bench = bench.restart_with_broken_records().await;
    bench.connect().await;
    assert!(matches!(
        bench.workspace.secret_of(&made.key).await.map(drop),
        Err(Problem::SecretNotFound)
    ));
    bench.workspace.refresh().await.expect("everything is read");
    assert!(bench.saved_secret_works(&made.key).await);
    let view = bench
        .workspace
        .subaccount(&made.account)
        .await
        .expect("the records can be read");
    assert_eq!(view.keys[0].state, KeyState::Saved);
}
