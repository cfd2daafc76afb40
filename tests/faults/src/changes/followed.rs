//! What became of each order of a batch, as it was told from life to life.

use std::sync::Arc;

use vault::BatchId;
use workflows::view::OutcomeView;
use workflows::{ItemState, Workspace};

use super::asked::Asked;
use crate::lives::conclude::ByItsUsers;
use crate::lives::stage::Twilio;

/// One order of the batch.
#[derive(Debug, Clone)]
pub struct Item {
    pub asked: Asked,
    /// What it came to, once that is told.
    pub outcome: Option<OutcomeView>,
    /// So many requests had come to Twilio when that was first told.
    pub ended_by: usize,
}

/// The orders of a batch, followed through the lives of a run.
#[derive(Debug)]
pub struct Followed {
    pub items: Vec<Item>,
    /// So many requests had come to Twilio when each life began.
    pub began: Vec<usize>,
    /// What was told twice, and not as the same.
    pub wrong: Vec<String>,
}

impl Followed {
    pub fn new(asked: &[Asked]) -> Self {
        let items = asked.iter().map(|asked| Item {
            asked: asked.clone(),
            outcome: None,
            ended_by: 0,
        });
        Self {
            items: items.collect(),
            began: Vec::new(),
            wrong: Vec::new(),
        }
    }

    /// A life begins.
    pub fn begins(&mut self, requests: usize) {
        self.began.push(requests);
    }

    /// Takes in what a life told. It tells what is kept as it begins.
    pub fn hear(&mut self, lines: &[String]) {
        let requests = self.began.last().copied().unwrap_or_default();
        for line in lines {
            let Some((number, outcome)) = line
                .strip_prefix("kept ")
                .and_then(|rest| rest.split_once(' '))
            else {
                continue;
            };
            match (number.parse(), serde_json::from_str(outcome)) {
                (Ok(number), Ok(outcome)) => self.see(number, outcome, requests),
                _ => self.wrong.push(format!("not understood: {line}")),
            }
        }
    }

    /// An order has ended so, as far as is kept.
    fn see(&mut self, number: usize, outcome: OutcomeView, requests: usize) {
        let Some(item) = self.items.get_mut(number) else {
            return self.wrong.push(format!("nobody gave order {number}"));
        };
        match &item.outcome {
            None => {
                item.outcome = Some(outcome);
                item.ended_by = requests;
            }
            Some(told) if *told == outcome => {}
            Some(told) => self.wrong.push(format!(
                "order {number} had come to {told:?}, and then to {outcome:?}"
            )),
        }
    }

    /// Takes in what is kept, and answers which batches have orders left.
    async fn look(
        &mut self,
        workspace: &Workspace,
        twilio: &Twilio,
    ) -> Result<Vec<BatchId>, String> {
        let kept = workspace.batches().await;
        let kept = kept.map_err(|problem| problem.to_string())?;
        if kept.len() > 1 {
            self.wrong
                .push(format!("{} batches are kept of one", kept.len()));
        }
        let requests = twilio.practice.requests().len();
        let mut left = Vec::new();
        for batch in kept {
            if batch.items.len() != self.items.len() {
                let (kept, given) = (batch.items.len(), self.items.len());
                self.wrong
                    .push(format!("{kept} orders are kept of {given}"));
            }
            for (number, item) in batch.items.into_iter().enumerate() {
                match item.state {
                    ItemState::Ended { outcome } => self.see(number, outcome, requests),
                    _ if left.is_empty() => left.push(BatchId::new(i64::from(batch.id))),
                    _ => {}
                }
            }
        }
        Ok(left)
    }
}

/// The batch is gone on with, until each of its orders has ended.
impl ByItsUsers for Followed {
    async fn go_on(
        &mut self,
        workspace: &Arc<Workspace>,
        twilio: &Twilio,
        told: &mut Vec<String>,
    ) -> Result<bool, String> {
        for batch in self.look(workspace, twilio).await? {
            let resumed = workspace.resume_batch(batch).await;
            match resumed.map_err(|problem| problem.to_string())?.await {
                Ok(report) => told.push(format!("resumed: {:?}", report.items)),
                Err(problem) => return Err(format!("resuming: {problem}")),
            }
        }
        Ok(self.look(workspace, twilio).await?.is_empty())
    }
}
