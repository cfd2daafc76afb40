//! Making, changing and deleting keys.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Place, Store, policy};
use crate::errors::ApiError;
use crate::model::{Key, KeyKind, Status};
use crate::region::Region;
use crate::seed::NAME_LENGTH;

/// What the making of a key asks for. Only `iam` knows anything but the name.
#[derive(Default)]
pub(crate) struct KeyRequest<'a> {
    pub friendly_name: Option<&'a str>,
    pub key_type: Option<&'a str>,
    pub policy: Option<&'a str>,
    /// Where it is to sign.
    pub region: Region,
}

/// What an update of a key asks for.
#[derive(Default)]
pub(crate) struct KeyChange<'a> {
    pub friendly_name: Option<&'a str>,
    pub policy: Option<&'a str>,
}

impl Store {
    /// Makes a key. This is the only time its secret is told.
    pub(crate) fn create_key(
        &mut self,
        place: Place,
        asked: &KeyRequest<'_>,
        now: Timestamp,
    ) -> Result<Key, ApiError> {
        let name = asked.friendly_name.map(key_name).transpose()?.flatten();
        let kind = match asked.key_type {
            None => KeyKind::Standard,
            Some("restricted") if asked.region != Region::Us1 => {
                return Err(ApiError::constraint("Restricted keys are of US1 alone"));
            }
            Some("restricted") => {
                let policy = asked.policy.ok_or_else(|| {
                    ApiError::constraint("Policy is required for a restricted key")
                })?;
                KeyKind::Restricted {
                    allow: policy::read(policy)?,
                }
            }
            Some(_) => return Err(ApiError::constraint("KeyType must be restricted")),
        };
        let account = self.account(place);
        if account.status == Status::Closed {
            return Err(ApiError::account_not_active());
        }
        if account.keys.len() >= self.world.key_limit {
            return Err(ApiError::too_many_keys());
        }
        let key = self.change(|world| {
            let mut key = world.new_key(name, kind, now);
            key.region = asked.region;
            Arc::make_mut(&mut world.accounts[place])
                .keys
                .push(key.clone());
            key
        });
        self.catching_up.note(&key.sid);
        self.key_places.insert(key.sid.to_ascii_lowercase(), place);
        Ok(key)
    }

    /// Renames a key or replaces the whole policy of a restricted one.
    pub(crate) fn update_key(
        &mut self,
        sid: &str,
        asked: &KeyChange<'_>,
        now: Timestamp,
    ) -> Result<(), ApiError> {
        let Some((place, key)) = self.key(sid) else {
            return Ok(());
        };
        let name = asked.friendly_name.map(key_name).transpose()?;
        let policy = match (asked.policy, &key.kind) {
            (None, _) => None,
            (Some(policy), KeyKind::Restricted { .. }) => Some(policy::read(policy)?),
            (Some(_), _) => return Err(ApiError::constraint("Only a restricted key has a policy")),
        };
        self.change(|world| {
            let account = Arc::make_mut(&mut world.accounts[place]);
            for key in account
                .keys
                .iter_mut()
                .filter(|key| key.sid.eq_ignore_ascii_case(sid))
            {
                key.updated = now;
                if let Some(name) = name.clone() {
                    key.friendly_name = name;
                }
                if let Some(allow) = policy.clone() {
                    key.kind = KeyKind::Restricted { allow };
                }
            }
        });
        Ok(())
    }

    /// Deletes a key; whoever signs with it is refused from then on.
    pub(crate) fn delete_key(&mut self, place: Place, sid: &str) {
        self.change(|world| {
            let account = Arc::make_mut(&mut world.accounts[place]);
            account
                .keys
                .retain(|key| !key.sid.eq_ignore_ascii_case(sid));
        });
        self.key_places.remove(&sid.to_ascii_lowercase());
    }
}

/// A name of up to 64 characters; an empty one counts as none.
fn key_name(name: &str) -> Result<Option<String>, ApiError> {
    if name.chars().count() > NAME_LENGTH || name.chars().any(char::is_control) {
        // Twilio does not say which field it means.
        return Err(ApiError::constraint("Constraint violation"));
    }
    Ok(Some(name.to_owned()).filter(|name| !name.is_empty()))
}
