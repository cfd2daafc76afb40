//! The saved keys that Twilio refused when they were last tried. Noted for this computer only: what another one restores, it tries for
//! itself.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use terms::KeySid;

use super::RecordsError;
use super::note::{self, Note};

/// The preference it is noted as.
pub(crate) const NAME: &str = "refused_keys";

/// When each was refused, by its SID. A note that cannot be read is as good as none: the next try finds out again.
#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Refused(BTreeMap<String, Timestamp>);

impl Note for Refused {
    const NAME: &'static str = NAME;
}

/// That the key was refused.
pub(super) fn remember(
    transaction: &Transaction<'_>,
    key: &KeySid,
    at: Timestamp,
) -> Result<(), RecordsError> {
    let mut refused: Refused = note::read(transaction)?.unwrap_or_default();
    refused.0.insert(key.as_str().to_owned(), at);
    note::write(transaction, &refused)
}

/// That the key works after all.
pub(super) fn forget(transaction: &Transaction<'_>, key: &KeySid) -> Result<(), RecordsError> {
    let Some(mut refused) = note::read::<Refused>(transaction)? else {
        return Ok(());
    };
    // Most keys that work were never refused, and nothing is written of them.
    match refused.0.remove(key.as_str()) {
        Some(_) => note::write(transaction, &refused),
        None => Ok(()),
    }
}

/// All of them.
pub(super) fn all(connection: &Connection) -> Result<Vec<(KeySid, Timestamp)>, RecordsError> {
    let refused: Refused = note::read(connection)?.unwrap_or_default();
    let keys = refused.0.into_iter();
    Ok(keys
        .filter_map(|(key, at)| Some((key.parse().ok()?, at)))
        .collect())
}
