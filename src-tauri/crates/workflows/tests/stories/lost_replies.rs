//! Replies that are lost on their way: never answered by asking again.

use practice::{Fault, Rule};
use workflows::{Changed, Problem, Reconciled};

use crate::bench::Bench;

/// Faults in which Twilio has done what it was asked, and the reply does not arrive as it should.
fn after_commit() -> Vec<Fault> {
    vec![
        Fault::ResetAfter,
        Fault::Truncated,
        Fault::ErrorPage {
            status: 500,
            after: true,
        },
        Fault::ErrorPage {
            status: 502,
            after: true,
        },
        Fault::WrongTypes { field: None },
        Fault::MissingFields { field: None },
        Fault::Huge { bytes: 10_000_000 },
    ]
}

#[tokio::test]
async fn a_subaccount_whose_reply_was_lost_is_found_by_its_tag_and_adopted() {
    for fault in after_commit() {
        let bench = Bench::with_subaccounts(3).await;
        let name = fault.kind();
        bench.practice.faults().inject(
            Rule::new(fault.clone())
                .on("POST", "/2010-04-01/Accounts.json")
                .next(1),
        );
        let made = bench.create_subaccount("Acme").await.expect(name);
        assert_eq!(bench.accounts_named("Acme").len(), 1, "{name}");
        assert_eq!(
            bench.requests("POST", "/Accounts.json"),
            1,
            "{name}: asked once"
        );
        assert!(bench.saved_secret_works(&made.key).await, "{name}");
        assert_eq!(bench.open_entries().await, 0, "{name}");
    }
}

#[tokio::test]
async fn a_key_whose_secret_was_lost_is_deleted_and_made_anew() {
    for fault in after_commit() {
        let bench = Bench::with_subaccounts(3).await;
        let name = fault.kind();
        let account = bench.some_subaccount();
        let before = bench.key_names(&account);
        bench
            .practice
            .faults()
            .inject(Rule::new(fault.clone()).on("POST", "/**/Keys.json").next(1));
        let made = bench.create_key(&account, "Alarm").await.expect(name);
        let mut expected = before;
        expected.push("Alarm".to_owned());
        assert_eq!(
            bench.key_names(&account),
            expected,
            "{name}: one new key, with its plain name"
        );
        assert_eq!(bench.requests("POST", "/Keys.json"), 2, "{name}");
        assert_eq!(bench.requests("DELETE", ".json"), 1, "{name}");
        assert!(bench.saved_secret_works(&made.key).await, "{name}");
        assert_eq!(bench.open_entries().await, 0, "{name}");
    }
}

#[tokio::test]
async fn a_list_that_lags_behind_does_not_hide_what_was_made() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    let faults = bench.practice.faults();
    faults.inject(
        Rule::new(Fault::ResetAfter)
            .on("POST", "/**/Keys.json")
            .next(1),
    );
    faults.inject(Rule::new(Fault::Stale).on("GET", "/**/Keys.json").next(1));
    let failure = bench
        .create_key(&account, "Alarm")
        .await
        .expect_err("the list does not show it yet");
    assert!(
        matches!(failure.problem, Problem::OutcomeUnknown),
        "{failure}"
    );

    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(
        reconciled,
        Reconciled {
            unusable_deleted: 1,
            ..Reconciled::default()
        }
    );
    assert!(
        !bench
            .key_names(&account)
            .iter()
            .any(|name| name.contains("[saving ")),
        "nothing unusable is left"
    );
}

#[tokio::test]
async fn a_key_of_somebody_else_that_looks_alike_is_never_touched() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    bench
        .create_key(&account, "Alarm [saving aaaaaaaaaa]")
        .await
        .expect("a look-alike");
    bench.practice.faults().inject(
        Rule::new(Fault::ResetAfter)
            .on("POST", "/**/Keys.json")
            .next(1),
    );
    bench
        .create_key(&account, "Alarm")
        .await
        .expect("it is made");
    let names = bench.key_names(&account);
    assert!(
        names.contains(&"Alarm [saving aaaaaaaaaa]".to_owned()),
        "{names:?}"
    );
}

