//! New subaccounts and new keys, when all goes well and when Twilio says no.

use practice::{Fault, Rule, Settings, Status};
use terms::AccountSid;
use workflows::{Changed, KeyName, Problem, Step, StepState, SubaccountName};

use crate::bench::Bench;

#[tokio::test]
async fn one_name_makes_a_subaccount_and_a_proved_key_whose_secret_is_saved() {
    let bench = Bench::with_subaccounts(5).await;
    let (made, told) = bench.create_subaccount_watched("Acme Cold Storage").await;
    let made = made.expect("it is made");

    let accounts = bench.accounts_named("Acme Cold Storage");
    assert_eq!(accounts.len(), 1);
    assert_eq!(
        bench.key_names(&made.account),
        ["Acme Cold Storage - DicksonOne"]
    );
    assert!(bench.saved_secret_works(&made.key).await);
    let card = bench
        .workspace
        .hand_over_card(&made.key)
        .await
        .expect("it can be handed over");
    assert_eq!(
        (card.account, card.credential.account_name.as_str()),
        (made.account, "Acme Cold Storage")
    );
    assert!(card.credential.proved_at.is_some());
    assert_eq!(bench.open_entries().await, 0);
    let done: Vec<Step> = told
        .iter()
        .filter(|(_, state)| *state == StepState::Done)
        .map(|(step, _)| *step)
        .collect();
    assert_eq!(
        done,
        [
            Step::Check,
            Step::CreateSubaccount,
            Step::CreateKey,
            Step::Seal,
            Step::SaveInKeychain,
            Step::NameKey,
            Step::Prove
        ]
    );
}

#[tokio::test]
async fn the_name_at_twilio_carries_the_tag_until_the_secret_is_safe() {
    let bench = Bench::with_subaccounts(5).await;
    bench.create_subaccount("Acme").await.expect("it is made");
    let created: Vec<String> = bench
        .practice
        .requests()
        .into_iter()
        .filter(|request| request.method == "POST" && request.path.ends_with("s.json"))
        .filter_map(|request| request.field("FriendlyName").map(str::to_owned))
        .collect();
    assert_eq!(
        created.len(),
        2,
        "one subaccount and one key were asked for"
    );
    assert!(
        created
            .iter()
            .all(|name| name.contains(" [saving ") && name.chars().count() <= 64),
        "{created:?}"
    );
}

#[tokio::test]
async fn a_key_for_a_subaccount_that_exists_takes_the_same_path() {
    let bench = Bench::with_subaccounts(5).await;
    let account = bench.some_subaccount();
    let made = bench
        .create_key(&account, "Second alarm system")
        .await
        .expect("it is made");
    assert_eq!(made.account, account);
    assert!(
        bench
            .key_names(&account)
            .contains(&"Second alarm system".to_owned())
    );
    assert!(bench.saved_secret_works(&made.key).await);
}

#[tokio::test]
async fn hostile_names_arrive_at_twilio_as_they_were_typed() {
    let bench = Bench::with_subaccounts(2).await;
    for name in [
        "<img src=x onerror=alert(1)>",
        "=cmd()|' /C calc'!A0",
        "مختبر النور",
        "🧊🧊 Ice",
        "A&B=C%20;D+E",
    ] {
        let made = bench.create_subaccount(name).await.expect(name);
        assert_eq!(bench.accounts_named(name).len(), 1, "{name}");
        assert_eq!(
            bench.key_names(&made.account),
            [format!("{name} - DicksonOne")]
        );
    }
}

#[tokio::test]
async fn a_suspended_subaccount_gets_no_key_and_twilio_is_not_asked_for_one() {
    let bench = Bench::with_subaccounts(40).await;
    let state = bench.practice.state();
    let suspended = state
        .accounts
        .iter()
        .find(|account| account.status == Status::Suspended)
        .expect("one is");
    let account = suspended.sid.parse().expect("a SID");
    let failure = bench
        .create_key(&account, "A key")
        .await
        .expect_err("it is suspended");
    assert!(matches!(failure.problem, Problem::SubaccountNotActive));
    assert_eq!(failure.changed, Changed::No);
    assert_eq!(bench.requests("POST", "/Keys.json"), 0);
}

