//! Several orders at once: each once, a few side by side, kept until their user has seen what became of them.

mod carrying_out;
mod resuming;

use std::sync::Arc;

use terms::AccountSid;
use workflows::view::{FailureKind, OutcomeView};
use workflows::{BatchReport, Failure, ItemState, News, Operation, Order, Workspace};

use crate::bench::Bench;

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

/// A batch of eight keys, each in a subaccount of its own. When the fourth is begun, this is done.
async fn eight_keys(
    bench: &Bench,
    at_the_fourth: impl Fn(&Workspace) + Send + Sync + 'static,
) -> Operation<BatchReport, Failure> {
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
