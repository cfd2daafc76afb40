//! API keys of an account, by the v2010 API: Main keys are listed, Standard keys are also made. Where a policy of the account does not
//! let that API near its keys, the same is done by [`iam`].

use crate::{
    Client, CreatedKey, Error, Key, Listing, body,
    error::NOT_FOUND,
    exchange::Answer,
    iam,
    key::{read_created, read_key},
    paging::PAGE_SIZE,
};
use terms::{AccountSid, KeySid};

fn list(account: &AccountSid) -> String {
    format!("Accounts/{account}/Keys")
}

fn resource(account: &AccountSid, key: &KeySid) -> String {
    format!("Accounts/{account}/Keys/{key}")
}

impl Client {
    /// Reads every key of an account.
    pub async fn keys(&self, account: &AccountSid) -> Result<Listing<Key>, Error> {
        let url = self.address(&list(account), &[PAGE_SIZE]);
        match self.all_rows(url).await {
            Err(error) if iam::is_wanted(&error) => self.keys_by_iam(account).await,
            listing => listing,
        }
    }

    /// Reads one key.
    pub async fn key(&self, account: &AccountSid, key: &KeySid) -> Result<Key, Error> {
        let url = self.address(&resource(account, key), &[]);
        let answer = match self.get(url, body::ONE_THING).await {
            Err(error) if iam::is_wanted(&error) => self.key_by_iam(account, key).await?,
            answer => answer?,
        };
        read_key(key, &answer)
    }

    /// Creates a Standard key. Sent once; only Twilio's own 429 is answered by sending again, and a policy's refusal by asking the newer
    /// API for the same.
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
        let answer = match self.post(url, &[("FriendlyName", friendly_name)]).await {
            Err(error) if iam::is_wanted(&error) => {
                self.create_key_by_iam(account, friendly_name, error)
                    .await?
            }
            answer => answer?,
        };
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
        let answer = match self.post(url, &[("FriendlyName", friendly_name)]).await {
            Err(error) if iam::is_wanted(&error) => {
                self.rename_key_by_iam(account, key, friendly_name).await?
            }
            answer => answer?,
        };
        read_key(key, &answer)
    }

    /// Deletes a key. One that Twilio refuses to delete counts as deleted where Twilio then neither knows nor lists it.
    pub async fn delete_key(&self, account: &AccountSid, key: &KeySid) -> Result<(), Error> {
        let url = self.address(&resource(account, key), &[]);
        let deleted = match self.delete(url).await {
            Err(error) if iam::is_wanted(&error) => self.delete_key_by_iam(account, key).await,
            answer => answer.map(drop),
        };
        let Err(Error::Refused(refusal)) = deleted else {
            return deleted;
        };
        // One answer is not enough: it may be of a second copy of the request, or about another account.
        match self.key(account, key).await {
            Err(again) if again.code() == Some(NOT_FOUND) => {
                let listed = self.keys(account).await?;
                if !listed.is_whole() || listed.rows.iter().any(|listed| listed.sid == *key) {
                    Err(again)
                } else {
                    Ok(())
                }
            }
            Err(again) => Err(again),
            Ok(_) => Err(Error::Refused(refusal)),
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

/// Requires that a list of messages is this account's. What is in it does not matter.
pub(crate) fn read_proof(account: &AccountSid, answer: &Answer) -> Result<(), Error> {
    const WHAT: &str = "messages";
    let uri = answer.fields(WHAT)?.string("uri");
    let uri = uri.ok_or_else(|| answer.unreadable(WHAT))?;
    answer.requires_account(account, &uri, WHAT)
}
