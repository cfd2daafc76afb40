//! Twilio's SIDs and the vault's ids are the same texts; `twilio` and `vault` know nothing of each other.

use twilio::{AccountSid, KeySid, SidError};
use vault::{AccountId, KeyId};

pub(crate) fn account_id(sid: &AccountSid) -> AccountId {
    AccountId::new(sid.as_str())
}

pub(crate) fn key_id(sid: &KeySid) -> KeyId {
    KeyId::new(sid.as_str())
}

pub(crate) fn account_sid(id: &AccountId) -> Result<AccountSid, SidError> {
    id.as_str().parse()
}

pub(crate) fn key_sid(id: &KeyId) -> Result<KeySid, SidError> {
    id.as_str().parse()
}
