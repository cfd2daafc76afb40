//! What an answer means: Twilio's own word, somebody else's page, and what Twilio says of what it does not know yet.

use std::time::Duration;

use practice::{AnswerBody, Fault, Rule};
use workflows::{Changed, Problem};

use crate::bench::Bench;

const NEW_SUBACCOUNT: &str = "/2010-04-01/Accounts.json";
const NEW_KEY: &str = "/2010-04-01/**/Keys.json";

/// Twilio has done what it was asked, and somebody else answers in its place; or Twilio itself refuses a second copy of the request, which
/// a proxy sent because it had lost the answer to the first.
fn after_it_was_made() -> Vec<Fault> {
    let mut faults = Vec::new();
    for status in [
        302, 400, 401, 403, 404, 407, 408, 409, 429, 451, 499, 500, 503, 599,
    ] {
        let body = match status % 5 {
            0 => AnswerBody::Page,
            1 => AnswerBody::LookAlike,
            2 => AnswerBody::Json,
            3 => AnswerBody::Empty,
            _ => AnswerBody::Text,
        };
        for body in [body, AnswerBody::Twilio] {
            // Of its own 429 Twilio says that nothing was processed.
            if (status, body) != (429, AnswerBody::Twilio) {
                faults.push(Fault::Answer {
                    status,
                    body,
                    after: true,
                });
            }
        }
    }
    faults
}

#[tokio::test]
async fn a_subaccount_that_was_made_is_adopted_whoever_answers_and_whatever() {
    let bench = Bench::with_subaccounts(3).await;
    for (number, fault) in after_it_was_made().into_iter().enumerate() {
        let (said, name) = (format!("{fault:?}"), format!("Acme {number}"));
        bench.practice.forget_requests();
        bench
            .practice
            .faults()
            .inject(Rule::new(fault).on("POST", NEW_SUBACCOUNT).next(1));
        let made = bench.create_subaccount(&name).await.expect(&said);
        assert_eq!(bench.accounts_named(&name).len(), 1, "{said}");
        assert_eq!(bench.requests("POST", "/Accounts.json"), 1, "{said}");
        assert!(bench.saved_secret_works(&made.key).await, "{said}");
        assert_eq!(bench.open_entries().await, 0, "{said}");
    }
}

#[tokio::test]
async fn a_key_that_was_made_is_not_left_behind_whoever_answers_and_whatever() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    for (number, fault) in after_it_was_made().into_iter().enumerate() {
        let (said, name) = (format!("{fault:?}"), format!("Alarm {number}"));
        let mut expected = bench.key_names(&account);
        expected.push(name.clone());
        bench
            .practice
            .faults()
            .inject(Rule::new(fault).on("POST", NEW_KEY).next(1));
        let made = bench.create_key(&account, &name).await.expect(&said);
        assert_eq!(bench.key_names(&account), expected, "{said}");
        assert!(bench.saved_secret_works(&made.key).await, "{said}");
        assert_eq!(bench.open_entries().await, 0, "{said}");
    }
}

#[tokio::test]
async fn nothing_is_said_to_be_unchanged_where_somebody_else_answered() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    for (number, status) in [302, 400, 401, 403, 404, 407, 429, 451, 500]
        .into_iter()
        .enumerate()
    {
        let fault = Fault::Answer {
            status,
            body: AnswerBody::Page,
            after: false,
        };
        let faults = bench.practice.faults();
        faults.inject(Rule::new(fault.clone()).on("POST", NEW_SUBACCOUNT).next(1));
        faults.inject(Rule::new(fault).on("POST", NEW_KEY).next(1));
        for failure in [
            bench.create_subaccount(&format!("Acme {number}")).await,
            bench.create_key(&account, &format!("Alarm {number}")).await,
        ] {
            let failure = failure.expect_err("nobody knows yet");
            assert!(
                matches!(failure.problem, Problem::OutcomeUnknown),
                "{status}: {failure}"
            );
            assert_eq!(failure.changed, Changed::Unknown, "{status}");
            assert!(failure.unfinished.is_some(), "{status}");
        }
        faults.clear();
    }
}

#[tokio::test]
async fn a_refusal_by_twilio_itself_is_said_at_once_and_leaves_nothing_to_look_after() {
    let bench = Bench::with_subaccounts(3).await;
    for status in [400, 403, 404, 422] {
        let fault = Fault::Answer {
            status,
            body: AnswerBody::Twilio,
            after: false,
        };
        bench
            .practice
            .faults()
            .inject(Rule::new(fault).on("POST", NEW_SUBACCOUNT).next(1));
        let failure = bench.create_subaccount("Acme").await.expect_err("refused");
        assert_eq!(failure.changed, Changed::No, "{status}");
        assert_eq!(bench.open_entries().await, 0, "{status}");
    }
}

#[tokio::test]
async fn what_was_made_a_moment_ago_is_asked_for_again_until_twilio_knows_it() {
    let bench = Bench::with_subaccounts(3).await;
    bench.practice.catch_up_within(Duration::from_millis(150));
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    assert_eq!(bench.accounts_named("Acme").len(), 1);
    assert_eq!(
        bench.key_names(&made.account),
        ["Acme - DicksonOne".to_owned()]
    );
    assert_eq!(bench.open_entries().await, 0, "named and proved");
    let card = bench.workspace.hand_over_card(&made.key).await;
    assert!(card.expect("a card").credential.proved_at.is_some());
}

#[tokio::test]
async fn what_was_not_made_a_moment_ago_is_refused_at_once() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    let fault = Fault::Answer {
        status: 404,
        body: AnswerBody::Twilio,
        after: false,
    };
    bench
        .practice
        .faults()
        .inject(Rule::new(fault).on("POST", NEW_KEY));
    bench
        .create_key(&account, "Alarm")
        .await
        .expect_err("refused");
    assert_eq!(bench.requests("POST", "/Keys.json"), 1);
}

#[tokio::test]
async fn where_a_policy_refuses_the_older_api_keys_are_made_by_the_newer_one() {
    let bench = Bench::with_subaccounts(3).await;
    let faults = bench.practice.faults();
    faults.inject(Rule::new(Fault::PolicyRefusal).on("POST", NEW_KEY));
    faults.inject(Rule::new(Fault::PolicyRefusal).on("GET", NEW_KEY));
    faults.inject(Rule::new(Fault::PolicyRefusal).on("POST", "/2010-04-01/**/Keys/*.json"));
    faults.inject(Rule::new(Fault::PolicyRefusal).on("DELETE", "/2010-04-01/**"));
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    assert!(bench.saved_secret_works(&made.key).await);
    assert_eq!(
        bench.key_names(&made.account),
        ["Acme - DicksonOne".to_owned()]
    );
    assert_eq!(bench.open_entries().await, 0);

    // A lost reply is looked up by the tag, and the key without a secret is deleted, there too.
    for lost in [
        Fault::ResetAfter,
        Fault::Answer {
            status: 403,
            body: AnswerBody::Page,
            after: true,
        },
    ] {
        faults.inject(Rule::new(lost).on("POST", "/v1/Keys").next(1));
        let again = bench.create_key(&made.account, "Alarm").await;
        let again = again.expect("it is made");
        assert!(bench.saved_secret_works(&again.key).await);
        let names = bench.key_names(&made.account);
        assert!(
            names.iter().all(|name| !name.contains("[saving ")),
            "{names:?}"
        );
    }
}
