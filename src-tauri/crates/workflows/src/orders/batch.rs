//! Several orders at once: a few side by side, each once, and nothing more after Twilio has refused the sign-in.

use std::collections::VecDeque;
use std::sync::Arc;

use terms::AccountSid;
use tokio::task::JoinSet;
use vault::{Batch, BatchId, BatchItem, BatchStage, RecordsError};

use super::Order;
use super::kept::{GoOn, order_of, told_of};
use crate::failure::{Changed, Failure, Problem};
use crate::lanes::{InLane, Lane};
use crate::operation::{BatchItems, Operation, OperationKind, OperationOutcome, Run, Subject};
use crate::view::{FailureKind, FailureView, ItemState, OutcomeView, entry_number};
use crate::workspace::Workspace;

/// Orders of one batch that are carried out side by side.
const AT_ONCE: usize = 4;

/// What a batch came to, order by order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchReport {
    /// By this it is resumed where orders are left, and discarded once its report was looked at.
    pub batch: BatchId,
    pub items: Vec<ItemState>,
}

impl OperationOutcome for BatchReport {}

/// Those that are to be carried out one after the other.
struct Queue {
    in_turn: Option<AccountSid>,
    items: VecDeque<BatchItem>,
}

impl Workspace {
    /// Carries these orders out, at most four side by side, those of one subaccount in their order. An order that stands in the list
    /// twice is carried out once. One that fails keeps none of the others from being carried out, unless Twilio refused the sign-in or cannot be
    /// reached: then nothing more is begun, and neither is while the program is locked, after it was stopped, or once another account is connected.
    ///
    /// The orders are written down before the first is begun, so that what is left of them can be resumed.
    ///
    /// # Errors
    /// What the write failed with; nothing was begun then.
    pub async fn carry_out(
        self: &Arc<Self>,
        orders: Vec<Order>,
    ) -> Result<Operation<BatchReport, Failure>, Problem> {
        let batch = self.plan_batch(orders).await?;
        Ok(self.carry_on(batch))
    }

    /// Goes on with what is left of a batch: what has ended is not begun again, and what was interrupted goes on where it stood.
    ///
    /// # Errors
    /// [`Problem::UnknownHere`] for one that is not kept.
    pub async fn resume_batch(
        self: &Arc<Self>,
        id: BatchId,
    ) -> Result<Operation<BatchReport, Failure>, Problem> {
        let kept = self.records.batch(id).await;
        let batch = kept.map_err(|error| match error {
            RecordsError::WrongEntry => Problem::UnknownHere,
            other => other.into(),
        })?;
        Ok(self.carry_on(batch))
    }

    fn carry_on(self: &Arc<Self>, batch: Batch) -> Operation<BatchReport, Failure> {
        let items = BatchItems {
            batch: batch.id,
            items: batch.items.iter().map(told_of).collect(),
        };
        let operation = self.operation(
            OperationKind::Batch,
            Subject::default(),
            |workspace, run| carry_out(workspace, run, batch),
        );
        operation.of_batch(items)
    }

    pub(super) fn enter_batch(&self, id: BatchId) -> Result<InLane, Problem> {
        let lane = self.lanes.enter(Lane::Batch(id));
        lane.ok_or(Problem::AlreadyRunning)
    }
}

async fn carry_out(
    workspace: Arc<Workspace>,
    run: Run,
    batch: Batch,
) -> Result<BatchReport, Failure> {
    let _lane = workspace.enter_batch(batch.id)?;
    let mut waiting = in_queues(&batch.items);
    let mut carrier = Carrier {
        workspace,
        run,
        batch: batch.id,
        parent: batch.parent,
        items: batch
            .items
            .iter()
            .map(|item| (item.number, ItemState::Waiting))
            .collect(),
        has_begun: false,
        cut_off: false,
    };
    let mut running = JoinSet::new();
    let carried_out = carrier.carry_out(&mut waiting, &mut running).await;
    // What the records did not take is no reason to let go of what is under way.
    while running.join_next().await.is_some() {}
    carried_out.map_err(|problem| Failure {
        changed: match carrier.has_begun {
            true => Changed::Unknown,
            false => Changed::No,
        },
        ..Failure::from(problem)
    })?;
    Ok(BatchReport {
        batch: carrier.batch,
        items: carrier.items.into_iter().map(|(_, state)| state).collect(),
    })
}

/// An order that has come to its end.
struct Ended {
    item: BatchItem,
    /// It went on with what an earlier run had begun.
    was_finished: bool,
    outcome: OutcomeView,
    queue: Queue,
}

/// What carries the orders of a batch out.
struct Carrier {
    workspace: Arc<Workspace>,
    run: Run,
    batch: BatchId,
    parent: Option<AccountSid>,
    /// Each by its number.
    items: Vec<(u32, ItemState)>,
    /// One of them was begun in this run.
    has_begun: bool,
    /// Twilio refused the sign-in, or cannot be reached: nothing more is begun.
    cut_off: bool,
}

