//! An API key, as both of Twilio's APIs describe one.

use crate::{Error, Oddities, exchange::Answer, fields::Fields, listing::Row};
use jiff::Timestamp;
use terms::{KeySid, Secret};

/// An API key, without its secret. Its type cannot be read from this API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its identifier.
    pub sid: KeySid,
    /// Its name, empty where Twilio has none, and shortened where it is longer than Twilio allows.
    pub friendly_name: String,
    /// When it was made, where Twilio says so.
    pub created: Option<Timestamp>,
    /// What of this could not be read as it should be.
    pub odd: Oddities,
}

/// A key just made, with the secret that Twilio shows this once.
#[derive(Debug)]
pub struct CreatedKey {
    /// The key.
    pub key: Key,
    /// Its secret.
    pub secret: Secret,
}

impl Row for Key {
    const LIST: &'static str = "keys";

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let sid = fields.id("sid")?;
        let name = fields.text("friendly_name");
        let created = fields.time("date_created");
        Some(Self {
            sid,
            odd: Oddities {
                // A key may well have no name.
                name: name.is_odd(),
                rest: created.is_odd,
            },
            friendly_name: name.text,
            created: created.time,
        })
    }

    fn sid(&self) -> &str {
        self.sid.as_str()
    }

    fn is_odd(&self) -> bool {
        self.odd.any()
    }
}

/// A key just made, with its secret.
pub(crate) fn read_created(answer: &Answer) -> Result<CreatedKey, Error> {
    const WHAT: &str = "created key";
    let fields = answer.fields(WHAT)?;
    let unreadable = || answer.unreadable(WHAT);
    let secret = fields.raw("secret").ok_or_else(unreadable)?;
    Ok(CreatedKey {
        key: Key::read(&fields).ok_or_else(unreadable)?,
        secret: serde_json::from_str(secret.get()).map_err(|_| unreadable())?,
    })
}

pub(crate) fn read_key(asked: &KeySid, answer: &Answer) -> Result<Key, Error> {
    let key = Key::read(&answer.fields("key")?);
    key.filter(|key| key.sid == *asked)
        .ok_or_else(|| answer.unreadable("key"))
}
