//! What is remembered of testing a key: that it works, that Twilio refused it, or that nobody has said yet.

use jiff::SignedDuration;
use practice::{AnswerBody, Fault, Rule};
use workflows::{Problem, Tested};

use crate::bench::Bench;
use crate::two_computers::{Old, new_computer, the_good_one};

const TESTS: &str = "/**/Messages.json";

/// Whether it is noted that the key works, and what became of testing it here.
async fn noted(bench: &Bench, key: &terms::KeySid) -> (bool, Tested) {
    let card = bench.workspace.hand_over_card(key).await;
    let card = card.expect("it is saved");
    let view = bench.workspace.subaccount(&card.account).await;
    if let Ok(view) = view {
        let row = view.keys.iter().find(|row| row.sid == *key);
        let row = row.expect("a row");
        let refused_at = match card.tested {
            Tested::Refused(at) => Some(at),
            Tested::AsNoted | Tested::Due => None,
        };
        assert_eq!(row.proof_due, card.tested == Tested::Due);
        assert_eq!(row.refused_at, refused_at);
    }
    (card.credential.proved_at.is_some(), card.tested)
}

fn somebody_elses(status: u16, body: AnswerBody) -> Fault {
    Fault::Answer {
        status,
        body,
        after: false,
    }
}

#[tokio::test]
async fn a_restored_key_that_twilio_refuses_is_marked_and_its_old_proof_is_gone() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    new.workspace
        .restore_backup(file, the_good_one())
        .await
        .expect("it opens");
    for key in &old.keys {
        assert_eq!(
            noted(&new, key).await,
            (true, Tested::Due),
            "the backup's word"
        );
    }
    let account = old.bench.workspace.hand_over_card(&old.keys[0]).await;
    let account = account.expect("it is saved").account;
    let elsewhere = old.bench.elsewhere();
    elsewhere
        .delete_key(&account, &old.keys[0])
        .await
        .expect("it is deleted");
    let proved = new.workspace.prove_restored().await;
    let proved = proved.expect("Twilio is reached");
    assert_eq!((proved.work, proved.refused, proved.waiting), (1, 1, 0));
    let (worked, tested) = noted(&new, &old.keys[0]).await;
    assert!(!worked, "it does not work any more");
    assert!(matches!(tested, Tested::Refused(_)), "{tested:?}");
    assert_eq!(noted(&new, &old.keys[1]).await, (true, Tested::AsNoted));
    let state = new.workspace.backup_state().await.expect("it is read");
    assert_eq!(state.proofs_due, 0);
}

#[tokio::test]
async fn a_proof_that_somebody_else_answers_stays_due() {
    let old = Old::with_keys(&["Acme"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    new.workspace
        .restore_backup(file, the_good_one())
        .await
        .expect("it opens");
    for body in AnswerBody::ALL {
        if body == AnswerBody::Twilio {
            continue;
        }
        for status in [401, 403, 404, 407] {
            let faults = old.bench.practice.faults();
            faults.inject(Rule::new(somebody_elses(status, body)).on("GET", TESTS));
            let proved = new.workspace.prove_restored().await;
            let proved = proved.expect("it was tried");
            assert_eq!(
                (proved.refused, proved.waiting),
                (0, 1),
                "{status} {body:?}"
            );
            assert_eq!(noted(&new, &old.keys[0]).await, (true, Tested::Due));
            faults.clear();
        }
    }
    let proved = new.workspace.prove_restored().await;
    assert_eq!(proved.expect("it was tried").work, 1);
}

#[tokio::test]
async fn a_test_that_twilio_refuses_is_remembered_until_the_key_works_again() {
    let bench = Bench::with_subaccounts(1).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    bench.later(SignedDuration::from_mins(2));
    assert_eq!(noted(&bench, &made.key).await, (true, Tested::AsNoted));
    let faults = bench.practice.faults();

    faults.inject(Rule::new(somebody_elses(401, AnswerBody::Page)).on("GET", TESTS));
    let outcome = bench.workspace.prove_key(&made.key).await;
    assert!(
        matches!(
            outcome,
            Err(Problem::Twilio(twilio::Error::AnsweredByAnother { .. }))
        ),
        "{outcome:?}"
    );
    assert_eq!(
        noted(&bench, &made.key).await,
        (true, Tested::AsNoted),
        "that says nothing of the key"
    );
    faults.clear();

    faults.inject(Rule::new(somebody_elses(401, AnswerBody::Twilio)).on("GET", TESTS));
    let outcome = bench.workspace.prove_key(&made.key).await;
    assert!(
        matches!(outcome, Err(Problem::KeyRefused(_))),
        "{outcome:?}"
    );
    let (worked, tested) = noted(&bench, &made.key).await;
    assert!(!worked);
    assert!(matches!(tested, Tested::Refused(_)), "{tested:?}");
    faults.clear();

    bench
        .workspace
        .prove_key(&made.key)
        .await
        .expect("it works after all");
    assert_eq!(noted(&bench, &made.key).await, (true, Tested::AsNoted));
}

#[tokio::test]
async fn a_key_that_was_made_a_moment_ago_is_tested_again_before_it_is_called_refused() {
    let bench = Bench::with_subaccounts(1).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let refusal = somebody_elses(401, AnswerBody::Twilio);
    bench
        .practice
        .faults()
        .inject(Rule::new(refusal).on("GET", TESTS).next(2));
    bench
        .workspace
        .prove_key(&made.key)
        .await
        .expect("Twilio knows it by now");
    assert_eq!(noted(&bench, &made.key).await, (true, Tested::AsNoted));
}
