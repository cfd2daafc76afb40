//! What the window may order.

use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;
use terms::{AccountSid, KeySid, Tag};
use vault::EntryId;

use crate::failure::Problem;
use crate::names::{KeyName, SubaccountName};
use crate::operation::{
    Operation, OperationError, OperationId, OperationKind, OperationOutcome, Subject,
};
use crate::view::OutcomeView;
use crate::workspace::Workspace;

/// What may be ordered, as it crosses from the window and is kept. What needs a secret of its user's is begun by a command of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(
    tag = "what",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Order {
    Refresh,
    CheckComputer,
    /// A subaccount and its key, also where `agreed` have the same name.
    CreateSubaccount {
        name: String,
        key_name: String,
        #[specta(type = Vec<String>)]
        agreed: Vec<AccountSid>,
    },
    /// Another name for a subaccount, also where `agreed` have the same.
    RenameSubaccount {
        #[specta(type = String)]
        account_sid: AccountSid,
        name: String,
        #[specta(type = Vec<String>)]
        agreed: Vec<AccountSid>,
    },
    /// A Standard key in a subaccount that exists.
    CreateKey {
        #[specta(type = String)]
        account_sid: AccountSid,
        name: String,
    },
    /// Going on where something unfinished stands; also Try again.
    Finish {
        entry: u32,
    },
    /// One live call with a saved key.
    ProveKey {
        #[specta(type = String)]
        key_sid: KeySid,
    },
}

/// An order that was begun.
pub(super) struct BegunOrder {
    pub id: OperationId,
    pub outcome: Pin<Box<dyn Future<Output = OutcomeView> + Send>>,
}

impl Order {
    /// What it is about, for a list.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Refresh | Self::CheckComputer => Subject::default(),
            Self::CreateSubaccount { name, .. } => Subject::of_name(name),
            Self::CreateKey { account_sid, name }
            | Self::RenameSubaccount {
                account_sid, name, ..
            } => Subject::of_name_in(name, account_sid),
            Self::Finish { entry } => Subject::of_entry(EntryId::new(i64::from(*entry))),
            Self::ProveKey { key_sid } => Subject::of_key(key_sid),
        }
    }

    /// Whether it gives a subaccount a name.
    pub(super) fn names_a_subaccount(&self) -> bool {
        matches!(
            self,
            Self::CreateSubaccount { .. } | Self::RenameSubaccount { .. }
        )
    }

    /// Orders that answer the same are carried out in the order in which they were given.
    pub(super) fn in_turn_with(&self) -> Option<AccountSid> {
        match self {
            Self::CreateKey { account_sid, .. } | Self::RenameSubaccount { account_sid, .. } => {
                Some(account_sid.clone())
            }
            _ => None,
        }
    }
}

impl Workspace {
    /// Begins what was ordered, and answers by what number it is found among what runs.
    pub fn begin(self: &Arc<Self>, order: Order) -> OperationId {
        self.begin_tagged(order, None).id
    }

    /// Begins what was ordered, and has what it makes first written into the journal under this tag.
    pub(super) fn begin_tagged(self: &Arc<Self>, order: Order, tag: Option<Tag>) -> BegunOrder {
        let subject = order.subject();
        match order {
            Order::Refresh => begun(self.refresh()),
            Order::CheckComputer => begun(self.check_computer()),
            Order::CreateSubaccount {
                name,
                key_name,
                agreed,
            } => match (SubaccountName::parse(&name), KeyName::parse(&key_name)) {
                (Ok(name), Ok(key_name)) => begun(
                    self.create_subaccount(&name, &key_name, &agreed)
                        .tagged(tag),
                ),
                (Err(problem), _) | (_, Err(problem)) => {
                    self.refused(OperationKind::CreateSubaccount, subject, problem)
                }
            },
            Order::RenameSubaccount {
                account_sid,
                name,
                agreed,
            } => match SubaccountName::parse(&name) {
                Ok(name) => begun(self.rename_subaccount(&account_sid, &name, &agreed)),
                Err(problem) => self.refused(OperationKind::RenameSubaccount, subject, problem),
            },
            Order::CreateKey { account_sid, name } => match KeyName::parse(&name) {
                Ok(name) => begun(self.create_key(&account_sid, &name).tagged(tag)),
                Err(problem) => self.refused(OperationKind::CreateKey, subject, problem),
            },
            Order::Finish { entry } => begun(self.finish(EntryId::new(i64::from(entry)))),
            Order::ProveKey { key_sid } => begun(self.prove_key(&key_sid)),
        }
    }

    /// What cannot be what was ordered ends as it begins.
    fn refused(
        self: &Arc<Self>,
        kind: OperationKind,
        subject: Subject,
        problem: impl Into<Problem>,
    ) -> BegunOrder {
        let problem: Problem = problem.into();
        let refused = std::future::ready(Err::<(), _>(problem));
        begun(self.operation(kind, subject, |_, _| refused))
    }
}

fn begun<T: OperationOutcome, E: OperationError>(operation: Operation<T, E>) -> BegunOrder {
    let begun = operation.begin();
    BegunOrder {
        id: begun.id(),
        outcome: Box::pin(begun.told()),
    }
}