#[tokio::test]
async fn another_accounts_answer_stops_everything_before_a_key_is_made() {
    let bench = Bench::with_subaccounts(5).await;
    let account = bench.some_subaccount();
    let rule = Rule::new(Fault::OtherAccount { sid: None })
        .on("GET", &format!("/2010-04-01/Accounts/{account}.json"));
    bench.practice.faults().inject(rule);
    let failure = bench
        .create_key(&account, "A key")
        .await
        .expect_err("the answer is about someone else");
    assert!(
        matches!(
            failure.problem,
            Problem::Twilio(twilio::Error::WrongAccount { .. })
        ),
        "{failure}"
    );
    assert_eq!(bench.requests("POST", "/Keys.json"), 0);
}

#[tokio::test]
async fn a_trial_account_is_told_that_it_may_have_one_subaccount() {
    let bench = Bench::unconnected(Settings {
        subaccounts: 1,
        trial: true,
        ..Settings::default()
    })
    .await;
    bench.connect().await;
    let failure = bench
        .create_subaccount("One too many")
        .await
        .expect_err("a trial has one");
    assert!(
        matches!(failure.problem, Problem::TrialLimit(_)),
        "{failure}"
    );
    assert_eq!((failure.changed, failure.unfinished), (Changed::No, None));
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn the_same_name_twice_at_once_makes_one_subaccount() {
    let bench = Bench::with_subaccounts(2).await;
    let (first, second) = tokio::join!(
        bench.create_subaccount("Acme"),
        bench.create_subaccount("acme")
    );
    let failures: Vec<_> = [first, second]
        .into_iter()
        .filter_map(Result::err)
        .collect();
    assert_eq!(failures.len(), 1);
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure.problem, Problem::AlreadyRunning)
                && failure.changed == Changed::Unknown)
    );
    assert_eq!(
        bench.accounts_named("Acme").len() + bench.accounts_named("acme").len(),
        1
    );
}

