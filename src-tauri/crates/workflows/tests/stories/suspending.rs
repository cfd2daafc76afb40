//! Subaccounts are suspended and brought back, whatever becomes of Twilio's answer, one or several at once.

use practice::{AnswerBody, Fault, Rule, Status};
use terms::AccountSid;
use vault::ActivityKind;
use workflows::view::{FailureKind, OutcomeView, SubaccountDetail, SubaccountStatus};
use workflows::{Changed, ItemState, Order, Problem};

use crate::bench::Bench;

fn at_twilio(bench: &Bench, account: &AccountSid) -> Status {
    let state = bench.practice.state();
    state.account(account.as_str()).expect("it exists").status
}

async fn detail(bench: &Bench, account: &AccountSid) -> SubaccountDetail {
    let detail = bench.workspace.subaccount(account).await;
    detail.expect("it is listed")
}

async fn read_once(subaccounts: usize) -> (Bench, AccountSid) {
    let bench = Bench::with_subaccounts(subaccounts).await;
    let account = bench.some_subaccount();
    bench.workspace.refresh().await.expect("it is read");
    bench.practice.forget_requests();
    (bench, account)
}

fn path_of(account: &AccountSid) -> String {
    format!("/2010-04-01/Accounts/{account}.json")
}

#[tokio::test]
async fn a_suspended_one_is_so_at_twilio_and_in_the_list_with_the_reason_and_comes_back() {
    let (bench, account) = read_once(3).await;
    let suspending = bench
        .workspace
        .suspend_subaccount(&account, " Has not paid ");
    suspending.await.expect("it is suspended");
    assert_eq!(at_twilio(&bench, &account), Status::Suspended);
    let shown = detail(&bench, &account).await;
    assert_eq!(shown.row.status, SubaccountStatus::Suspended);
    let here = shown.suspended_here.expect("it was done here");
    assert_eq!(here.reason, "Has not paid");
    assert_eq!(shown.activity[0].what, ActivityKind::SubaccountSuspended);
    assert_eq!(shown.activity[0].detail.as_deref(), Some("Has not paid"));
    let reactivating = bench.workspace.reactivate_subaccount(&account);
    reactivating.await.expect("it is reactivated");
    assert_eq!(at_twilio(&bench, &account), Status::Active);
    let shown = detail(&bench, &account).await;
    assert_eq!(shown.row.status, SubaccountStatus::Active);
    assert_eq!(shown.suspended_here, None);
    assert_eq!(shown.activity[0].what, ActivityKind::SubaccountReactivated);
}

#[tokio::test]
async fn one_that_somebody_else_suspended_is_told_from_one_suspended_here() {
    let (bench, account) = read_once(3).await;
    let elsewhere = bench.elsewhere();
    let suspending = elsewhere.set_account_status(&account, twilio::NewStatus::Suspended);
    suspending.await.expect("it is suspended");
    bench.workspace.refresh().await.expect("it is read");
    let shown = detail(&bench, &account).await;
    assert_eq!(shown.row.status, SubaccountStatus::Suspended);
    assert_eq!(shown.suspended_here, None);
}

#[tokio::test]
async fn what_is_as_it_should_be_already_is_not_asked_for_nor_noted() {
    let (bench, account) = read_once(3).await;
    let reactivating = bench.workspace.reactivate_subaccount(&account);
    reactivating.await.expect("it is active");
    assert_eq!(bench.requests("POST", ".json"), 0);
    assert!(detail(&bench, &account).await.activity.is_empty());
}

#[tokio::test]
async fn one_that_twilio_suspended_itself_is_not_brought_back_and_its_failure_says_so() {
    let (bench, account) = read_once(3).await;
    bench.practice.suspend_by_twilio(account.as_str());
    let failure = bench.workspace.reactivate_subaccount(&account).await;
    let failure = workflows::view::FailureView::from(&failure.expect_err("Twilio refuses"));
    assert_eq!(failure.kind, FailureKind::SuspendedByTwilio);
    assert_eq!(failure.changed, Changed::No);
    assert!(failure.subject.is_some(), "it is named");
}

#[tokio::test]
async fn a_closed_one_is_neither_suspended_nor_brought_back() {
    let (bench, account) = read_once(3).await;
    let elsewhere = bench.elsewhere();
    let closing = elsewhere.set_account_status(&account, twilio::NewStatus::Closed);
    closing.await.expect("it is closed");
    for failure in [
        bench.workspace.suspend_subaccount(&account, "").await,
        bench.workspace.reactivate_subaccount(&account).await,
    ] {
        let failure = failure.expect_err("it is closed");
        assert!(
            matches!(failure.problem, Problem::SubaccountClosed),
            "{failure}"
        );
    }
    assert_eq!(
        bench.requests("POST", ".json"),
        1,
        "it was closed elsewhere"
    );
}

#[tokio::test]
async fn after_a_lost_answer_twilio_is_asked_how_it_stands_and_never_told_twice() {
    for after in [true, false] {
        let (bench, account) = read_once(3).await;
        let lost = Fault::Answer {
            status: 503,
            body: AnswerBody::Page,
            after,
        };
        let rule = Rule::new(lost).on("POST", &path_of(&account));
        bench.practice.faults().inject(rule);
        let outcome = bench.workspace.suspend_subaccount(&account, "").await;
        assert_eq!(bench.requests("POST", ".json"), 1);
        match outcome {
            Ok(()) => assert_eq!(at_twilio(&bench, &account), Status::Suspended),
            Err(failure) => {
                assert_eq!(failure.changed, Changed::Unknown);
                assert_eq!(at_twilio(&bench, &account), Status::Active);
            }
        }
    }
}

#[tokio::test]
async fn the_parent_and_what_is_not_its_own_are_left_alone() {
    let (bench, _) = read_once(3).await;
    let parent = bench.practice.parent().account_sid.parse().expect("a SID");
    let failure = bench.workspace.suspend_subaccount(&parent, "").await;
    let failure = failure.expect_err("it is the parent");
    assert!(matches!(failure.problem, Problem::UnknownHere), "{failure}");
    assert_eq!(bench.requests("POST", ".json"), 0);
}

#[tokio::test]
async fn several_are_suspended_at_once_and_each_tells_its_result() {
    let (bench, account) = read_once(12).await;
    let list = bench.workspace.list().await.expect("the list");
    let closed = list.rows.iter().find(|row| row.sid != account);
    let closed = closed.expect("another one").sid.clone();
    let elsewhere = bench.elsewhere();
    let closing = elsewhere.set_account_status(&closed, twilio::NewStatus::Closed);
    closing.await.expect("it is closed");
    let orders = list.rows.iter().map(|row| Order::SuspendSubaccount {
        account_sid: row.sid.clone(),
        reason: String::new(),
    });
    let batch = bench.workspace.carry_out(orders.collect()).await;
    let report = batch.expect("it is kept").await.expect("it ends");
    for (row, item) in list.rows.iter().zip(report.items) {
        let ItemState::Ended { outcome } = item else {
            panic!("{item:?}");
        };
        if row.sid == closed {
            assert!(matches!(outcome, OutcomeView::Failed { .. }), "{outcome:?}");
        } else if row.status != SubaccountStatus::Closed {
            assert!(matches!(outcome, OutcomeView::Done { .. }), "{outcome:?}");
            assert_eq!(at_twilio(&bench, &row.sid), Status::Suspended);
        }
    }
}
