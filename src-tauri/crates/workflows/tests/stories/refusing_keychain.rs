//! A keychain that refuses, hangs or lies while a secret is on its way to it.

use std::time::{Duration, Instant};

use terms::AccountSid;
use vault::keychain::file_store::{Call, Fault, Refusal, Rule, Script};
use vault::{EntryId, KeychainError};
use workflows::{Changed, KeyState, Problem, Reconciled, UnfinishedStage};

use crate::bench::Bench;

/// The check before a creation writes once; the secret itself is the second write.
pub fn only_the_secret(fault: Fault) -> Script {
    Script {
        rules: vec![Rule {
            on: Call::Write,
            skip: 1,
            times: None,
            fault,
        }],
        ..Script::default()
    }
}

async fn with_a_sealing_identity() -> Bench {
    let bench = Bench::with_subaccounts(3).await;
    bench
        .create_key(&bench.some_subaccount(), "The first")
        .await
        .expect("it is made");
    bench.practice.forget_requests();
    bench
}

#[tokio::test]
async fn a_keychain_that_cannot_keep_anything_stops_everything_before_twilio_is_asked() {
    for fault in [
        Fault::Refuse(Refusal::Locked),
        Fault::Refuse(Refusal::Dismissed),
        Fault::Refuse(Refusal::Full),
        Fault::Refuse(Refusal::NoKeychain),
        Fault::Lose,
        Fault::Garble,
    ] {
        let bench = with_a_sealing_identity().await;
        let rules = vec![Rule {
            on: Call::Write,
            skip: 0,
            times: None,
            fault,
        }];
        bench.direct_keychain(&Script {
            rules,
            ..Script::default()
        });
        let failure = bench
            .create_subaccount("Acme")
            .await
            .expect_err("the keychain does not work");
        assert!(
            matches!(failure.problem, Problem::Keychain(_)),
            "{fault:?}: {failure}"
        );
        assert_eq!(
            (failure.changed, failure.unfinished),
            (Changed::No, None),
            "{fault:?}"
        );
        assert_eq!(bench.requests("POST", ".json"), 0, "{fault:?}");
    }
}

#[tokio::test]
async fn a_full_keychain_is_noticed_before_twilio_is_asked() {
    let bench = with_a_sealing_identity().await;
    let capacity = Some(bench.keychain_items().len());
    bench.direct_keychain(&Script {
        capacity,
        ..Script::default()
    });
    let failure = bench
        .create_subaccount("Acme")
        .await
        .expect_err("it is full");
    assert!(
        matches!(failure.problem, Problem::Keychain(KeychainError::Full)),
        "{failure}"
    );
    assert_eq!(bench.requests("POST", ".json"), 0);
}

#[tokio::test]
async fn when_the_keychain_refuses_the_secret_the_sealed_copy_holds_it_and_try_again_saves_it() {
    for fault in [
        Fault::Refuse(Refusal::Locked),
        Fault::Refuse(Refusal::WentAway),
        Fault::Lose,
        Fault::Garble,
        Fault::Hang { ms: 60_000 },
    ] {
        let bench = with_a_sealing_identity().await.restart_impatient().await;
        let account = bench.some_subaccount();
        bench.direct_keychain(&only_the_secret(fault));
        let failure = bench
            .create_key(&account, "Alarm")
            .await
            .expect_err("the keychain refuses");
        assert!(
            matches!(failure.problem, Problem::Keychain(_)),
            "{fault:?}: {failure}"
        );
        assert_eq!(failure.changed, Changed::Yes, "{fault:?}");
        let entry = failure.unfinished.expect("there is something to try again");
        let unfinished = bench
            .workspace
            .unfinished()
            .await
            .expect("the records can be read");
        assert_eq!(unfinished[0].stage, UnfinishedStage::Sealed, "{fault:?}");
        assert!(unfinished[0].is_unsafe() && unfinished[0].can_finish && unfinished[0].can_delete);

        bench.direct_keychain(&Script::default());
        let made = bench
            .workspace
            .finish(entry)
            .await
            .expect("the keychain works again");
        assert!(bench.saved_secret_works(&made.key).await, "{fault:?}");
        assert_eq!(
            bench.requests("POST", "/Keys.json"),
            1,
            "{fault:?}: no second key"
        );
        assert_eq!(bench.open_entries().await, 0, "{fault:?}");
    }
}

