//! API keys by the newer API, `iam.twilio.com/v1/Keys`: the way round a policy that keeps the v2010 API from an account's keys.
//!
//! That host acts on the account that signs, so it is asked with the subaccount's own Auth Token. The parent's sign-in reads the token for
//! each use, and it is dropped with the request: it is never kept.

use crate::{
    Client, Credentials, Error, Key, Listing, body, client, exchange::Answer, paging::PAGE_SIZE,
    wire,
};
use terms::{AccountSid, KeySid, Secret};
use url::Url;

/// Whether the v2010 API was refused in the way that this one is not.
pub(crate) fn is_wanted(error: &Error) -> bool {
    matches!(error, Error::Refused(refusal) if refusal.is_of_a_policy())
}

impl Client {
    /// A client signed by the account itself.
    pub(crate) async fn as_account(&self, account: &AccountSid) -> Result<Self, Error> {
        let url = client::resource(self.api(), &format!("Accounts/{account}"));
        let answer = self.get(url, body::ONE_THING).await?;
        const WHAT: &str = "account's own sign-in";
        let unreadable = || answer.unreadable(WHAT);
        let fields = answer.fields(WHAT)?;
        let sid: AccountSid = fields.id("sid").ok_or_else(unreadable)?;
        wire::same_account(account, &sid)?;
        let token = fields.raw("auth_token").ok_or_else(unreadable)?;
        let token: Secret = serde_json::from_str(token.get()).map_err(|_| unreadable())?;
        Ok(self.signed_by(Credentials::AuthToken {
            account: sid,
            token,
        }))
    }

    /// The address of all keys, or of one.
    pub(crate) fn iam_address(&self, key: Option<&KeySid>) -> Url {
        let mut url = self.iam().clone();
        url.set_path(&match key {
            Some(key) => format!("/v1/Keys/{key}"),
            None => "/v1/Keys".to_owned(),
        });
        url
    }

    pub(crate) async fn keys_by_iam(&self, account: &AccountSid) -> Result<Listing<Key>, Error> {
        let mut url = self.iam_address(None);
        url.query_pairs_mut()
            .extend_pairs([("AccountSid", account.as_str()), PAGE_SIZE]);
        self.as_account(account).await?.all_rows(url).await
    }

    pub(crate) async fn key_by_iam(
        &self,
        account: &AccountSid,
        key: &KeySid,
    ) -> Result<Answer, Error> {
        let url = self.iam_address(Some(key));
        self.as_account(account)
            .await?
            .get(url, body::ONE_THING)
            .await
    }

    /// `refused` is what the older API said. It is the outcome where this one could not even be asked: nothing was made then.
    pub(crate) async fn create_key_by_iam(
        &self,
        account: &AccountSid,
        friendly_name: &str,
        refused: Error,
    ) -> Result<Answer, Error> {
        let Ok(own) = self.as_account(account).await else {
            return Err(refused);
        };
        let form = [
            ("AccountSid", account.as_str()),
            ("FriendlyName", friendly_name),
        ];
        own.post(self.iam_address(None), &form).await
    }

    pub(crate) async fn rename_key_by_iam(
        &self,
        account: &AccountSid,
        key: &KeySid,
        friendly_name: &str,
    ) -> Result<Answer, Error> {
        let url = self.iam_address(Some(key));
        let form = [("FriendlyName", friendly_name)];
        self.as_account(account).await?.post(url, &form).await
    }

    pub(crate) async fn delete_key_by_iam(
        &self,
        account: &AccountSid,
        key: &KeySid,
    ) -> Result<(), Error> {
        let url = self.iam_address(Some(key));
        self.as_account(account).await?.delete(url).await.map(drop)
    }
}
