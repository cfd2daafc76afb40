//! What an entry is to do. It is kept as its kind, its name, and what else that kind needs: JSON with the number of its form.

use rusqlite::Row;
use rusqlite::types::FromSqlError;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use terms::{AccountSid, KeySid};

use super::super::convert::unreadable;
use super::super::version::Version;

/// What is to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// A subaccount.
    Subaccount {
        /// Its plain name.
        name: String,
        /// The plain name of the key that is to be made in it afterwards.
        then_key: Option<String>,
    },
    /// An API key.
    Key {
        /// The account it is to be in.
        account: AccountSid,
        /// That account's name.
        account_name: String,
        /// The key's plain name.
        name: String,
        /// The key whose place it is to take.
        replaces: Option<KeySid>,
    },
}

impl Intent {
    /// The plain name of what is to be created.
    pub fn name(&self) -> &str {
        match self {
            Self::Subaccount { name, .. } | Self::Key { name, .. } => name,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SubaccountBody {
    version: Version<1>,
    then_key: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeyBody {
    version: Version<1>,
    account_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    replaces: Option<KeySid>,
}

/// The words that kinds are stored as.
const SUBACCOUNT: &str = "subaccount";
const KEY: &str = "key";

/// The kind and the body that an intent is stored as.
pub(super) fn stored(intent: &Intent) -> rusqlite::Result<(&'static str, String)> {
    match intent {
        Intent::Subaccount { then_key, .. } => {
            let body = SubaccountBody {
                version: Version,
                then_key: then_key.clone(),
            };
            Ok((SUBACCOUNT, written(&body)?))
        }
        Intent::Key {
            account_name,
            replaces,
            ..
        } => {
            let body = KeyBody {
                version: Version,
                account_name: account_name.clone(),
                replaces: replaces.clone(),
            };
            Ok((KEY, written(&body)?))
        }
    }
}

/// The intent of a row.
pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<Intent> {
    let name = row.get("name")?;
    let kind: String = row.get("kind")?;
    match kind.as_str() {
        SUBACCOUNT => {
            let SubaccountBody { then_key, .. } = body_of(row)?;
            Ok(Intent::Subaccount { name, then_key })
        }
        KEY => {
            let KeyBody {
                account_name,
                replaces,
                ..
            } = body_of(row)?;
            Ok(Intent::Key {
                account: row.get("account")?,
                account_name,
                name,
                replaces,
            })
        }
        other => Err(FromSqlError::Other(format!("unknown kind {other}").into()).into()),
    }
}

fn written(body: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(body)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn body_of<B: DeserializeOwned>(row: &Row<'_>) -> rusqlite::Result<B> {
    let body: String = row.get("body")?;
    Ok(serde_json::from_str(&body).map_err(unreadable)?)
}