#[tokio::test]
async fn a_write_that_succeeded_and_was_reported_as_failed_is_found_out_by_reading() {
    let bench = with_a_sealing_identity().await;
    let account = bench.some_subaccount();
    bench.direct_keychain(&only_the_secret(Fault::DoneButReported(Refusal::WentAway)));
    match bench.create_key(&account, "Alarm").await {
        Ok(made) => assert!(bench.saved_secret_works(&made.key).await),
        Err(failure) => {
            let entry = failure.unfinished.expect("it can be tried again");
            bench.direct_keychain(&Script::default());
            let made = bench.workspace.finish(entry).await.expect("it was saved");
            assert!(bench.saved_secret_works(&made.key).await);
        }
    }
    assert_eq!(bench.requests("POST", "/Keys.json"), 1);
}

#[tokio::test]
async fn a_sealed_secret_outlives_the_program_and_is_saved_at_the_next_start() {
    let bench = with_a_sealing_identity().await;
    let account = bench.some_subaccount();
    bench.direct_keychain(&only_the_secret(Fault::Refuse(Refusal::Locked)));
    bench
        .create_key(&account, "Alarm")
        .await
        .expect_err("the keychain refuses");
    let bench = bench.restart().await;
    bench.direct_keychain(&Script::default());
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(
        reconciled,
        Reconciled {
            finished: 1,
            ..Reconciled::default()
        }
    );
    let view = bench
        .workspace
        .subaccount(&account)
        .await
        .expect("the records can be read");
    let line = view
        .keys
        .iter()
        .find(|line| line.name == "Alarm")
        .expect("it is saved");
    assert_eq!(line.state, KeyState::Saved);
    assert!(bench.saved_secret_works(&line.sid).await);
}

#[tokio::test]
async fn a_key_that_could_not_be_saved_can_be_deleted_at_twilio() {
    let bench = with_a_sealing_identity().await;
    let account = bench.some_subaccount();
    let before = bench.key_names(&account);
    bench.direct_keychain(&only_the_secret(Fault::Refuse(Refusal::Locked)));
    let failure = bench
        .create_key(&account, "Alarm")
        .await
        .expect_err("the keychain refuses");
    bench
        .workspace
        .delete_unfinished_key(failure.unfinished.expect("an entry"))
        .await
        .expect("it is deleted");
    assert_eq!(bench.key_names(&account), before);
    assert_eq!(bench.open_entries().await, 0);
    let view = bench
        .workspace
        .subaccount(&account)
        .await
        .expect("the records can be read");
    assert!(
        !view.keys.iter().any(|line| line.name == "Alarm"),
        "nothing of it is left here"
    );
}

/// A key that the keychain refused and its user wants deleted, which Twilio could not be told yet. By now it can.
async fn with_a_wish_to_delete() -> (Bench, AccountSid, EntryId) {
    let bench = with_a_sealing_identity().await;
    let account = bench.some_subaccount();
    bench.direct_keychain(&only_the_secret(Fault::Refuse(Refusal::Locked)));
    let failure = bench
        .create_key(&account, "Alarm")
        .await
        .expect_err("the keychain refuses");
    bench.practice.go_offline().await;
    let entry = failure.unfinished.expect("an entry");
    bench
        .workspace
        .delete_unfinished_key(entry)
        .await
        .expect_err("Twilio cannot be reached");
    bench
        .practice
        .go_online()
        .await
        .expect("the port is still free");
    bench.direct_keychain(&Script::default());
    (bench, account, entry)
}

#[tokio::test]
async fn a_wish_to_delete_is_carried_out_when_twilio_can_be_reached_again() {
    let (bench, account, _) = with_a_wish_to_delete().await;
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!((reconciled.finished, reconciled.unusable_deleted), (1, 0));
    assert!(
        !bench
            .key_names(&account)
            .iter()
            .any(|name| name.contains("Alarm"))
    );
}

