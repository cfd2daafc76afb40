//! Several orders at once: each once, a few side by side, kept until their user has seen what became of them.

use std::sync::Arc;
use std::time::Duration;

use practice::{AnswerBody, Fault, Rule};
use terms::AccountSid;
use vault::{BatchId, Intent};
use workflows::view::{FailureKind, ItemView, OperationView, OutcomeView, ResultView};
use workflows::{
    BatchReport, ItemState, KeptBatch, News, Operation, OperationId, OperationKind, Order, Problem,
    Workspace,
};

use crate::bench::Bench;

/// Sooner than what waits for the network or the keychain gives up.
const SOON: Duration = Duration::from_secs(10);

fn listed(workspace: &Workspace, id: OperationId) -> Option<OperationView> {
    let operations = workspace.operations();
    operations.into_iter().find(|one| one.id == id.get())
}

fn create_key(account: &AccountSid, name: &str) -> Order {
    Order::CreateKey {
        account_sid: account.clone(),
        name: name.to_owned(),
    }
}

fn failed_as(outcome: &OutcomeView) -> Option<FailureKind> {
    match outcome {
        OutcomeView::Failed { failure } => Some(failure.kind),
        _ => None,
    }
}

#[tokio::test]
async fn a_batch_carries_each_order_out_once_and_tells_each_result() {
    let bench = Bench::with_subaccounts(6).await;
    let account = bench.some_subaccount();
    let new = |name: &str| Order::CreateSubaccount {
        name: name.to_owned(),
        key_name: format!("{name} - DicksonOne"),
        agreed: Vec::new(),
    };
    let orders = vec![
        new("Harbour Clinic"),
        create_key(&account, "Alarm 1"),
        create_key(&account, "Alarm 2"),
        new("Harbour Clinic"),
        create_key(&account, " "),
        new("Zenith"),
    ];
    let batch = bench.workspace.carry_out(orders).await.expect("it is kept");
    let report = batch.await.expect("it ends");
    let outcomes: Vec<_> = report.items.iter().map(done_or_failed).collect();
    let bad = Err(Some(FailureKind::BadName));
    assert_eq!(outcomes, [Ok(()), Ok(()), Ok(()), bad, Ok(())]);
    assert_eq!(bench.accounts_named("Harbour Clinic").len(), 1);
    assert_eq!(bench.accounts_named("Zenith").len(), 1);
    let names = bench.key_names(&account);
    let (first, second) = (
        names.iter().position(|name| name == "Alarm 1"),
        names.iter().position(|name| name == "Alarm 2"),
    );
    assert!(first.is_some() && second.is_some(), "{names:?}");
    let operations = bench.workspace.operations();
    let batch = operations
        .iter()
        .find(|one| one.kind == OperationKind::Batch);
    assert_eq!(batch.map(|batch| batch.items.len()), Some(5));
}

#[tokio::test]
async fn those_of_one_subaccount_are_carried_out_in_their_order_and_at_most_four_side_by_side() {
    let bench = Bench::with_subaccounts(12).await;
    let account = bench.some_subaccount();
    let mut orders: Vec<Order> = (0..3)
        .map(|number| create_key(&account, &format!("Alarm {number}")))
        .collect();
    let others = other_subaccounts(&bench, &account, 7);
    orders.extend(others.iter().map(|other| create_key(other, "Alarm")));
    let most = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let (sees, workspace) = (Arc::clone(&most), Arc::clone(&bench.workspace));
    let batch = bench.workspace.carry_out(orders).await.expect("it is kept");
    let batch = batch.told_to(move |_| {
        let operations = workspace.operations();
        let running = operations
            .iter()
            .filter(|one| one.kind == OperationKind::CreateKey && one.outcome.is_none());
        sees.fetch_max(running.count(), std::sync::atomic::Ordering::SeqCst);
    });
    let report = batch.await.expect("it ends");
    let outcomes: Vec<_> = report.items.iter().map(done_or_failed).collect();
    assert_eq!(outcomes, vec![Ok(()); 10]);
    assert_eq!(most.load(std::sync::atomic::Ordering::SeqCst), 4);
    let sent = bench.practice.requests();
    let path = format!("/2010-04-01/Accounts/{account}/Keys.json");
    let made: Vec<_> = sent
        .iter()
        .filter(|one| one.method == "POST" && one.path == path)
        .collect();
    assert_eq!(made.len(), 3);
    let credentials = bench.workspace.records().credentials().await.expect("read");
    let mut of_it: Vec<_> = credentials
        .iter()
        .filter(|one| one.account == account)
        .collect();
    of_it.sort_by_key(|one| one.created_at);
    let names: Vec<&str> = of_it.iter().map(|one| one.key_name.as_str()).collect();
    assert_eq!(names, ["Alarm 0", "Alarm 1", "Alarm 2"]);
}

