//! How the orders of a batch are carried out, wait while the program is locked, and are stopped.

use std::sync::Arc;
use std::time::Duration;

use practice::{AnswerBody, Fault, Rule};
use workflows::view::{FailureKind, ItemView, OperationView};
use workflows::{Changed, ItemState, News, OperationId, OperationKind, Order, Workspace};

use super::{create_key, done_or_failed, eight_keys, other_subaccounts};
use crate::bench::Bench;

/// Sooner than what waits for the network or the keychain gives up.
const SOON: Duration = Duration::from_secs(10);

fn listed(workspace: &Workspace, id: OperationId) -> Option<OperationView> {
    let operations = workspace.operations();
    operations.into_iter().find(|one| one.id == id.get())
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

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_the_records_let_down_does_not_say_that_nothing_was_changed() {
    let bench = Bench::with_subaccounts(4).await;
    let account = bench.some_subaccount();
    let orders = vec![create_key(&account, "Alarm")];
    let batch = bench.workspace.carry_out(orders).await.expect("it is kept");
    let workspace = Arc::clone(&bench.workspace);
    let batch = batch.told_to(move |news| {
        if !matches!(news, News::Item { .. }) {
            return;
        }
        let workspace = Arc::clone(&workspace);
        let forgetting = async move {
            for kept in workspace.records().batches().await.expect("read") {
                let forgotten = workspace.records().discard_batch(kept.id).await;
                forgotten.expect("the records lose it");
            }
        };
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(forgetting));
    });
    let failure = batch.await.expect_err("its end cannot be kept");
    assert_eq!(failure.changed, Changed::Unknown);
    assert!(bench.key_names(&account).contains(&"Alarm".to_owned()));
}