#[tokio::test]
async fn finishing_a_deletion_that_was_wished_for_does_not_call_the_key_unusable() {
    let (bench, _, entry) = with_a_wish_to_delete().await;
    let ended = bench.workspace.finish(entry).await;
    let ended = ended.expect_err("there is nothing to go on with");
    assert!(matches!(ended.problem, Problem::KeyDeleted), "{ended}");
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn a_key_that_was_handed_over_is_not_deleted_as_unfinished() {
    let bench = with_a_sealing_identity().await;
    let account = bench.some_subaccount();
    let rule = practice::Rule::new(practice::Fault::ErrorPage {
        status: 500,
        after: false,
    })
    .on("POST", "/**/Keys/*.json");
    bench.practice.faults().inject(rule);
    let made = bench
        .create_key(&account, "Alarm")
        .await
        .expect("it is safe, and not named yet");
    let service = workflows::service("dicksonone");
    bench
        .workspace
        .record_hand_over(&made.key, service)
        .await
        .expect("it is recorded");
    let entry = bench
        .workspace
        .unfinished()
        .await
        .expect("the records can be read")[0]
        .id;
    let failure = bench
        .workspace
        .delete_unfinished_key(entry)
        .await
        .expect_err("DicksonOne uses it");
    assert!(matches!(failure.problem, Problem::NotDeletable));
    assert_eq!(bench.requests("DELETE", ".json"), 0);
}

#[tokio::test]
async fn nothing_is_deleted_while_the_keychain_cannot_say_whether_it_has_the_secret() {
    let bench = with_a_sealing_identity().await;
    let account = bench.some_subaccount();
    bench.practice.faults().inject(
        practice::Rule::new(practice::Fault::ResetAfter)
            .on("POST", "/**/Keys.json")
            .next(1),
    );
    // The check before a creation reads the canary back, and the identity; the look after the lost reply is the next read.
    let rules = vec![Rule {
        on: Call::Read,
        skip: 2,
        times: None,
        fault: Fault::Refuse(Refusal::Locked),
    }];
    bench.direct_keychain(&Script {
        rules,
        ..Script::default()
    });
    bench
        .create_key(&account, "Alarm")
        .await
        .expect_err("unreadable is not absent");
    assert_eq!(bench.requests("DELETE", ".json"), 0);
    assert_eq!(bench.open_entries().await, 1);
}

#[tokio::test]
async fn a_hanging_keychain_is_given_up_on_within_its_deadline() {
    let bench = with_a_sealing_identity().await.restart_impatient().await;
    let rules = vec![Rule {
        on: Call::Any,
        skip: 0,
        times: None,
        fault: Fault::Hang { ms: 60_000 },
    }];
    bench.direct_keychain(&Script {
        rules,
        ..Script::default()
    });
    let begun = Instant::now();
    let failure = bench.create_subaccount("Acme").await.expect_err("it hangs");
    assert!(
        matches!(failure.problem, Problem::Keychain(KeychainError::NoAnswer)),
        "{failure}"
    );
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "not for as long as it hangs"
    );
}

#[tokio::test]
async fn giving_up_on_the_keychain_while_a_key_is_saved_leaves_it_unfinished_and_safe() {
    let bench = with_a_sealing_identity().await;
    let account = bench.some_subaccount();
    bench.direct_keychain(&only_the_secret(Fault::Hang { ms: 60_000 }));
    let unanswered = bench.workspace.keychain().unanswered().clone();
    let give_up = async {
        let mut count = unanswered.count();
        count
            .wait_for(|&count| count > 0)
            .await
            .expect("the workspace is open");
        unanswered.give_up();
    };
    let (created, ()) = tokio::join!(bench.create_key(&account, "Alarm"), give_up);
    let failure = created.expect_err("nobody waits for the keychain");
    assert!(
        matches!(failure.problem, Problem::Keychain(KeychainError::GivenUp)),
        "{failure}"
    );
    assert_eq!(failure.changed, Changed::Yes);
    let entry = failure.unfinished.expect("what is made is named");
    assert_eq!(bench.open_entries().await, 1);
    bench.direct_keychain(&Script::default());
    let made = bench
        .workspace
        .finish(entry)
        .await
        .expect("the sealed copy holds it");
    assert_eq!(made.account, account);
    assert_eq!(bench.open_entries().await, 0);
    assert_eq!(
        bench.requests("POST", "/Keys.json"),
        1,
        "nothing is made twice"
    );
}
