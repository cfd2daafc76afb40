//! Rotating an account's Auth Token.

use jiff::Timestamp;

use super::{Place, Store};

impl Store {
    /// Makes a secondary Auth Token, which works beside the primary one; an earlier secondary one is replaced.
    pub(crate) fn create_secondary_token(&mut self, place: Place, now: Timestamp) -> String {
        let token = self.world.new_auth_token();
        self.change_account(place, now, |account| {
            account.secondary_auth_token = Some(token.clone())
        });
        token
    }

    /// Makes the secondary Auth Token the primary one. Nothing happens where there is none.
    pub(crate) fn promote_secondary_token(
        &mut self,
        place: Place,
        now: Timestamp,
    ) -> Option<String> {
        let token = self.account(place).secondary_auth_token.clone()?;
        self.change_account(place, now, |account| {
            account.auth_token = token.clone();
            account.secondary_auth_token = None;
        });
        Some(token)
    }

    /// Deletes the secondary Auth Token; tells whether there was one.
    pub(crate) fn delete_secondary_token(&mut self, place: Place, now: Timestamp) -> bool {
        if self.account(place).secondary_auth_token.is_none() {
            return false;
        }
        self.change_account(place, now, |account| account.secondary_auth_token = None);
        true
    }
}
