//! What all operations have in common: they are listed while they run, can be stopped and put away, and follow the lock.

use std::sync::Arc;
use std::time::Duration;

use practice::{AnswerBody, Fault, Rule};
use vault::keychain::file_store::{self, Call, Script};
use workflows::view::{FailureKind, OperationView, OutcomeView, ResultView};
use workflows::{
    ChangedRows, KeyName, News, OperationId, OperationKind, Order, Problem, Refresh, Step,
    StepState, Workspace,
};

use crate::bench::Bench;

/// Sooner than what waits for the network or the keychain gives up.
const SOON: Duration = Duration::from_secs(10);

fn listed(workspace: &Workspace, id: OperationId) -> Option<OperationView> {
    let operations = workspace.operations();
    operations.into_iter().find(|one| one.id == id.get())
}

async fn ended(workspace: &Workspace, id: OperationId) -> OutcomeView {
    let waiting = async {
        loop {
            if let Some(outcome) = listed(workspace, id).and_then(|one| one.outcome) {
                return outcome;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(SOON, waiting).await.expect("it ends")
}

fn create_key(account: &terms::AccountSid, name: &str) -> Order {
    Order::CreateKey {
        account_sid: account.clone(),
        name: name.to_owned(),
    }
}

fn slow(bench: &Bench, method: &str, path: &str) {
    let rule = Rule::new(Fault::Delay { ms: 60_000 }).on(method, path);
    bench.practice.faults().inject(rule);
}

fn failed_as(outcome: &OutcomeView) -> Option<FailureKind> {
    match outcome {
        OutcomeView::Failed { failure } => Some(failure.kind),
        _ => None,
    }
}

#[tokio::test]
async fn what_is_ordered_is_listed_with_its_steps_until_it_is_put_away() {
    let bench = Bench::with_subaccounts(2).await;
    let account = bench.some_subaccount();
    let id = bench.workspace.begin(create_key(&account, "Alarm"));
    let begun = listed(&bench.workspace, id).expect("it is listed at once");
    assert_eq!(begun.kind, OperationKind::CreateKey);
    assert_eq!(begun.subject.account_sid.as_ref(), Some(&account));
    let outcome = ended(&bench.workspace, id).await;
    let OutcomeView::Done {
        result: ResultView::Created { made },
    } = outcome
    else {
        panic!("{outcome:?}");
    };
    assert_eq!(made.account, account);
    let steps = listed(&bench.workspace, id).expect("it is listed").steps;
    let taken: Vec<_> = steps.iter().map(|one| (one.step, one.state)).collect();
    let done = [
        Step::Check,
        Step::CreateKey,
        Step::Seal,
        Step::SaveInKeychain,
        Step::NameKey,
        Step::Prove,
    ];
    assert_eq!(taken, done.map(|step| (step, StepState::Done)));
    bench.workspace.dismiss(id);
    assert_eq!(listed(&bench.workspace, id), None);
}

#[tokio::test]
async fn one_that_runs_is_not_put_away() {
    let bench = Bench::with_subaccounts(2).await;
    slow(&bench, "GET", "/2010-04-01/Accounts.json");
    let id = bench.workspace.begin(Order::Refresh);
    bench.workspace.dismiss(id);
    assert!(listed(&bench.workspace, id).is_some());
    bench.workspace.stop_all(OperationKind::Refresh);
    assert_eq!(ended(&bench.workspace, id).await, OutcomeView::Stopped);
}

#[tokio::test]
async fn a_name_that_cannot_be_one_ends_an_order_before_anything_is_asked() {
    let bench = Bench::with_subaccounts(2).await;
    let account = bench.some_subaccount();
    let id = bench.workspace.begin(create_key(&account, " "));
    let outcome = ended(&bench.workspace, id).await;
    assert_eq!(failed_as(&outcome), Some(FailureKind::BadName));
    assert_eq!(bench.practice.requests().len(), 0);
}

#[tokio::test]
async fn a_creation_can_be_stopped_by_nobody_and_a_refresh_by_its_user() {
    let bench = Bench::with_subaccounts(2).await;
    let account = bench.some_subaccount();
    slow(&bench, "GET", "/2010-04-01/Accounts.json");
    let refreshing = bench.workspace.refresh().begin();
    let id = refreshing.id();
    assert!(listed(&bench.workspace, id).is_some_and(|one| one.can_stop));
    let name = KeyName::parse("Alarm").expect("a usable name");
    let workspace = Arc::clone(&bench.workspace);
    let creating = bench
        .workspace
        .create_key(&account, &name)
        .told_to(move |_| {
            for one in workspace.operations() {
                workspace.stop_all(one.kind);
            }
        });
    let made = creating.await;
    made.expect("it goes on to its end");
    let refreshed = refreshing
        .await
        .expect("it was stopped, which is no failure");
    assert_eq!(refreshed, Refresh::Stopped);
}

#[tokio::test]
async fn an_operation_that_panics_is_told_as_ended_and_nothing_is_claimed_of_twilio() {
    let bench = Bench::with_subaccounts(2).await;
    let account = bench.some_subaccount();
    let name = KeyName::parse("Alarm").expect("a usable name");
    let creating = bench.workspace.create_key(&account, &name).told_to(|news| {
        let sealing = matches!(
            news,
            News::Step {
                step: Step::Seal,
                ..
            }
        );
        assert!(!sealing, "a listener of the test's panics");
    });
    let creating = creating.begin();
    let id = creating.id();
    let failure = creating.await.expect_err("its work has ended suddenly");
    assert!(matches!(failure.problem, Problem::Crashed), "{failure}");
    assert_eq!(failure.changed, workflows::Changed::Unknown);
    let outcome = ended(&bench.workspace, id).await;
    assert_eq!(failed_as(&outcome), Some(FailureKind::Internal));
    // What it had in hand is not lost.
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(reconciled.finished, 1, "{reconciled:?}");
}

#[tokio::test]
async fn what_begins_while_the_program_is_locked_is_stopped_before_it_reads_a_secret() {
    let bench = Bench::with_subaccounts(2).await;
    let account = bench.some_subaccount();
    let made = bench.create_key(&account, "Alarm").await.expect("made");
    bench.practice.forget_requests();
    bench.direct_keychain(&Script::always(
        Call::Any,
        file_store::Fault::Hang { ms: 60_000 },
    ));
    bench.workspace.rest();
    let proving = bench.workspace.prove_key(&made.key).begin();
    let proved = tokio::time::timeout(SOON, proving).await.expect("at once");
    assert!(matches!(proved, Err(Problem::Resting)), "{proved:?}");
    assert_eq!(bench.practice.requests().len(), 0);
}

#[tokio::test]
async fn why_something_stopped_is_kept_over_a_restart() {
    let bench = Bench::with_subaccounts(2).await;
    let account = bench.some_subaccount();
    let path = format!("/2010-04-01/Accounts/{account}/Keys.json");
    let another_answers = |after| Fault::Answer {
        status: 503,
        body: AnswerBody::Page,
        after,
    };
    let faults = bench.practice.faults();
    faults.inject(Rule::new(another_answers(true)).on("POST", &path));
    faults.inject(Rule::new(another_answers(false)).on("GET", &path));
    let id = bench.workspace.begin(create_key(&account, "Alarm"));
    let outcome = ended(&bench.workspace, id).await;
    let told = failed_as(&outcome);
    assert!(told.is_some(), "{outcome:?}");
    let bench = bench.restart().await;
    let unfinished = bench.workspace.unfinished().await.expect("it is read");
    let kept = unfinished.first().and_then(|one| one.problem.as_ref());
    assert_eq!(kept.map(|problem| problem.kind), told);
}

#[tokio::test]
async fn whoever_hears_of_the_end_finds_the_row_told_before() {
    let bench = Bench::with_subaccounts(2).await;
    bench.workspace.refresh().await.expect("it is read");
    bench.workspace.changed().await;
    let account = bench.some_subaccount();
    let id = bench.workspace.begin(create_key(&account, "Alarm"));
    let mut row_told = false;
    loop {
        let changed = tokio::time::timeout(SOON, bench.workspace.changed()).await;
        let changed = changed.expect("something has changed");
        row_told |= match changed.rows {
            ChangedRows::These(accounts) => accounts.contains(&account),
            ChangedRows::All => true,
            ChangedRows::None => false,
        };
        if listed(&bench.workspace, id).is_some_and(|one| one.outcome.is_some()) {
            break;
        }
    }
    assert!(row_told);
    let rows = bench.workspace.rows_of(&[account]).await.expect("read");
    assert_eq!(rows.first().map(|row| row.saved), Some(1));
}
