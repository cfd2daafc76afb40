//! By what an operation is found, and what it is about.

use serde::Serialize;
use terms::{AccountSid, KeySid};
use vault::{BatchId, EntryId};

use super::OperationKind;

/// The number of an operation, while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct OperationId(u32);

impl OperationId {
    /// One that crossed to the window.
    pub fn new(id: u32) -> Self {
        Self(id)
    }

    pub fn get(self) -> u32 {
        self.0
    }
}

/// What a batch carries out, order by order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchItems {
    pub batch: BatchId,
    /// Nothing is said of an order that a later version wrote.
    pub items: Vec<(Option<OperationKind>, Subject)>,
}

/// What an operation is about, as far as that is known when it begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    pub name: Option<String>,
    pub account: Option<AccountSid>,
    pub key: Option<KeySid>,
    pub entry: Option<EntryId>,
}

impl Subject {
    /// Something of this name, in no account yet.
    pub fn of_name(name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            ..Self::default()
        }
    }

    /// A subaccount.
    pub fn of_account(account: &AccountSid) -> Self {
        Self {
            account: Some(account.clone()),
            ..Self::default()
        }
    }

    /// Something of this name in a subaccount.
    pub fn of_name_in(name: &str, account: &AccountSid) -> Self {
        Self {
            name: Some(name.to_owned()),
            ..Self::of_account(account)
        }
    }

    /// A key.
    pub fn of_key(key: &KeySid) -> Self {
        Self {
            key: Some(key.clone()),
            ..Self::default()
        }
    }

    /// A key of a subaccount.
    pub fn of_key_in(key: &KeySid, account: &AccountSid) -> Self {
        Self {
            key: Some(key.clone()),
            ..Self::of_account(account)
        }
    }

    /// What is unfinished.
    pub fn of_entry(entry: EntryId) -> Self {
        Self {
            entry: Some(entry),
            ..Self::default()
        }
    }
}
