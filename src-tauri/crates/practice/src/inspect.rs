//! Looking at the state from outside the API, for assertions. Never a secret.

use jiff::Timestamp;
use serde::Serialize;

use crate::model::{Account, Key, KeyKind, PhoneNumber, Status, World};
use crate::region::Region;

/// The state at one moment.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    /// How many subaccounts there are, closed ones included.
    pub subaccounts: usize,
    /// How many keys all accounts have together.
    pub keys: usize,
    /// Counts every change since the seed.
    pub revision: u64,
    /// All accounts, the parent first, then in the order of making.
    pub accounts: Vec<AccountState>,
}

/// An account at that moment.
#[derive(Clone, Debug, Serialize)]
pub struct AccountState {
    /// Its Account SID.
    pub sid: String,
    /// Its name.
    pub friendly_name: String,
    /// Its status.
    pub status: Status,
    /// When it was made.
    pub created: Timestamp,
    /// Its keys, in the order of making.
    pub keys: Vec<KeyState>,
    /// Its phone numbers, those that were moved to it last.
    pub numbers: Vec<NumberState>,
}

/// A phone number at that moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberState {
    /// Its SID.
    pub sid: String,
    /// The number in E.164.
    pub number: String,
}

/// A key at that moment.
#[derive(Clone, Debug, Serialize)]
pub struct KeyState {
    /// Its SID.
    pub sid: String,
    /// Its name, if it has one.
    pub friendly_name: Option<String>,
    /// What it may do.
    pub kind: KeyKind,
    /// Where it can sign.
    pub region: Region,
    /// When it was made.
    pub created: Timestamp,
}

impl State {
    pub(crate) fn of(world: &World) -> Self {
        let accounts: Vec<AccountState> = world
            .accounts
            .iter()
            .map(|account| AccountState::of(account))
            .collect();
        Self {
            subaccounts: accounts.len().saturating_sub(1),
            keys: accounts.iter().map(|account| account.keys.len()).sum(),
            revision: world.revision,
            accounts,
        }
    }

    /// The account of a SID.
    #[must_use]
    pub fn account(&self, sid: &str) -> Option<&AccountState> {
        self.accounts
            .iter()
            .find(|account| account.sid.eq_ignore_ascii_case(sid))
    }

    /// All accounts of exactly that name.
    #[must_use]
    pub fn accounts_named(&self, name: &str) -> Vec<&AccountState> {
        self.accounts
            .iter()
            .filter(|account| account.friendly_name == name)
            .collect()
    }

    /// A key and the account it belongs to.
    #[must_use]
    pub fn key(&self, sid: &str) -> Option<(&AccountState, &KeyState)> {
        self.accounts.iter().find_map(|account| {
            account
                .keys
                .iter()
                .find(|key| key.sid.eq_ignore_ascii_case(sid))
                .map(|key| (account, key))
        })
    }
}

impl AccountState {
    fn of(account: &Account) -> Self {
        Self {
            sid: account.sid.clone(),
            friendly_name: account.friendly_name.clone(),
            status: account.status,
            created: account.created,
            keys: account.keys.iter().map(KeyState::of).collect(),
            numbers: account.numbers.iter().map(NumberState::of).collect(),
        }
    }
}

impl NumberState {
    fn of(number: &PhoneNumber) -> Self {
        Self {
            sid: number.sid.clone(),
            number: number.number.clone(),
        }
    }
}

impl KeyState {
    fn of(key: &Key) -> Self {
        Self {
            sid: key.sid.clone(),
            friendly_name: key.friendly_name.clone(),
            kind: key.kind.clone(),
            region: key.region,
            created: key.created,
        }
    }
}
