//! Rotating an account's Auth Token, by `accounts.twilio.com/v1/AuthTokens` (<https://www.twilio.com/docs/iam/api/authtoken>): a secondary
//! token is made, which works beside the primary one; it is put wherever the primary one is used; then it is promoted, and the primary one
//! stops at once.
//!
//! That host acts on the account that signs. A client that is signed by another account, the parent, reads the account's own token for each request
//! and drops it with the request.
//!
//! Nothing there tells whether there is a secondary token, but signing with one does ([`Client::accepts_token`]). So after a lost reply:
//!
//! | lost | what to do |
//! | --- | --- |
//! | creation | there may be a secondary token that nobody knows: delete it, if it is there, and create another. The primary one works on |
//! | promotion | both tokens are accepted: it did not happen, and can be asked for again. Only the secondary is: it did |
//! | deletion | delete again, or see whether the token is accepted |

use crate::{Client, Created, Credentials, Error, error::NOT_FOUND, exchange::Answer, wire};
use terms::{AccountSid, Secret};
use url::Url;

/// Twilio's code for credentials that it does not accept.
const NOT_AUTHENTICATED: u32 = 20003;

/// A second Auth Token of an account, as strong as the first. Twilio tells it this once.
#[derive(Debug)]
pub struct SecondaryToken {
    /// Whose it is.
    pub account: AccountSid,
    /// The token.
    pub token: Secret,
}

impl SecondaryToken {
    /// What signs as the account with this token.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        Credentials::AuthToken {
            account: self.account.clone(),
            token: self.token.duplicate(),
        }
    }
}

/// Why a step of a rotation did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RotationError {
    /// The account's own Auth Token could not be read. Nothing was asked for.
    #[error("the account's own sign-in could not be had: {0}")]
    NotAsked(Error),
    /// The request did not bring the answer asked for.
    #[error("{0}")]
    Failed(Error),
}

impl RotationError {
    /// Whether the step may have been taken all the same.
    pub fn created(&self) -> Created {
        match self {
            Self::NotAsked(_) => Created::No,
            Self::Failed(error) => error.created(),
        }
    }

    /// What went wrong with a request.
    pub fn error(&self) -> &Error {
        match self {
            Self::NotAsked(error) | Self::Failed(error) => error,
        }
    }
}

impl Client {
    /// Makes a secondary Auth Token of an account: the one that signs, or one of its subaccounts. What Twilio does where there is one already
    /// is not known, so that one is to be deleted before.
    ///
    /// # Errors
    /// [`RotationError::created`] says whether there may be a token all the same, which nobody knows.
    pub async fn create_secondary_token(
        &self,
        account: &AccountSid,
    ) -> Result<SecondaryToken, RotationError> {
        let own = self.signer_of(account).await?;
        let answer = own.post(own.tokens_address("Secondary"), &[]).await;
        let token = answer.and_then(|answer| read_token(account, "secondary_auth_token", &answer));
        Ok(SecondaryToken {
            account: account.clone(),
            token: token.map_err(RotationError::Failed)?,
        })
    }

    /// Makes an account's secondary Auth Token its primary one, and answers it. The old primary one stops at once, for this client too where
    /// it signs with it. Whether keys go on working is not certain: each that is kept is to be proven afterwards.
    ///
    /// # Errors
    /// Twilio's "no such item" (20404) where there is no secondary token.
    pub async fn promote_secondary_token(
        &self,
        account: &AccountSid,
    ) -> Result<Secret, RotationError> {
        let own = self.signer_of(account).await?;
        let answer = own.post(own.tokens_address("Promote"), &[]).await;
        let token = answer.and_then(|answer| read_token(account, "auth_token", &answer));
        token.map_err(RotationError::Failed)
    }

    /// Deletes an account's secondary Auth Token. The answer is whether Twilio had one.
    pub async fn delete_secondary_token(
        &self,
        account: &AccountSid,
    ) -> Result<bool, RotationError> {
        let own = self.signer_of(account).await?;
        match own.delete(own.tokens_address("Secondary")).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(refusal)) if refusal.code == NOT_FOUND => Ok(false),
            Err(error) => Err(RotationError::Failed(error)),
        }
    }

    /// Whether Twilio accepts this token of an account, primary or secondary. Of an account that is suspended or closed it accepts none, so
    /// that has to be known before.
    pub async fn accepts_token(&self, account: &AccountSid, token: &Secret) -> Result<bool, Error> {
        let own = self.signed_by(Credentials::AuthToken {
            account: account.clone(),
            token: token.duplicate(),
        });
        match own.account(account).await {
            Ok(_) => Ok(true),
            Err(error) if error.is_of_the_signer() && error.code() == Some(NOT_AUTHENTICATED) => {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// A client signed by the account itself: this one, where it is.
    async fn signer_of(&self, account: &AccountSid) -> Result<Self, RotationError> {
        if self.credentials().account() == Some(account) {
            return Ok(self.clone());
        }
        let own = self.as_account(account).await;
        own.map_err(RotationError::NotAsked)
    }

    fn tokens_address(&self, part: &str) -> Url {
        let mut url = self.accounts_host().clone();
        url.set_path(&format!("/v1/AuthTokens/{part}"));
        url
    }
}

/// The token in an answer that must be about `account`.
pub(crate) fn read_token(
    account: &AccountSid,
    name: &str,
    answer: &Answer,
) -> Result<Secret, Error> {
    const WHAT: &str = "Auth Token";
    let unreadable = || answer.unreadable(WHAT);
    let fields = answer.fields(WHAT)?;
    let whose = fields.id("account_sid").ok_or_else(unreadable)?;
    wire::same_account(account, &whose)?;
    let token = fields.raw(name).ok_or_else(unreadable)?;
    serde_json::from_str(token.get()).map_err(|_| unreadable())
}
