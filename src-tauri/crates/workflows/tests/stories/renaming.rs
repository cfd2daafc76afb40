//! A subaccount gets another name, whatever becomes of Twilio's answer.

use practice::{AnswerBody, Fault, Rule};
use terms::AccountSid;
use vault::ActivityKind;
use workflows::{Changed, Failure, Problem, SubaccountName};

use crate::bench::Bench;

async fn renamed(bench: &Bench, account: &AccountSid, name: &str) -> Result<(), Failure> {
    let name = SubaccountName::parse(name).expect("a usable name");
    let renaming = bench.workspace.rename_subaccount(account, &name, &[]);
    renaming.await
}

fn at_twilio(bench: &Bench, account: &AccountSid) -> String {
    let state = bench.practice.state();
    let account = state.account(account.as_str()).expect("it exists");
    account.friendly_name.clone()
}

async fn in_the_list(bench: &Bench, account: &AccountSid) -> String {
    let rows = bench.workspace.rows_of(std::slice::from_ref(account)).await;
    let row = rows.expect("it is read").pop().expect("it is listed");
    row.name
}

/// With one saved key, and read once.
async fn bench() -> (Bench, AccountSid) {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    bench
        .create_key(&account, "Alarm")
        .await
        .expect("it is made");
    bench.workspace.refresh().await.expect("it is read");
    bench.practice.forget_requests();
    (bench, account)
}

#[tokio::test]
async fn the_new_name_is_at_twilio_in_the_list_with_the_saved_key_and_in_the_activity() {
    let (bench, account) = bench().await;
    let before = at_twilio(&bench, &account);
    renamed(&bench, &account, "  Harbour  Clinic ")
        .await
        .expect("it is renamed");
    assert_eq!(at_twilio(&bench, &account), "Harbour Clinic");
    assert_eq!(in_the_list(&bench, &account).await, "Harbour Clinic");
    let saved = bench.workspace.records().credentials().await.expect("read");
    assert_eq!(saved[0].account_name, "Harbour Clinic");
    let activity = bench
        .workspace
        .records()
        .activity(None, 1)
        .await
        .expect("read");
    assert_eq!(activity[0].what, ActivityKind::SubaccountRenamed);
    assert_eq!(activity[0].detail, before);
}

#[tokio::test]
async fn a_name_that_another_one_has_is_asked_about_and_its_own_is_not() {
    let (bench, account) = bench().await;
    let state = bench.practice.state();
    let parent = bench.practice.parent().account_sid;
    let other = state
        .accounts
        .iter()
        .find(|one| one.sid != parent && one.sid != account.as_str())
        .expect("there is another one");
    let failure = renamed(&bench, &account, &other.friendly_name).await;
    let failure = failure.expect_err("the name is taken");
    assert!(matches!(failure.problem, Problem::NameTaken), "{failure}");
    assert_eq!(failure.changed, Changed::No);
    assert_ne!(at_twilio(&bench, &account), other.friendly_name);
    let own = at_twilio(&bench, &account);
    renamed(&bench, &account, &own)
        .await
        .expect("its own is not taken");
}

#[tokio::test]
async fn after_a_lost_answer_twilio_is_asked_what_the_name_is() {
    for body in [AnswerBody::Page, AnswerBody::Empty] {
        let (bench, account) = bench().await;
        let path = format!("/2010-04-01/Accounts/{account}.json");
        let lost = Fault::Answer {
            status: 503,
            body,
            after: true,
        };
        bench
            .practice
            .faults()
            .inject(Rule::new(lost).on("POST", &path));
        renamed(&bench, &account, "Harbour Clinic")
            .await
            .expect("it was renamed");
        assert_eq!(in_the_list(&bench, &account).await, "Harbour Clinic");
        assert_eq!(bench.requests("POST", ".json"), 1, "it was asked for once");
    }
}

#[tokio::test]
async fn where_nobody_can_say_whether_it_was_renamed_it_is_not_claimed() {
    let (bench, account) = bench().await;
    let path = format!("/2010-04-01/Accounts/{account}.json");
    let lost = |after| Fault::Answer {
        status: 503,
        body: AnswerBody::Page,
        after,
    };
    let faults = bench.practice.faults();
    faults.inject(Rule::new(lost(true)).on("POST", &path));
    // The look before it is answered.
    for nth in 2..10 {
        faults.inject(Rule::new(lost(false)).on("GET", &path).nth(nth));
    }
    let failure = renamed(&bench, &account, "Harbour Clinic").await;
    let failure = failure.expect_err("nobody knows");
    assert_eq!(failure.changed, Changed::Unknown);
    faults.clear();
    bench.workspace.refresh().await.expect("it is read");
    assert_eq!(in_the_list(&bench, &account).await, "Harbour Clinic");
}

#[tokio::test]
async fn what_twilio_refuses_changes_nothing() {
    let (bench, account) = bench().await;
    let before = at_twilio(&bench, &account);
    let path = format!("/2010-04-01/Accounts/{account}.json");
    let refusal = Fault::Answer {
        status: 400,
        body: AnswerBody::Twilio,
        after: false,
    };
    bench
        .practice
        .faults()
        .inject(Rule::new(refusal).on("POST", &path));
    let failure = renamed(&bench, &account, "Harbour Clinic").await;
    assert_eq!(failure.expect_err("it is refused").changed, Changed::No);
    assert_eq!(in_the_list(&bench, &account).await, before);
}

#[tokio::test]
async fn the_parent_and_what_is_not_its_own_are_not_renamed() {
    let (bench, _) = bench().await;
    let parent = bench.practice.parent().account_sid.parse().expect("a SID");
    let failure = renamed(&bench, &parent, "Harbour Clinic").await;
    let failure = failure.expect_err("it is the parent");
    assert!(matches!(failure.problem, Problem::UnknownHere), "{failure}");
    assert_eq!(bench.requests("POST", ".json"), 0);
}
