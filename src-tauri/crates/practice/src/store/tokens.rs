//! Rotating an account's Auth Token. Every Region has tokens of its own.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Place, Store};
use crate::model::{Account, AuthTokens, World};
use crate::region::Region;
use crate::seed::{scatter::scatter, sids};

/// The tokens that an account has in a Region. Where none was ever changed they follow from the seed.
pub(crate) fn tokens_of(world: &World, account: &Account, region: Region) -> AuthTokens {
    if region == Region::Us1 {
        return AuthTokens {
            primary: account.auth_token.clone(),
            secondary: account.secondary_auth_token.clone(),
        };
    }
    let changed = account.tokens_elsewhere.get(&region).cloned();
    changed.unwrap_or_else(|| {
        let word = region.as_str().bytes().map(u64::from);
        let seed = word.fold(world.seed, |seed, letter| scatter(seed, &[letter]));
        AuthTokens {
            primary: sids::auth_token(seed, account.ordinal),
            secondary: None,
        }
    })
}

impl Store {
    /// Promoting a secondary token ends all keys of its account, in the same Region, from now on.
    pub(crate) fn let_promotion_end_keys(&mut self) {
        self.promotion_ends_keys = true;
    }

    /// Makes a secondary Auth Token, which works beside the primary one; an earlier secondary one is replaced.
    pub(crate) fn create_secondary_token(
        &mut self,
        place: Place,
        region: Region,
        now: Timestamp,
    ) -> String {
        let token = self.world.new_auth_token();
        let primary = self.tokens(place, region).primary;
        let secondary = Some(token.clone());
        self.set_tokens(place, region, AuthTokens { primary, secondary }, now);
        token
    }

    /// Makes the secondary Auth Token the primary one. Nothing happens where there is none.
    pub(crate) fn promote_secondary_token(
        &mut self,
        place: Place,
        region: Region,
        now: Timestamp,
    ) -> Option<String> {
        let token = self.tokens(place, region).secondary?;
        let tokens = AuthTokens {
            primary: token.clone(),
            secondary: None,
        };
        self.set_tokens(place, region, tokens, now);
        if self.promotion_ends_keys {
            self.change(|world| {
                let account = Arc::make_mut(&mut world.accounts[place]);
                account.keys.retain(|key| key.region != region);
            });
        }
        Some(token)
    }

    /// Deletes the secondary Auth Token; tells whether there was one.
    pub(crate) fn delete_secondary_token(
        &mut self,
        place: Place,
        region: Region,
        now: Timestamp,
    ) -> bool {
        let AuthTokens { primary, secondary } = self.tokens(place, region);
        if secondary.is_none() {
            return false;
        }
        let tokens = AuthTokens {
            primary,
            secondary: None,
        };
        self.set_tokens(place, region, tokens, now);
        true
    }

    /// The tokens that an account has in a Region.
    pub(crate) fn tokens(&self, place: Place, region: Region) -> AuthTokens {
        tokens_of(&self.world, self.account(place), region)
    }

    fn set_tokens(&mut self, place: Place, region: Region, tokens: AuthTokens, now: Timestamp) {
        self.change_account(place, now, |account| match region {
            Region::Us1 => {
                account.auth_token = tokens.primary;
                account.secondary_auth_token = tokens.secondary;
            }
            Region::Ie1 | Region::Au1 => {
                account.tokens_elsewhere.insert(region, tokens);
            }
        });
    }
}
