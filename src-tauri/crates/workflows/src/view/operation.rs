//! The operations that run, and what they came to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;
use terms::{AccountSid, KeySid};

use super::{AdoptedKey, CheckEvent, FailureView, batch_number, entry_number};
use crate::operation::{
    BatchItems, OperationId, OperationKind, ReadyKey, Step, StepState, Subject,
};

/// An operation that runs, or has ended and was not dismissed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "Operation", rename_all = "camelCase")]
pub struct OperationView {
    pub id: u32,
    pub kind: OperationKind,
    pub subject: SubjectView,
    /// The steps that were begun, in the order in which they were.
    pub steps: Vec<StepView>,
    /// Of a check of the computer, what is being tried and what was found.
    pub checks: Vec<CheckEvent>,
    /// Of a batch, its number among those that are kept.
    pub batch: Option<u32>,
    /// Of a batch, its orders.
    pub items: Vec<ItemView>,
    pub can_stop: bool,
    #[specta(type = String)]
    pub began_at: Timestamp,
    /// Null while it runs.
    pub outcome: Option<OutcomeView>,
}

/// What an operation is about, as far as that was known when it began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "OperationSubject", rename_all = "camelCase")]
pub struct SubjectView {
    pub name: Option<String>,
    #[specta(type = Option<String>)]
    pub account_sid: Option<AccountSid>,
    #[specta(type = Option<String>)]
    pub key_sid: Option<KeySid>,
    /// What is unfinished.
    pub entry: Option<u32>,
}

/// One step of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "OperationStep", rename_all = "camelCase")]
pub struct StepView {
    pub step: Step,
    pub state: StepState,
    /// So many of `total`, where it counts.
    pub done: u32,
    /// 0 where nothing is counted, or it is not known yet.
    pub total: u32,
}

/// One order of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "BatchItem", rename_all = "camelCase")]
pub struct ItemView {
    /// What is done; null where a later version ordered it.
    pub kind: Option<OperationKind>,
    pub subject: SubjectView,
    pub state: ItemState,
}

/// A batch that is kept: until each of its orders has ended and its user has seen what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "Batch", rename_all = "camelCase")]
pub struct BatchView {
    pub id: u32,
    #[specta(type = String)]
    pub begun_at: Timestamp,
    pub items: Vec<ItemView>,
}

/// How far one order of a batch is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "is", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ItemState {
    Waiting,
    /// It is found by this number among what runs.
    Running {
        #[specta(type = u32)]
        operation: OperationId,
    },
    Ended {
        outcome: OutcomeView,
    },
    /// The batch ended before its turn came.
    NotBegun,
}

/// How an operation ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(
    rename = "Outcome",
    tag = "is",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum OutcomeView {
    Done {
        result: ResultView,
    },
    /// Its user stopped it, or a lock.
    Stopped,
    Failed {
        failure: FailureView,
    },
}

/// What an operation came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(
    rename = "OperationResult",
    tag = "what",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ResultView {
    /// There is no more to say of it.
    Done,
    Refreshed {
        /// Subaccounts that could not be read this time.
        unread: u32,
    },
    Created {
        made: ReadyKey,
    },
    /// Keys that were made elsewhere, each with what became of it.
    Adopted {
        keys: Vec<AdoptedKey>,
    },
    Settled {
        /// Keys that the keychain did not take, whose sealed copies open.
        sealed_only: u32,
        /// Keys that Twilio does not know any more.
        refused: u32,
        /// Keys that are still to be proved.
        waiting: u32,
    },
}

impl From<ResultView> for OutcomeView {
    fn from(result: ResultView) -> Self {
        Self::Done { result }
    }
}

impl OperationView {
    pub(crate) fn begun(
        id: OperationId,
        kind: OperationKind,
        subject: Subject,
        batch: Option<BatchItems>,
        began_at: Timestamp,
    ) -> Self {
        let waiting = |(kind, subject): (Option<OperationKind>, Subject)| ItemView {
            kind,
            subject: subject.into(),
            state: ItemState::Waiting,
        };
        let number = batch.as_ref().map(|batch| batch_number(batch.batch));
        let items = batch.map(|batch| batch.items).unwrap_or_default();
        Self {
            id: id.get(),
            kind,
            subject: subject.into(),
            steps: Vec::new(),
            checks: Vec::new(),
            batch: number,
            items: items.into_iter().map(waiting).collect(),
            can_stop: false,
            began_at,
            outcome: None,
        }
    }
}

impl StepView {
    pub(crate) fn running(step: Step) -> Self {
        Self {
            step,
            state: StepState::Running,
            done: 0,
            total: 0,
        }
    }
}

impl From<Subject> for SubjectView {
    fn from(subject: Subject) -> Self {
        Self {
            name: subject.name,
            account_sid: subject.account,
            key_sid: subject.key,
            entry: subject.entry.map(entry_number),
        }
    }
}
