//! The state and the rules for changing it. Who may do so is decided in [`crate::credentials`].

mod accounts;
mod catching_up;
mod keys;
mod numbers;
mod policy;
mod tokens;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{Account, Key, World};
use crate::usage::{Figures, Span, UsageBook};

pub(crate) use accounts::AccountChange;
pub(crate) use keys::{KeyChange, KeyRequest};
pub(crate) use numbers::NumberChange;
pub(crate) use tokens::tokens_of;

/// An account's place in [`World::accounts`]. Accounts are never removed, so it stays valid.
pub(crate) type Place = usize;

/// The parent's place.
pub(crate) const PARENT: Place = 0;

/// All state, with what finds things in it quickly.
pub(crate) struct Store {
    world: World,
    /// The state before the last change, for answers that are stale on purpose.
    before: Option<World>,
    places: HashMap<String, Place>,
    key_places: HashMap<String, Place>,
    book: UsageBook,
    catching_up: catching_up::CatchingUp,
    suspended_numbers_stay: bool,
    promotion_ends_keys: bool,
}

impl Store {
    pub(crate) fn new(world: World) -> Self {
        let mut store = Self {
            world,
            before: None,
            places: HashMap::new(),
            key_places: HashMap::new(),
            book: UsageBook::default(),
            catching_up: catching_up::CatchingUp::default(),
            suspended_numbers_stay: false,
            promotion_ends_keys: false,
        };
        for (place, account) in store.world.accounts.iter().enumerate() {
            store.places.insert(account.sid.to_ascii_lowercase(), place);
            for key in &account.keys {
                store.key_places.insert(key.sid.to_ascii_lowercase(), place);
            }
        }
        store
    }

    /// The state of now.
    pub(crate) fn world(&self) -> &World {
        &self.world
    }

    /// The state to list from: of now, or from before the last change.
    pub(crate) fn listed(&self, stale: bool) -> &World {
        if stale {
            self.before.as_ref().unwrap_or(&self.world)
        } else {
            &self.world
        }
    }

    /// Where an account is; SIDs are compared without regard to case.
    pub(crate) fn place(&self, sid: &str) -> Option<Place> {
        self.places.get(&sid.to_ascii_lowercase()).copied()
    }

    pub(crate) fn account(&self, place: Place) -> &Account {
        &self.world.accounts[place]
    }

    /// The account and the key of a key's SID.
    pub(crate) fn key(&self, sid: &str) -> Option<(Place, &Key)> {
        let place = self.key_places.get(&sid.to_ascii_lowercase()).copied()?;
        let key = self
            .account(place)
            .keys
            .iter()
            .find(|key| key.sid.eq_ignore_ascii_case(sid))?;
        Some((place, key))
    }

    /// What an account used in a span of days.
    pub(crate) fn usage(&mut self, place: Place, with_subaccounts: bool, span: Span) -> Figures {
        let account = Arc::clone(&self.world.accounts[place]);
        self.book.between(
            &self.world,
            &account,
            with_subaccounts,
            span.first,
            span.last,
        )
    }

    /// Makes a change that counts as one, keeping the state from before it.
    fn change<T>(&mut self, change: impl FnOnce(&mut World) -> T) -> T {
        self.before = Some(self.world.clone());
        self.world.revision += 1;
        change(&mut self.world)
    }

    /// Changes one account; `updated` moves to `now`.
    fn change_account<T>(
        &mut self,
        place: Place,
        now: Timestamp,
        change: impl FnOnce(&mut Account) -> T,
    ) -> T {
        self.change(|world| {
            let account = Arc::make_mut(&mut world.accounts[place]);
            account.updated = now;
            change(account)
        })
    }
}
