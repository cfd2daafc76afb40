//! Several orders at once: a few side by side, each once, and nothing more after Twilio has refused the sign-in.

use std::collections::VecDeque;
use std::sync::Arc;

use terms::AccountSid;
use tokio::task::JoinSet;

use super::Order;
use crate::failure::Problem;
use crate::operation::{Operation, OperationKind, OperationOutcome, Run, Subject};
use crate::view::{FailureKind, ItemState, OutcomeView};
use crate::workspace::Workspace;

/// Orders of one batch that are carried out side by side.
const AT_ONCE: usize = 4;

/// What a batch came to, order by order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchReport {
    pub items: Vec<ItemState>,
}

impl OperationOutcome for BatchReport {}

/// Those that are to be carried out one after the other.
struct Queue {
    in_turn: Option<AccountSid>,
    orders: VecDeque<(usize, Order)>,
}

impl Workspace {
    /// Carries these orders out, at most four side by side, those of one subaccount in their order. An order that stands in the list
    /// twice is carried out once. One that fails keeps none of the others from being carried out, unless Twilio refused the sign-in: then
    /// nothing more is begun, and neither is while the program is locked or after it was stopped.
    pub fn carry_out(self: &Arc<Self>, orders: Vec<Order>) -> Operation<BatchReport, Problem> {
        let mut once: Vec<Order> = Vec::with_capacity(orders.len());
        for order in orders {
            if !once.contains(&order) {
                once.push(order);
            }
        }
        let subjects = once.iter().map(Order::subject).collect();
        let batch = self.operation(
            OperationKind::Batch,
            Subject::default(),
            |workspace, run| carry_out(workspace, run, once),
        );
        batch.with_items(subjects)
    }
}

async fn carry_out(
    workspace: Arc<Workspace>,
    run: Run,
    orders: Vec<Order>,
) -> Result<BatchReport, Problem> {
    let mut batch = Batch {
        workspace,
        run,
        items: vec![ItemState::Waiting; orders.len()],
        sign_in_refused: false,
    };
    let mut waiting = in_queues(orders);
    let mut running = JoinSet::new();
    loop {
        while running.len() < AT_ONCE
            && let Some(queue) = waiting.pop_front()
        {
            batch.begin_next(queue, &mut running).await;
        }
        match running.join_next().await {
            None => break,
            Some(Ok((item, outcome, queue))) => {
                batch.ended(item, outcome);
                waiting.push_front(queue);
            }
            // Only a runtime that ends drops what waits for an operation.
            Some(Err(_)) => {}
        }
    }
    Ok(BatchReport { items: batch.items })
}

type Ended = (usize, OutcomeView, Queue);

struct Batch {
    workspace: Arc<Workspace>,
    run: Run,
    items: Vec<ItemState>,
    sign_in_refused: bool,
}

impl Batch {
    async fn begin_next(&mut self, mut queue: Queue, running: &mut JoinSet<Ended>) {
        self.run.resumed_or_stopped().await;
        while let Some((item, order)) = queue.orders.pop_front() {
            if self.sign_in_refused || self.run.is_stopped() {
                self.set(item, ItemState::NotBegun);
                continue;
            }
            let begun = self.workspace.begin_order(order);
            self.set(
                item,
                ItemState::Running {
                    operation: begun.id,
                },
            );
            running.spawn(async move { (item, begun.outcome.await, queue) });
            return;
        }
    }

    fn ended(&mut self, item: usize, outcome: OutcomeView) {
        self.sign_in_refused |= matches!(&outcome,
            OutcomeView::Failed { failure } if failure.kind == FailureKind::WrongSignIn);
        self.set(item, ItemState::Ended { outcome });
    }

    fn set(&mut self, item: usize, state: ItemState) {
        if let Some(known) = self.items.get_mut(item) {
            *known = state.clone();
        }
        self.run.item(item, state);
    }
}

fn in_queues(orders: Vec<Order>) -> VecDeque<Queue> {
    let mut queues: VecDeque<Queue> = VecDeque::new();
    for (item, order) in orders.into_iter().enumerate() {
        let in_turn = order.in_turn_with();
        let same = queues
            .iter_mut()
            .find(|queue| in_turn.is_some() && queue.in_turn == in_turn);
        match same {
            Some(queue) => queue.orders.push_back((item, order)),
            None => queues.push_back(Queue {
                in_turn,
                orders: VecDeque::from([(item, order)]),
            }),
        }
    }
    queues
}
