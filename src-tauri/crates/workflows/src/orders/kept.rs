//! Batches as they are kept: over a lock, a stop, a crash, and until their user has seen what became of them.

use serde::{Deserialize, Serialize};
use terms::AccountSid;
use vault::{Batch, BatchId, BatchItem, BatchStage, Entry, EntryId, Intent, Stage, Version};

use super::Order;
use crate::failure::Problem;
use crate::operation::{OperationKind, ReadyKey, Subject};
use crate::view::{BatchView, ItemState, ItemView, OutcomeView, ResultView, batch_number};
use crate::workspace::Workspace;

/// An order as it is kept.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeptOrder {
    version: Version<1>,
    order: Order,
}

/// Where an order of a batch is to go on.
pub(super) enum GoOn {
    /// It has not made anything.
    Begin(Order),
    /// It was interrupted, and the journal has what it began.
    Finish(EntryId),
    /// It has ended, in this run or an earlier one.
    Ended(OutcomeView),
    /// A later version wrote it.
    NotReadable,
}

impl Workspace {
    /// Writes the orders down, each once.
    pub(super) async fn plan_batch(&self, orders: Vec<Order>) -> Result<Batch, Problem> {
        let mut once: Vec<Order> = Vec::with_capacity(orders.len());
        for order in orders {
            if !once.contains(&order) {
                once.push(order);
            }
        }
        let bodies: Result<_, _> = once.into_iter().map(body_of).collect();
        let bodies = bodies.map_err(|_| Problem::Crashed)?;
        let parent = self.connected_parent().await?;
        Ok(self.records.plan_batch(parent, bodies).await?)
    }

    /// The batches of the connected account that are kept, oldest first.
    pub async fn batches(&self) -> Result<Vec<BatchView>, Problem> {
        let parent = self.connected_parent().await?;
        let kept = self.records.batches().await?;
        let of_this_account = kept.into_iter().filter(|batch| batch.parent == parent);
        Ok(of_this_account.map(seen).collect())
    }

    /// Forgets a batch: what became of it was looked at, or the rest of it is not wanted any more. What it has made stays.
    ///
    /// # Errors
    /// [`Problem::AlreadyRunning`] while it is carried out.
    pub async fn discard_batch(&self, id: BatchId) -> Result<(), Problem> {
        let _lane = self.enter_batch(id)?;
        Ok(self.records.discard_batch(id).await?)
    }

    /// Nothing that was ordered for one parent is begun at another.
    pub(super) async fn is_for_this_parent(
        &self,
        parent: Option<&AccountSid>,
    ) -> Result<(), Problem> {
        match parent {
            Some(parent) if self.connected_parent().await?.as_ref() != Some(parent) => {
                Err(Problem::OtherParent(parent.clone()))
            }
            _ => Ok(()),
        }
    }

    async fn connected_parent(&self) -> Result<Option<AccountSid>, Problem> {
        let connection = self.records.connection().await?;
        Ok(connection.map(|connection| connection.account))
    }

    /// Where this order is to go on. What it has made already is in the journal under its tag.
    pub(super) async fn where_it_goes_on(&self, item: &BatchItem) -> Result<GoOn, Problem> {
        if let Some(outcome) = outcome_of(item) {
            return Ok(GoOn::Ended(outcome));
        }
        let Some(order) = order_of(item) else {
            return Ok(GoOn::NotReadable);
        };
        let Some(entry) = self.records.entry_tagged(item.tag.clone()).await? else {
            return Ok(GoOn::Begin(order));
        };
        match entry.stage {
            Stage::Planned => {
                self.records.advance(entry.id, Stage::NotCreated).await?;
                Ok(GoOn::Begin(order))
            }
            Stage::NotCreated | Stage::Revoked => Ok(GoOn::Begin(order)),
            Stage::Committed => Ok(GoOn::Ended(self.what_it_made(entry).await?.into())),
            _ => Ok(GoOn::Finish(entry.id)),
        }
    }

    /// What an entry that is finished has made.
    async fn what_it_made(&self, entry: Entry) -> Result<ResultView, Problem> {
        let Some(account) = entry.account.clone() else {
            return Ok(ResultView::Done);
        };
        let of_the_key = match entry.intent {
            Intent::Key { .. } => Some(entry),
            Intent::Subaccount { .. } => {
                let entries = self.records.entries_of(account.clone()).await?;
                let mut followers = entries
                    .into_iter()
                    .filter(|one| one.follows == Some(entry.id));
                followers.find(|one| one.stage == Stage::Committed)
            }
        };
        Ok(match of_the_key {
            Some(Entry {
                key: Some(key),
                intent: Intent::Key { account_name, .. },
                ..
            }) => ResultView::Created {
                made: ReadyKey {
                    account,
                    account_name,
                    key,
                },
            },
            _ => ResultView::Done,
        })
    }
}

fn body_of(order: Order) -> Result<String, serde_json::Error> {
    serde_json::to_string(&KeptOrder {
        version: Version,
        order,
    })
}

pub(super) fn order_of(item: &BatchItem) -> Option<Order> {
    let kept: KeptOrder = serde_json::from_str(&item.body).ok()?;
    Some(kept.order)
}

/// What an order came to whose end is known. One that a later version wrote is told as done.
fn outcome_of(item: &BatchItem) -> Option<OutcomeView> {
    if item.stage != BatchStage::Ended {
        return None;
    }
    let told = item.outcome.as_deref();
    let outcome = told.and_then(|told| serde_json::from_str(told).ok());
    Some(outcome.unwrap_or_else(|| ResultView::Done.into()))
}

fn seen(batch: Batch) -> BatchView {
    let items = batch.items.iter().map(|item| {
        let (kind, subject) = told_of(item);
        ItemView {
            kind,
            subject: subject.into(),
            state: outcome_of(item)
                .map_or(ItemState::Waiting, |outcome| ItemState::Ended { outcome }),
        }
    });
    BatchView {
        id: batch_number(batch.id),
        begun_at: batch.begun_at,
        items: items.collect(),
    }
}

/// What is done, and to what; nothing of an order that a later version wrote.
pub(super) fn told_of(item: &BatchItem) -> (Option<OperationKind>, Subject) {
    match order_of(item) {
        Some(order) => (Some(order.kind()), order.subject()),
        None => Default::default(),
    }
}