impl Carrier {
    async fn carry_out(
        &mut self,
        waiting: &mut VecDeque<Queue>,
        running: &mut JoinSet<Ended>,
    ) -> Result<(), Problem> {
        loop {
            while running.len() < AT_ONCE
                && let Some(queue) = waiting.pop_front()
            {
                self.begin_next(queue, running).await?;
            }
            match running.join_next().await {
                None => return Ok(()),
                Some(Ok(ended)) => waiting.push_front(self.ended(ended).await?),
                // Only a runtime that ends drops what waits for an operation.
                Some(Err(_)) => {}
            }
        }
    }

    async fn begin_next(
        &mut self,
        mut queue: Queue,
        running: &mut JoinSet<Ended>,
    ) -> Result<(), Problem> {
        self.run.resumed_or_stopped().await;
        while let Some(mut item) = queue.items.pop_front() {
            let order = match self.workspace.where_it_goes_on(&item).await? {
                GoOn::Ended(outcome) if item.stage == BatchStage::Ended => {
                    self.set(&item, ItemState::Ended { outcome });
                    continue;
                }
                // Something else brought what it had begun to its end.
                GoOn::Ended(outcome) => {
                    self.keep_end(&item, outcome).await?;
                    continue;
                }
                _ if self.cut_off || self.run.is_stopped() => {
                    self.set(&item, ItemState::NotBegun);
                    continue;
                }
                GoOn::NotReadable => {
                    let failure = FailureView::of(FailureKind::Internal);
                    self.keep_end(&item, OutcomeView::Failed { failure })
                        .await?;
                    continue;
                }
                GoOn::Begin(order) => order,
                GoOn::Finish(entry) => Order::Finish {
                    entry: entry_number(entry),
                },
            };
            let parent = self.parent.as_ref();
            self.workspace.is_for_this_parent(parent).await?;
            let was_finished = matches!(order, Order::Finish { .. });
            let records = &self.workspace.records;
            item.tag = records.begin_batch_item(self.batch, item.number).await?;
            let begun = self.workspace.begin_tagged(order, Some(item.tag.clone()));
            self.has_begun = true;
            let operation = begun.id;
            self.set(&item, ItemState::Running { operation });
            running.spawn(async move {
                Ended {
                    item,
                    was_finished,
                    outcome: begun.outcome.await,
                    queue,
                }
            });
            return Ok(());
        }
        Ok(())
    }

    /// Keeps what an order came to, and answers what comes after it in its turn.
    async fn ended(&mut self, ended: Ended) -> Result<Queue, Problem> {
        let Ended {
            item,
            was_finished,
            outcome,
            mut queue,
        } = ended;
        let failed_as = match &outcome {
            OutcomeView::Failed { failure } => Some(failure.kind),
            _ => None,
        };
        let is_unreached = failed_as.is_some_and(FailureKind::is_of_the_way_to_twilio);
        self.cut_off |= is_unreached || failed_as == Some(FailureKind::WrongSignIn);
        match failed_as {
            // It is begun again when the batch is resumed, and looks first what became of it.
            Some(_) if is_unreached => self.set(&item, ItemState::NotBegun),
            // What was interrupted had made nothing, so it is still to be made.
            Some(FailureKind::NotCreated) if was_finished => queue.items.push_front(item),
            // Somebody else goes on with it; what becomes of it is seen when the batch is resumed.
            Some(FailureKind::AlreadyRunning) if was_finished => {
                self.set(&item, ItemState::NotBegun);
            }
            _ => {
                let outcome = as_a_whole(&item, outcome);
                self.keep_end(&item, outcome).await?;
            }
        }
        Ok(queue)
    }

    async fn keep_end(&mut self, item: &BatchItem, outcome: OutcomeView) -> Result<(), Problem> {
        let told = serde_json::to_string(&outcome).map_err(|_| Problem::Crashed)?;
        let records = &self.workspace.records;
        records
            .end_batch_item(self.batch, item.number, told)
            .await?;
        self.set(item, ItemState::Ended { outcome });
        Ok(())
    }

    fn set(&mut self, item: &BatchItem, state: ItemState) {
        let mut items = self.items.iter_mut().enumerate();
        if let Some((place, (_, known))) = items.find(|(_, (number, _))| *number == item.number) {
            *known = state.clone();
            self.run.item(place, state);
        }
    }
}

/// What an order came to, also where an earlier run had begun it: that it changed nothing now does not say that it had changed nothing then.
fn as_a_whole(item: &BatchItem, outcome: OutcomeView) -> OutcomeView {
    match outcome {
        OutcomeView::Failed { failure }
            if item.stage == BatchStage::Begun && failure.changed == Changed::No =>
        {
            let changed = Changed::Unknown;
            OutcomeView::Failed {
                failure: FailureView { changed, ..failure },
            }
        }
        outcome => outcome,
    }
}

fn in_queues(items: &[BatchItem]) -> VecDeque<Queue> {
    let mut queues: VecDeque<Queue> = VecDeque::new();
    for item in items {
        let in_turn = order_of(item).and_then(|order| order.in_turn_with());
        let same = queues
            .iter_mut()
            .find(|queue| in_turn.is_some() && queue.in_turn == in_turn);
        match same {
            Some(queue) => queue.items.push_back(item.clone()),
            None => queues.push_back(Queue {
                in_turn,
                items: VecDeque::from([item.clone()]),
            }),
        }
    }
    queues
}