#[tokio::test]
async fn a_key_that_is_refused_leaves_a_half_made_subaccount_that_finish_completes() {
    let bench = Bench::with_subaccounts(2).await;
    bench.practice.faults().inject(
        Rule::new(Fault::TooManyRequests { retry_after: None }).on("POST", "/**/Keys.json"),
    );
    let failure = bench
        .create_subaccount("Acme")
        .await
        .expect_err("no key is made");
    assert_eq!(failure.changed, Changed::Yes);
    let entry = failure.unfinished.expect("there is something to finish");
    assert_eq!(bench.open_entries().await, 1);

    bench.practice.faults().clear();
    let made = bench
        .workspace
        .finish(entry)
        .await
        .expect("it can be finished");
    assert_eq!(
        bench.accounts_named("Acme").len(),
        1,
        "a second subaccount is never made"
    );
    assert!(bench.saved_secret_works(&made.key).await);
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn a_new_key_that_twilio_does_not_know_everywhere_yet_is_tried_until_it_works() {
    let bench = Bench::with_subaccounts(2).await;
    let account = bench.some_subaccount();
    bench.practice.faults().inject(
        Rule::new(Fault::Answer {
            status: 401,
            body: practice::AnswerBody::Twilio,
            after: false,
        })
        .on("GET", "/**/Messages.json")
        .next(3),
    );
    let made = bench
        .create_key(&account, "Slow to spread")
        .await
        .expect("it is made");
    assert_eq!(bench.requests("GET", "/Messages.json"), 4);
    let card = bench
        .workspace
        .hand_over_card(&made.key)
        .await
        .expect("it can be handed over");
    assert!(card.credential.proved_at.is_some());
}

/// A colleague, or the Console, makes one.
async fn made_elsewhere(bench: &Bench, name: &str) -> AccountSid {
    let made = bench.elsewhere().create_account(name).await;
    made.expect("it is made").sid
}

#[tokio::test]
async fn a_subaccount_that_a_colleague_made_meanwhile_is_found_before_a_second_is_paid_for() {
    let bench = Bench::with_subaccounts(2).await;
    let name = "Acme Cold";
    // Made elsewhere since the list was read, by the same parent.
    let theirs = made_elsewhere(&bench, name).await;
    let failure = bench
        .create_subaccount(" Acme\u{a0} Cold\u{200b}")
        .await
        .expect_err("there is one already");
    assert!(matches!(failure.problem, Problem::NameTaken), "{failure}");
    assert_eq!((failure.changed, failure.unfinished), (Changed::No, None));
    assert_eq!(failure.subject.as_deref(), Some(name));
    assert_eq!(bench.accounts_named(name).len(), 1);
    assert_eq!(bench.open_entries().await, 0);

    // It is in the list now, and beside it another one is made when that is wanted.
    let name = SubaccountName::parse(name).expect("a usable name");
    let duplicates = bench.previewed(&name).await.duplicates;
    assert_eq!(duplicates.len(), 1);
    assert_eq!(duplicates[0].sid, theirs.as_str());
    let key_name = KeyName::for_service(name.as_str(), "DicksonOne");
    let made = bench
        .workspace
        .create_subaccount(&name, &key_name, &[theirs])
        .await
        .expect("it is wanted all the same");
    assert!(bench.saved_secret_works(&made.key).await);
    assert_eq!(bench.accounts_named(name.as_str()).len(), 2);
}

#[tokio::test]
async fn where_twilio_cannot_be_asked_for_the_name_nothing_is_made() {
    let bench = Bench::with_subaccounts(2).await;
    let page = Fault::ErrorPage {
        status: 500,
        after: false,
    };
    bench
        .practice
        .faults()
        .inject(Rule::new(page).on("GET", "/2010-04-01/Accounts.json"));
    let failure = bench
        .create_subaccount("Acme")
        .await
        .expect_err("it is not known whether there is one");
    assert_eq!((failure.changed, failure.unfinished), (Changed::No, None));
    assert_eq!(bench.requests("POST", "/2010-04-01/Accounts.json"), 0);
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn names_that_look_the_same_are_told_before_anything_is_made() {
    let bench = Bench::with_subaccounts(2).await;
    for (there, typed) in [
        ("Acme Cold", "Acme Cold\u{200b}"),
        ("Bcme\u{a0}Cold\u{200b}", "bcme  cold"),
        ("Cafe\u{301} Nord", "Café Nord"),
        ("Sørensen", "Sorensen"),
        ("Strasse 1", "Straße 1"),
        ("Delta", "D\u{435}lta"),
    ] {
        let theirs = made_elsewhere(&bench, there).await;
        bench.workspace.refresh().await.expect("the list is read");
        let name = SubaccountName::parse(typed).expect(typed);
        let found = bench.previewed(&name).await.duplicates;
        let found: Vec<_> = found.iter().map(|one| one.sid.as_str()).collect();
        assert_eq!(found, [theirs.as_str()], "{typed}");
    }
}

#[tokio::test]
async fn a_subaccount_is_listed_as_made_before_its_own_key() {
    let bench = Bench::with_subaccounts(2).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let account = made.account.clone();
    let activity = bench.workspace.records().activity(Some(account), 10).await;
    let activity = activity.expect("the records can be read");
    let newest_first: Vec<_> = activity.iter().map(|one| one.what).collect();
    let expected = [
        vault::ActivityKind::KeyCreated,
        vault::ActivityKind::SubaccountCreated,
    ];
    assert_eq!(newest_first, expected);
}
