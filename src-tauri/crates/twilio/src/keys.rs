//! API keys of an account, by the v2010 API: Main keys are listed, Standard keys are also made.

use crate::{
    AccountSid, ApiSecret, Client, Error, KeySid, body,
    exchange::Answer,
    paging::{PAGE_SIZE, Page},
    wire,
};
use jiff::Timestamp;
use serde::Deserialize;

/// Twilio's code for "no such item".
const NOT_FOUND: u32 = 20404;

/// An API key, without its secret. Its type cannot be read from this API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its identifier.
    pub sid: KeySid,
    /// Its name, empty where Twilio has none.
    pub friendly_name: String,
    /// When it was made, where Twilio says so.
    pub created: Option<Timestamp>,
}

/// A key just made, with the secret that Twilio shows this once.
#[derive(Debug)]
pub struct CreatedKey {
    /// The key.
    pub key: Key,
    /// Its secret.
    pub secret: ApiSecret,
}

#[derive(Deserialize)]
struct WireKey {
    sid: KeySid,
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    friendly_name: String,
    #[serde(default)]
    date_created: Option<String>,
}

/// Written out rather than flattened around [`WireKey`]: flattening would buffer the secret.
#[derive(Deserialize)]
struct WireCreatedKey {
    sid: KeySid,
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    friendly_name: String,
    #[serde(default)]
    date_created: Option<String>,
    secret: ApiSecret,
}

impl From<WireKey> for Key {
    fn from(wire: WireKey) -> Self {
        Self {
            sid: wire.sid,
            friendly_name: wire.friendly_name,
            created: wire::rfc2822(wire.date_created.as_deref()),
        }
    }
}

#[derive(Deserialize)]
struct KeyPage {
    keys: Vec<WireKey>,
    #[serde(default)]
    uri: Option<String>,
    #[serde(default)]
    next_page_uri: Option<String>,
}

impl Page for KeyPage {
    type Row = WireKey;
    const WHAT: &'static str = "keys";

    fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }

    fn open(self) -> (Vec<WireKey>, Option<String>) {
        (self.keys, self.next_page_uri)
    }
}

/// The part of a list of messages that says whose it is.
#[derive(Deserialize)]
struct MessagePage {
    uri: String,
}

fn list(account: &AccountSid) -> String {
    format!("Accounts/{account}/Keys")
}

fn resource(account: &AccountSid, key: &KeySid) -> String {
    format!("Accounts/{account}/Keys/{key}")
}

impl Client {
    /// Reads every key of an account.
    pub async fn keys(&self, account: &AccountSid) -> Result<Vec<Key>, Error> {
        let url = self.address(&list(account), &[PAGE_SIZE]);
        let rows = self.all_rows::<KeyPage>(url).await?;
        Ok(rows.into_iter().map(Key::from).collect())
    }

    /// Reads one key.
    pub async fn key(&self, account: &AccountSid, key: &KeySid) -> Result<Key, Error> {
        let url = self.address(&resource(account, key), &[]);
        read_key(key, &self.get(url, body::ONE_THING).await?)
    }

    /// Creates a Standard key. Sent once; only 429 is answered by sending again.
    ///
    /// # Errors
    /// [`Error::created`] says whether a key may exist all the same. The secret of such a key is lost:
    /// look for it by name, delete it and create another. A call that is dropped before it returns is as
    /// unknown as a lost reply.
    pub async fn create_key(
        &self,
        account: &AccountSid,
        friendly_name: &str,
    ) -> Result<CreatedKey, Error> {
        let url = self.address(&list(account), &[]);
        let answer = self.post(url, &[("FriendlyName", friendly_name)]).await?;
        read_created(&answer)
    }

    /// Gives a key another name.
    pub async fn rename_key(
        &self,
        account: &AccountSid,
        key: &KeySid,
        friendly_name: &str,
    ) -> Result<Key, Error> {
        let url = self.address(&resource(account, key), &[]);
        read_key(
            key,
            &self.post(url, &[("FriendlyName", friendly_name)]).await?,
        )
    }

    /// Deletes a key. A key that Twilio says twice it does not have counts as deleted.
    pub async fn delete_key(&self, account: &AccountSid, key: &KeySid) -> Result<(), Error> {
        let url = self.address(&resource(account, key), &[]);
        match self.delete(url).await {
            Ok(_) => Ok(()),
            // The status alone is not enough, as any gateway may say 404; nor is an answer that may be about another account.
            Err(error) if error.code() == Some(NOT_FOUND) => match self.key(account, key).await {
                Err(again) if again.code() == Some(NOT_FOUND) => Ok(()),
                Err(again) => Err(again),
                Ok(_) => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    /// Proves that the key this client signs with works in this account, by a read that every
    /// Standard key may do.
    pub async fn prove_key(&self, account: &AccountSid) -> Result<(), Error> {
        let messages = format!("Accounts/{account}/Messages");
        let url = self.address(&messages, &[("PageSize", "1")]);
        let answer = self.get(url, body::ONE_THING).await?;
        read_proof(account, &answer)
    }
}

/// One page of keys, and where the next one is.
#[cfg(feature = "fuzzing")]
pub(crate) fn read_page(answer: &Answer) -> Result<(Vec<Key>, Option<String>), Error> {
    let (rows, next) = answer.read::<KeyPage>(KeyPage::WHAT)?.open();
    Ok((rows.into_iter().map(Key::from).collect(), next))
}

/// A key just made, with its secret.
pub(crate) fn read_created(answer: &Answer) -> Result<CreatedKey, Error> {
    let wire: WireCreatedKey = answer.read("created key")?;
    Ok(CreatedKey {
        key: Key {
            sid: wire.sid,
            friendly_name: wire.friendly_name,
            created: wire::rfc2822(wire.date_created.as_deref()),
        },
        secret: wire.secret,
    })
}

/// Requires that a list of messages is this account's.
pub(crate) fn read_proof(account: &AccountSid, answer: &Answer) -> Result<(), Error> {
    let page: MessagePage = answer.read("messages")?;
    answer.requires_account(account, &page.uri, "messages")
}

pub(crate) fn read_key(asked: &KeySid, answer: &Answer) -> Result<Key, Error> {
    let key: Key = answer.read::<WireKey>("key")?.into();
    if key.sid == *asked {
        Ok(key)
    } else {
        Err(answer.unreadable("key"))
    }
}
