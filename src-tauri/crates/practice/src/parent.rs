//! Sign-ins that are ready to use in US1: the parent's, and one of every other kind.

use std::sync::Arc;

use crate::model::{Account, Key, KeyKind, Status, World};
use crate::region::Region;

/// The parent account and how to sign in as it. All of it is made up.
#[derive(Clone)]
pub struct Parent {
    /// Its Account SID.
    pub account_sid: String,
    /// Its Auth Token.
    pub auth_token: String,
    /// Its name.
    pub friendly_name: String,
    /// The SID and secret of its Main key.
    pub main_key: (String, String),
    /// The SID and secret of its Standard key.
    pub standard_key: (String, String),
    /// The SID and secret of its Restricted key, which may send and read messages.
    pub restricted_key: (String, String),
    /// The Account SID and Auth Token of its test credentials.
    pub test_credentials: (String, String),
}

/// A subaccount and how to sign in as it. All of it is made up.
#[derive(Clone)]
pub struct Subaccount {
    /// Its Account SID.
    pub account_sid: String,
    /// Its Auth Token.
    pub auth_token: String,
    /// Its name.
    pub friendly_name: String,
    /// Its status.
    pub status: Status,
    /// The SID and secret of its Main key, if it has one.
    pub main_key: Option<(String, String)>,
    /// The SID and secret of its first Standard key, if it has one.
    pub standard_key: Option<(String, String)>,
    /// The SID and secret of its Restricted key, if it has one.
    pub restricted_key: Option<(String, String)>,
}

impl Parent {
    pub(crate) fn of(world: &World) -> Option<Self> {
        let account = world.accounts.first()?;
        let key = |wanted: fn(&KeyKind) -> bool| first_key(account, wanted).unwrap_or_default();
        Some(Self {
            account_sid: account.sid.clone(),
            auth_token: account.auth_token.clone(),
            friendly_name: account.friendly_name.clone(),
            main_key: key(is_main),
            standard_key: key(is_standard),
            restricted_key: key(is_restricted),
            test_credentials: world.test_credentials.clone(),
        })
    }
}

impl Subaccount {
    pub(crate) fn all(world: &World) -> Vec<Self> {
        world.accounts.iter().skip(1).map(Self::of).collect()
    }

    fn of(account: &Arc<Account>) -> Self {
        Self {
            account_sid: account.sid.clone(),
            auth_token: account.auth_token.clone(),
            friendly_name: account.friendly_name.clone(),
            status: account.status,
            main_key: first_key(account, is_main),
            standard_key: first_key(account, is_standard),
            restricted_key: first_key(account, is_restricted),
        }
    }
}

fn first_key(account: &Account, wanted: fn(&KeyKind) -> bool) -> Option<(String, String)> {
    let pair = |key: &Key| (key.sid.clone(), key.secret.clone());
    let mut keys = account.keys.iter();
    keys.find(|key| key.region == Region::Us1 && wanted(&key.kind))
        .map(pair)
}

fn is_main(kind: &KeyKind) -> bool {
    *kind == KeyKind::Main
}

fn is_standard(kind: &KeyKind) -> bool {
    *kind == KeyKind::Standard
}

fn is_restricted(kind: &KeyKind) -> bool {
    matches!(kind, KeyKind::Restricted { .. })
}
