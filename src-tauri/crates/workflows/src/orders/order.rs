//! What the window may order.

use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;
use terms::{AccountSid, KeySid, NumberSid, Tag};
use vault::EntryId;

use crate::close_subaccount::NumberBeforeClosing;
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
    /// One subaccount's keys and spend anew.
    ReadSubaccount {
        #[specta(type = String)]
        account_sid: AccountSid,
    },
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
    /// Nothing is sent from it until it is reactivated. The reason is for the activity list; empty where there is none.
    SuspendSubaccount {
        #[specta(type = String)]
        account_sid: AccountSid,
        reason: String,
    },
    ReactivateSubaccount {
        #[specta(type = String)]
        account_sid: AccountSid,
    },
    /// For ever. Each of its numbers is moved, or released by it.
    CloseSubaccount {
        #[specta(type = String)]
        account_sid: AccountSid,
        numbers: Vec<NumberBeforeClosing>,
    },
    /// To another account of the same parent.
    MoveNumber {
        #[specta(type = String)]
        account_sid: AccountSid,
        #[specta(type = String)]
        number_sid: NumberSid,
        #[specta(type = String)]
        to: AccountSid,
    },
    /// Nobody can be sure of getting it back.
    ReleaseNumber {
        #[specta(type = String)]
        account_sid: AccountSid,
        #[specta(type = String)]
        number_sid: NumberSid,
    },
    /// A Standard key in a subaccount that exists.
    CreateKey {
        #[specta(type = String)]
        account_sid: AccountSid,
        name: String,
    },
    /// Another name for a key.
    RenameKey {
        #[specta(type = String)]
        account_sid: AccountSid,
        #[specta(type = String)]
        key_sid: KeySid,
        name: String,
    },
    /// Whoever uses the key is refused from then on.
    RevokeKey {
        #[specta(type = String)]
        account_sid: AccountSid,
        #[specta(type = String)]
        key_sid: KeySid,
    },
    /// A Standard key that is to take the place of another one, which works until it is deleted.
    ReplaceKey {
        #[specta(type = String)]
        account_sid: AccountSid,
        #[specta(type = String)]
        key_sid: KeySid,
        name: String,
    },
    /// Whether anything was sent since the new key was handed over. Here and below `key_sid` is the old key's.
    LookForUse {
        #[specta(type = String)]
        key_sid: KeySid,
    },
    /// The new key has taken its place; with `without_waiting` also where nobody is known to use that one.
    DeleteReplacedKey {
        #[specta(type = String)]
        key_sid: KeySid,
        without_waiting: bool,
    },
    /// The new key is deleted, and the old one stays.
    GiveUpReplacing {
        #[specta(type = String)]
        key_sid: KeySid,
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
    /// What carries it out.
    pub(super) fn kind(&self) -> OperationKind {
        match self {
            Self::Refresh => OperationKind::Refresh,
            Self::CheckComputer => OperationKind::CheckComputer,
            Self::ReadSubaccount { .. } => OperationKind::ReadSubaccount,
            Self::CreateSubaccount { .. } => OperationKind::CreateSubaccount,
            Self::RenameSubaccount { .. } => OperationKind::RenameSubaccount,
            Self::SuspendSubaccount { .. } => OperationKind::SuspendSubaccount,
            Self::ReactivateSubaccount { .. } => OperationKind::ReactivateSubaccount,
            Self::CloseSubaccount { .. } => OperationKind::CloseSubaccount,
            Self::MoveNumber { .. } => OperationKind::MoveNumber,
            Self::ReleaseNumber { .. } => OperationKind::ReleaseNumber,
            Self::CreateKey { .. } => OperationKind::CreateKey,
            Self::RenameKey { .. } => OperationKind::RenameKey,
            Self::RevokeKey { .. } => OperationKind::RevokeKey,
            Self::ReplaceKey { .. } => OperationKind::ReplaceKey,
            Self::LookForUse { .. } => OperationKind::LookForUse,
            Self::DeleteReplacedKey { .. } => OperationKind::DeleteReplacedKey,
            Self::GiveUpReplacing { .. } => OperationKind::GiveUpReplacing,
            Self::Finish { .. } => OperationKind::Finish,
            Self::ProveKey { .. } => OperationKind::ProveKey,
        }
    }

    /// Whether nobody can undo it at Twilio: a key, a number or a subaccount is gone for good.
    pub fn is_for_good(&self) -> bool {
        matches!(
            self,
            Self::RevokeKey { .. }
                | Self::DeleteReplacedKey { .. }
                | Self::GiveUpReplacing { .. }
                | Self::ReleaseNumber { .. }
                | Self::CloseSubaccount { .. }
        )
    }

    /// What it is about, for a list.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Refresh | Self::CheckComputer => Subject::default(),
            Self::CreateSubaccount { name, .. } => Subject::of_name(name),
            Self::CreateKey { account_sid, name }
            | Self::RenameSubaccount {
                account_sid, name, ..
            } => Subject::of_name_in(name, account_sid),
            Self::ReadSubaccount { account_sid }
            | Self::SuspendSubaccount { account_sid, .. }
            | Self::ReactivateSubaccount { account_sid }
            | Self::CloseSubaccount { account_sid, .. }
            | Self::MoveNumber { account_sid, .. }
            | Self::ReleaseNumber { account_sid, .. } => Subject::of_account(account_sid),
            Self::RenameKey {
                account_sid,
                key_sid,
                ..
            }
            | Self::ReplaceKey {
                account_sid,
                key_sid,
                ..
            }
            | Self::RevokeKey {
                account_sid,
                key_sid,
            } => Subject::of_key_in(key_sid, account_sid),
            Self::LookForUse { key_sid }
            | Self::DeleteReplacedKey { key_sid, .. }
            | Self::GiveUpReplacing { key_sid } => Subject::of_key(key_sid),
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
            Self::CreateKey { account_sid, .. }
            | Self::RenameSubaccount { account_sid, .. }
            | Self::SuspendSubaccount { account_sid, .. }
            | Self::ReactivateSubaccount { account_sid }
            | Self::CloseSubaccount { account_sid, .. }
            | Self::MoveNumber { account_sid, .. }
            | Self::ReleaseNumber { account_sid, .. }
            | Self::RenameKey { account_sid, .. }
            | Self::ReplaceKey { account_sid, .. }
            | Self::RevokeKey { account_sid, .. } => Some(account_sid.clone()),
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
        let (kind, subject) = (order.kind(), order.subject());
        match order {
            Order::Refresh => begun(self.refresh()),
            Order::CheckComputer => begun(self.check_computer()),
            Order::ReadSubaccount { account_sid } => begun(self.refresh_subaccount(&account_sid)),
            Order::CreateSubaccount {
                name,
                key_name,
                agreed,
            } => match (SubaccountName::parse(&name), KeyName::parse(&key_name)) {
                (Ok(name), Ok(key_name)) => begun(
                    self.create_subaccount(&name, &key_name, &agreed)
                        .tagged(tag),
                ),
                (Err(problem), _) | (_, Err(problem)) => self.refused(kind, subject, problem),
            },
            Order::RenameSubaccount {
                account_sid,
                name,
                agreed,
            } => match SubaccountName::parse(&name) {
                Ok(name) => begun(self.rename_subaccount(&account_sid, &name, &agreed)),
                Err(problem) => self.refused(kind, subject, problem),
            },
            Order::SuspendSubaccount {
                account_sid,
                reason,
            } => begun(self.suspend_subaccount(&account_sid, &reason)),
            Order::ReactivateSubaccount { account_sid } => {
                begun(self.reactivate_subaccount(&account_sid))
            }
            Order::CloseSubaccount {
                account_sid,
                numbers,
            } => begun(self.close_subaccount(&account_sid, numbers)),
            Order::MoveNumber {
                account_sid,
                number_sid,
                to,
            } => begun(self.move_number(&account_sid, &number_sid, &to)),
            Order::ReleaseNumber {
                account_sid,
                number_sid,
            } => begun(self.release_number(&account_sid, &number_sid)),
            Order::RenameKey {
                account_sid,
                key_sid,
                name,
            } => match KeyName::parse(&name) {
                Ok(name) => begun(self.rename_key(&account_sid, &key_sid, &name)),
                Err(problem) => self.refused(kind, subject, problem),
            },
            Order::RevokeKey {
                account_sid,
                key_sid,
            } => begun(self.revoke_key(&account_sid, &key_sid)),
            Order::ReplaceKey {
                account_sid,
                key_sid,
                name,
            } => match KeyName::parse(&name) {
                Ok(name) => begun(self.replace_key(&account_sid, &key_sid, &name).tagged(tag)),
                Err(problem) => self.refused(kind, subject, problem),
            },
            Order::LookForUse { key_sid } => begun(self.look_for_use(&key_sid)),
            Order::DeleteReplacedKey {
                key_sid,
                without_waiting,
            } => begun(self.delete_replaced_key(&key_sid, without_waiting)),
            Order::GiveUpReplacing { key_sid } => begun(self.give_up_replacing(&key_sid)),
            Order::CreateKey { account_sid, name } => match KeyName::parse(&name) {
                Ok(name) => begun(self.create_key(&account_sid, &name).tagged(tag)),
                Err(problem) => self.refused(kind, subject, problem),
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