#[tokio::test]
async fn a_key_that_cannot_be_deleted_now_is_deleted_at_the_next_look() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    let faults = bench.practice.faults();
    faults.inject(
        Rule::new(Fault::ResetAfter)
            .on("POST", "/**/Keys.json")
            .next(1),
    );
    faults.inject(
        Rule::new(Fault::ErrorPage {
            status: 503,
            after: false,
        })
        .on("DELETE", "**"),
    );
    let failure = bench
        .create_key(&account, "Alarm")
        .await
        .expect_err("it cannot be deleted");
    assert!(
        matches!(failure.problem, Problem::UnusableKeyNotDeleted(_)),
        "{failure}"
    );
    faults.clear();

    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(reconciled.unusable_deleted, 1);
    assert!(
        !bench
            .key_names(&account)
            .iter()
            .any(|name| name.contains("[saving "))
    );
}

#[tokio::test]
async fn a_lost_reply_to_a_rename_leaves_a_key_that_works_and_is_named_later() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    bench.practice.faults().inject(
        Rule::new(Fault::ErrorPage {
            status: 500,
            after: false,
        })
        .on("POST", "/**/Keys/*.json"),
    );
    let made = bench
        .create_key(&account, "Alarm")
        .await
        .expect("it can be handed over all the same");
    assert!(bench.saved_secret_works(&made.key).await);
    assert_eq!(bench.open_entries().await, 1);
    bench.practice.faults().clear();
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(reconciled.finished, 1);
    assert!(bench.key_names(&account).contains(&"Alarm".to_owned()));
}

#[tokio::test]
async fn the_same_name_again_leads_to_what_was_begun_and_makes_no_second_one() {
    let bench = Bench::with_subaccounts(3).await;
    let faults = bench.practice.faults();
    faults.inject(
        Rule::new(Fault::ResetAfter)
            .on("POST", "/2010-04-01/Accounts.json")
            .next(1),
    );
    faults.inject(
        Rule::new(Fault::Stale)
            .on("GET", "/2010-04-01/Accounts.json")
            .next(2),
    );
    let first = bench
        .create_subaccount("Acme")
        .await
        .expect_err("nobody knows yet");
    let again = bench
        .create_subaccount(" acme ")
        .await
        .expect_err("it was begun before");
    assert!(matches!(again.problem, Problem::BegunBefore), "{again}");
    assert_eq!(again.unfinished, first.unfinished);
    let entry = again.unfinished.expect("an entry");
    bench
        .workspace
        .finish(entry)
        .await
        .expect("it is there by now");
    assert_eq!(bench.requests("POST", "/Accounts.json"), 1);
    assert_eq!(bench.accounts_named("Acme").len(), 1);
}

#[tokio::test]
async fn a_subaccount_whose_key_was_lost_can_still_be_finished_after_the_key_is_deleted() {
    let bench = Bench::with_subaccounts(3).await;
    let faults = bench.practice.faults();
    faults.inject(
        Rule::new(Fault::ResetAfter)
            .on("POST", "/**/Keys.json")
            .next(1),
    );
    faults.inject(
        Rule::new(Fault::ErrorPage {
            status: 503,
            after: false,
        })
        .on("DELETE", "**"),
    );
    let failure = bench
        .create_subaccount("Acme")
        .await
        .expect_err("the key cannot be deleted");
    assert_eq!(failure.changed, Changed::Yes);
    faults.clear();
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(reconciled.unusable_deleted, 1);
    let left = bench
        .workspace
        .unfinished()
        .await
        .expect("the records can be read");
    assert_eq!(left.len(), 1, "the subaccount still waits for its key");
    let made = bench
        .workspace
        .finish(left[0].id)
        .await
        .expect("it can be finished");
    assert!(bench.saved_secret_works(&made.key).await);
    assert_eq!(bench.accounts_named("Acme").len(), 1);
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn a_key_that_twilio_does_not_know_when_it_is_tested_is_not_handed_over() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    bench.practice.faults().inject(
        Rule::new(Fault::Answer {
            status: 404,
            body: practice::AnswerBody::Twilio,
            after: false,
        })
        .on("GET", "/**/Messages.json"),
    );
    let failure = bench
        .create_key(&account, "Alarm")
        .await
        .expect_err("Twilio does not know it");
    assert!(
        matches!(failure.problem, Problem::Twilio(twilio::Error::Refused(_))),
        "{failure}"
    );
    assert_eq!(failure.changed, Changed::Yes);
    assert!(failure.unfinished.is_some());
}