#[tokio::test]
async fn after_the_first_refusal_of_the_sign_in_a_batch_begins_nothing_more() {
    let bench = Bench::with_subaccounts(12).await;
    let accounts = other_subaccounts(&bench, &bench.some_subaccount(), 9);
    let refusal = Fault::Answer {
        status: 401,
        body: AnswerBody::Twilio,
        after: false,
    };
    bench.practice.faults().inject(Rule::new(refusal));
    let orders = accounts.iter().map(|one| create_key(one, "Alarm"));
    let report = bench
        .workspace
        .carry_out(orders.collect())
        .await
        .expect("it is kept")
        .await
        .expect("it ends");
    let begun = report
        .items
        .iter()
        .filter(|item| **item != ItemState::NotBegun);
    assert!(begun.count() <= 4, "{:?}", report.items);
    assert!(report.items.contains(&ItemState::NotBegun));
}

#[tokio::test]
async fn a_batch_begins_nothing_while_the_program_is_locked_and_goes_on_afterwards() {
    let bench = Bench::with_subaccounts(12).await;
    let batch = eight_keys(&bench, |workspace| workspace.rest()).await;
    let batch = batch.begin();
    let id = batch.id();
    let waiting = || {
        let view = listed(&bench.workspace, id).expect("it is listed");
        view.items
            .iter()
            .filter(|one| one.state == ItemState::Waiting)
            .count()
    };
    let one_has_ended = async {
        loop {
            let view = listed(&bench.workspace, id).expect("it is listed");
            let ended = |one: &ItemView| matches!(one.state, ItemState::Ended { .. });
            if view.items.iter().any(ended) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(SOON, one_has_ended)
        .await
        .expect("what was begun goes on");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(waiting(), 4, "nothing more was begun");
    bench.workspace.wake();
    let report = batch.await.expect("it goes on");
    let outcomes: Vec<_> = report.items.iter().map(done_or_failed).collect();
    assert_eq!(outcomes, vec![Ok(()); 8]);
}

#[tokio::test]
async fn a_batch_that_is_stopped_lets_what_it_has_begun_go_on_to_its_end() {
    let bench = Bench::with_subaccounts(12).await;
    let batch = eight_keys(&bench, |workspace| workspace.stop_all(OperationKind::Batch)).await;
    let report = batch.await.expect("it ends");
    let (begun, not_begun) = report.items.split_at(4);
    let outcomes: Vec<_> = begun.iter().map(done_or_failed).collect();
    assert_eq!(outcomes, vec![Ok(()); 4]);
    assert!(not_begun.iter().all(|item| *item == ItemState::NotBegun));
}

async fn the_only_batch(bench: &Bench) -> KeptBatch {
    let mut kept = bench.workspace.batches().await.expect("they are read");
    assert_eq!(kept.len(), 1);
    kept.remove(0)
}

async fn resumed(bench: &Bench, batch: BatchId) -> Vec<Result<(), Option<FailureKind>>> {
    let resuming = bench.workspace.resume_batch(batch).await;
    let report = resuming.expect("it is kept").await.expect("it ends");
    report.items.iter().map(done_or_failed).collect()
}

#[tokio::test]
async fn what_a_stop_left_of_a_batch_is_resumed_after_a_restart_and_nothing_is_made_twice() {
    let bench = Bench::with_subaccounts(12).await;
    let accounts = other_subaccounts(&bench, &bench.some_subaccount(), 8);
    let batch = eight_keys(&bench, |workspace| workspace.stop_all(OperationKind::Batch)).await;
    batch.await.expect("it ends");
    let bench = bench.restart().await;
    let kept = the_only_batch(&bench).await;
    let waiting = |one: &&ItemView| one.state == ItemState::Waiting;
    assert_eq!(kept.items.iter().filter(waiting).count(), 4);
    let subjects: Vec<_> = kept
        .items
        .iter()
        .map(|one| &one.subject.account_sid)
        .collect();
    let expected: Vec<_> = accounts.iter().map(|one| Some(one.clone())).collect();
    assert_eq!(subjects, expected.iter().collect::<Vec<_>>());
    assert_eq!(resumed(&bench, kept.id).await, vec![Ok(()); 8]);
    for account in &accounts {
        let names = bench.key_names(account);
        assert_eq!(names.iter().filter(|name| *name == "Alarm").count(), 1);
    }
}

#[tokio::test]
async fn an_order_that_had_ended_when_the_program_died_is_told_with_its_key_and_asked_of_nobody_again()
 {
    let bench = Bench::with_subaccounts(4).await;
    let orders = vec![
        create_key(&bench.some_subaccount(), "Alarm"),
        Order::CreateSubaccount {
            name: "Harbour Clinic".to_owned(),
            key_name: "Harbour Clinic - DicksonOne".to_owned(),
            agreed: Vec::new(),
        },
    ];
    let batch = bench.workspace.carry_out(orders).await.expect("it is kept");
    let made = keys_made(&batch.await.expect("it ends").items);
    let bench = bench
        .restart_after(|records| {
            let records = rusqlite::Connection::open(records).expect("the records");
            let forgotten = "UPDATE batch_item SET stage = 'begun', outcome = NULL";
            assert_eq!(records.execute(forgotten, []), Ok(2));
        })
        .await;
    bench.practice.forget_requests();
    let kept = the_only_batch(&bench).await;
    let resuming = bench.workspace.resume_batch(kept.id).await;
    let report = resuming.expect("it is kept").await.expect("it ends");
    assert_eq!(keys_made(&report.items), made);
    assert_eq!(bench.practice.requests().len(), 0);
}

#[tokio::test]
async fn an_order_of_which_nothing_was_made_when_the_program_died_is_carried_out_once() {
    let bench = Bench::with_subaccounts(4).await;
    let account = bench.some_subaccount();
    let parent: AccountSid = bench.practice.parent().account_sid.parse().expect("a SID");
    let records = bench.workspace.records();
    let kept = [("Asked", true), ("Planned", false)].map(|(name, asked)| {
        let order = format!(r#"{{"what":"createKey","accountSid":"{account}","name":"{name}"}}"#);
        (name, asked, format!(r#"{{"version":1,"order":{order}}}"#))
    });
    let bodies = kept.iter().map(|(_, _, body)| body.clone()).collect();
    let batch = records
        .plan_batch(Some(parent.clone()), bodies)
        .await
        .expect("kept");
    for (number, (name, asked, _)) in (0..).zip(&kept) {
        let tag = records
            .begin_batch_item(batch.id, number)
            .await
            .expect("begun");
        let intent = Intent::Key {
            account: account.clone(),
            account_name: "Acme".to_owned(),
            name: (*name).to_owned(),
        };
        let entry = records
            .plan(intent, parent.clone(), tag)
            .await
            .expect("planned");
        if *asked {
            records.mark_sent(entry.id).await.expect("sent");
        }
    }
    let bench = bench.restart().await;
    // Whether Twilio was asked is not known, so one look is not enough; the next comes later.
    let first = resumed(&bench, batch.id).await;
    assert_eq!(first, [Err(Some(FailureKind::OutcomeUnknown)), Ok(())]);
    let names = bench.key_names(&account);
    assert_eq!(names.iter().filter(|name| *name == "Planned").count(), 1);
    assert!(!names.contains(&"Asked".to_owned()), "{names:?}");
}

#[tokio::test]
async fn what_was_ordered_for_another_account_is_neither_shown_nor_begun_at_this_one() {
    let bench = Bench::with_subaccounts(4).await;
    let account = bench.some_subaccount();
    let order = format!(r#"{{"what":"createKey","accountSid":"{account}","name":"Alarm"}}"#);
    let body = format!(r#"{{"version":1,"order":{order}}}"#);
    let other: AccountSid = format!("AC{:032}", 7).parse().expect("a SID");
    let records = bench.workspace.records();
    let batch = records
        .plan_batch(Some(other.clone()), vec![body])
        .await
        .expect("kept");
    assert_eq!(bench.workspace.batches().await.expect("read"), []);
    let resuming = bench.workspace.resume_batch(batch.id).await;
    let refused = resuming.expect("it is kept").await.expect_err("not here");
    assert!(
        matches!(&refused, Problem::OtherParent(parent) if *parent == other),
        "{refused:?}"
    );
    assert_eq!(bench.practice.requests().len(), 0);
    assert_eq!(records.batch(batch.id).await, Ok(batch));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_forgotten_once_it_was_looked_at_and_not_while_it_is_carried_out() {
    let bench = Bench::with_subaccounts(4).await;
    let orders = vec![create_key(&bench.some_subaccount(), "Alarm")];
    let (found, workspace) = (Arc::default(), Arc::clone(&bench.workspace));
    let hears: Arc<std::sync::Mutex<Vec<Problem>>> = Arc::clone(&found);
    let batch = bench.workspace.carry_out(orders).await.expect("it is kept");
    let id = the_only_batch(&bench).await.id;
    let batch = batch.told_to(move |_| {
        let (workspace, hears) = (Arc::clone(&workspace), Arc::clone(&hears));
        let trying = async move {
            let refused = workspace.discard_batch(id).await.expect_err("it runs");
            hears.lock().expect("no test has panicked").push(refused);
        };
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(trying));
    });
    batch.await.expect("it ends");
    let refused = found.lock().expect("no test has panicked").pop();
    assert!(
        matches!(refused, Some(Problem::AlreadyRunning)),
        "{refused:?}"
    );
    bench.workspace.discard_batch(id).await.expect("forgotten");
    assert_eq!(bench.workspace.batches().await.expect("read"), []);
    let resuming = bench.workspace.resume_batch(id).await;
    assert!(matches!(resuming.err(), Some(Problem::UnknownHere)));
}

fn keys_made(items: &[ItemState]) -> Vec<terms::KeySid> {
    let made = items.iter().map(|item| match item {
        ItemState::Ended {
            outcome:
                OutcomeView::Done {
                    result: ResultView::Created { made },
                },
        } => made.key.clone(),
        other => panic!("{other:?}"),
    });
    made.collect()
}

/// A batch of eight keys, each in a subaccount of its own. When the fourth is begun, this is done.
async fn eight_keys(
    bench: &Bench,
    at_the_fourth: impl Fn(&Workspace) + Send + Sync + 'static,
) -> Operation<BatchReport, Problem> {
    let accounts = other_subaccounts(bench, &bench.some_subaccount(), 8);
    let orders = accounts.iter().map(|one| create_key(one, "Alarm"));
    let workspace = Arc::clone(&bench.workspace);
    let batch = bench.workspace.carry_out(orders.collect()).await;
    let batch = batch.expect("it is kept");
    batch.told_to(move |news| {
        let running = matches!(
            news,
            News::Item {
                item: 3,
                state: ItemState::Running { .. }
            }
        );
        if running {
            at_the_fourth(&workspace);
        }
    })
}

fn done_or_failed(item: &ItemState) -> Result<(), Option<FailureKind>> {
    match item {
        ItemState::Ended {
            outcome: OutcomeView::Done { .. },
        } => Ok(()),
        ItemState::Ended { outcome } => Err(failed_as(outcome)),
        _ => Err(None),
    }
}

/// So many active subaccounts, without this one.
fn other_subaccounts(
    bench: &Bench,
    without: &terms::AccountSid,
    count: usize,
) -> Vec<terms::AccountSid> {
    let state = bench.practice.state();
    let parent = bench.practice.parent().account_sid;
    let active = state.accounts.iter().filter(|account| {
        account.status == practice::Status::Active
            && account.sid != parent
            && account.sid != without.as_str()
    });
    let sids = active.map(|account| account.sid.parse().expect("a SID"));
    let found: Vec<_> = sids.take(count).collect();
    assert_eq!(found.len(), count, "there are as many");
    found
}
