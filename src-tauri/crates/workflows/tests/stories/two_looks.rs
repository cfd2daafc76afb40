//! What is concluded only after two looks, five minutes apart.

use jiff::SignedDuration;
use practice::{Fault, Rule};
use workflows::{Changed, Problem, Reconciled};

use crate::bench::Bench;

#[tokio::test]
async fn what_twilio_never_made_is_concluded_after_two_looks_five_minutes_apart() {
    let bench = Bench::with_subaccounts(3).await;
    bench.practice.faults().inject(
        Rule::new(Fault::ResetBefore)
            .on("POST", "/2010-04-01/Accounts.json")
            .next(1),
    );
    let failure = bench
        .create_subaccount("Acme")
        .await
        .expect_err("nobody knows yet");
    assert!(
        matches!(failure.problem, Problem::OutcomeUnknown),
        "{failure}"
    );
    assert_eq!(failure.changed, Changed::Unknown);

    bench.later(SignedDuration::from_mins(4));
    let waiting = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(
        waiting,
        Reconciled {
            waiting: 1,
            ..Reconciled::default()
        },
        "too early to say"
    );

    bench.later(SignedDuration::from_mins(2));
    let concluded = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(
        concluded,
        Reconciled {
            not_created: 1,
            ..Reconciled::default()
        }
    );
    assert_eq!(bench.open_entries().await, 0);
    assert_eq!(bench.requests("POST", "/Accounts.json"), 1, "asked once");
}

#[tokio::test]
async fn finishing_what_was_never_made_says_so_and_asks_nothing_more() {
    let bench = Bench::with_subaccounts(3).await;
    bench.practice.faults().inject(
        Rule::new(Fault::ResetBefore)
            .on("POST", "/2010-04-01/Accounts.json")
            .next(1),
    );
    let failure = bench
        .create_subaccount("Acme")
        .await
        .expect_err("nobody knows yet");
    let entry = failure
        .unfinished
        .expect("there is something to look after");
    bench.later(SignedDuration::from_mins(6));
    let failure = bench
        .workspace
        .finish(entry)
        .await
        .expect_err("it was not made");
    assert!(matches!(failure.problem, Problem::NotCreated), "{failure}");
    assert_eq!(failure.changed, Changed::No);
    assert_eq!(bench.requests("POST", "/Accounts.json"), 1);
    bench
        .create_subaccount("Acme")
        .await
        .expect("and it can be made now");
}

#[tokio::test]
async fn what_belongs_to_another_account_is_left_alone() {
    let bench = Bench::with_subaccounts(3).await;
    bench.practice.faults().inject(
        Rule::new(Fault::ResetBefore)
            .on("POST", "/2010-04-01/Accounts.json")
            .next(1),
    );
    let failure = bench
        .create_subaccount("Acme")
        .await
        .expect_err("nobody knows yet");
    let entry = failure.unfinished.expect("an entry");

    let other = practice::Practice::start(practice::Settings {
        seed: 77,
        subaccounts: 2,
        ..practice::Settings::default()
    })
    .await
    .expect("another made-up Twilio starts");
    let bench = bench.restart_at(&other.base_url()).await;
    let parent = other.parent();
    let fields = workflows::SignInFields {
        account_sid: parent.account_sid,
        auth_token: parent.auth_token,
    };
    bench
        .workspace
        .connect(fields)
        .await
        .expect("another account connects");
    bench.later(SignedDuration::from_mins(60));
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(
        reconciled,
        Reconciled {
            waiting: 1,
            ..Reconciled::default()
        },
        "nothing is concluded there"
    );
    let failure = bench
        .workspace
        .finish(entry)
        .await
        .expect_err("it is another's");
    assert!(
        matches!(failure.problem, Problem::OtherParent(_)),
        "{failure}"
    );
}

#[tokio::test]
async fn a_clock_that_is_set_ahead_between_two_looks_does_not_stand_in_for_the_time_between_them() {
    let bench = Bench::with_subaccounts(3).await;
    bench.practice.faults().inject(
        Rule::new(Fault::ResetBefore)
            .on("POST", "/2010-04-01/Accounts.json")
            .next(1),
    );
    bench
        .create_subaccount("Acme")
        .await
        .expect_err("nobody knows yet");
    bench.set_clock_ahead(SignedDuration::from_hours(3));
    for (not_created, passes) in [(0, 4), (0, 2), (1, 0)] {
        let reconciled = bench.workspace.reconcile().await.expect("it looks");
        assert_eq!(reconciled.not_created, not_created);
        bench.later(SignedDuration::from_mins(passes));
    }
}

#[tokio::test]
async fn a_look_that_was_noted_while_the_clock_was_ahead_does_not_put_off_the_answer() {
    let bench = Bench::with_subaccounts(3).await;
    bench.practice.faults().inject(
        Rule::new(Fault::ResetBefore)
            .on("POST", "/2010-04-01/Accounts.json")
            .next(1),
    );
    let ahead = SignedDuration::from_hours(3);
    bench.set_clock_ahead(ahead);
    bench
        .create_subaccount("Acme")
        .await
        .expect_err("nobody knows yet");
    bench.set_clock_ahead(-ahead);
    for not_created in [0, 1] {
        let reconciled = bench.workspace.reconcile().await.expect("it looks");
        assert_eq!(reconciled.not_created, not_created);
        bench.later(SignedDuration::from_mins(6));
    }
}

#[tokio::test]
async fn a_key_in_whose_secrets_place_is_something_else_is_deleted_after_two_looks() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    let other = bench.create_key(&account, "Other").await.expect("made").key;
    let faults = bench.practice.faults();
    let lost = Rule::new(Fault::ResetAfter).on("POST", "/**/Keys.json");
    faults.inject(lost.next(1));
    faults.inject(Rule::new(Fault::Stale).on("GET", "/**/Keys.json").next(1));
    let failure = bench.create_key(&account, "Alarm").await;
    failure.expect_err("the list does not show it yet");
    let state = bench.practice.state();
    let at_twilio = state.account(account.as_str()).expect("it exists");
    let tagged = at_twilio.keys.iter().find(|key| {
        let name = key.friendly_name.as_deref().unwrap_or_default();
        terms::Tag::find_in(name).is_some()
    });
    let key: terms::KeySid = tagged.expect("it was made").sid.parse().expect("a SID");
    let item = vault::Item::ApiSecret {
        account: account.clone(),
        key: key.clone(),
    };
    let secret = terms::Secret::new("invented".to_owned()).expect("a secret");
    let keychain = bench.workspace.keychain();
    keychain.save(&item, &secret).await.expect("it is saved");
    bench.meddle_with(&key, &other);

    bench.later(SignedDuration::from_mins(4));
    let early = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(early.waiting, 1, "{early:?}");
    assert_eq!(bench.requests("DELETE", ".json"), 0, "too early to say");
    bench.later(SignedDuration::from_mins(2));
    let concluded = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(concluded.unusable_deleted, 1, "{concluded:?}");
    assert!(bench.saved_secret_works(&other).await);
    assert_eq!(bench.open_entries().await, 0);
}
