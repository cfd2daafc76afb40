//! What a pair of values is, found out by asking.

use crate::{Account, Client, Credentials, Error};
use terms::{AccountSid, AccountStatus};

/// A sign-in that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// A parent's Account SID and Auth Token: everything is possible.
    Full {
        /// The parent.
        account: Account,
    },
    /// A parent's Main API key: lists and creates subaccounts, and by most reports cannot open them.
    Main {
        /// The parent.
        account: Account,
    },
}

/// Why a pair of values is not a sign-in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The values belong to a subaccount.
    #[error("{sid} is a subaccount of {parent}")]
    SubaccountInsteadOfParent {
        /// The subaccount.
        sid: AccountSid,
        /// Its parent, whose values are needed.
        parent: AccountSid,
    },
    /// A Restricted key (70051).
    #[error("a Restricted key")]
    RestrictedKey,
    /// The second pair in Twilio's Console, which only pretends to send (20008).
    #[error("test credentials")]
    TestCredentials,
    /// The account is suspended.
    #[error("the account is suspended")]
    Suspended,
    /// The account is closed.
    #[error("the account is closed")]
    Closed,
    /// The SID and the Auth Token do not belong together or belong to another Region, or the account is suspended, closed or not
    /// approved: Twilio answers all alike, and its words may say which.
    #[error("the account's values were refused: {0}")]
    Refused(Error),
    /// A wrong secret, a deleted key, or a Standard key: Twilio answers all three alike, and without
    /// knowing the key's account nothing that this API offers can tell them apart.
    #[error("the key's values were refused")]
    RefusedKey,
    /// Something else went wrong; whether the values are right is not known.
    #[error(transparent)]
    Other(Error),
}

/// Finds out what the client's credentials are, by reading.
///
/// # Errors
/// [`SignInError::Other`] says nothing about the values; all others do.
pub async fn sign_in(client: &Client) -> Result<SignIn, SignInError> {
    match client.credentials() {
        Credentials::AuthToken { account, .. } => {
            let account = client.account(account).await.map_err(account_refused)?;
            usable_parent(account).map(|account| SignIn::Full { account })
        }
        Credentials::ApiKey { .. } => {
            let account = account_of_key(client).await?;
            usable_parent(account).map(|account| SignIn::Main { account })
        }
    }
}

/// The account a key belongs to. A list of accounts shows a parent's key the parent and its
/// subaccounts, in no promised order, and shows a subaccount's key that subaccount alone.
async fn account_of_key(client: &Client) -> Result<Account, SignInError> {
    let accounts = client.some_accounts().await.map_err(key_refused)?;
    if let Some(parent) = accounts.iter().find(|account| account.is_parent()) {
        return Ok(parent.clone());
    }
    let Some(first) = accounts.into_iter().next() else {
        return Err(SignInError::RefusedKey);
    };
    let Some(owner) = &first.owner else {
        return Err(SignInError::Other(whose_is_unknown()));
    };
    match client.account(owner).await {
        Ok(parent) => Ok(parent),
        Err(Error::Refused(refusal)) if matches!(refusal.status, 401 | 403 | 404) => Ok(first),
        Err(error) => Err(SignInError::Other(error)),
    }
}

fn usable_parent(account: Account) -> Result<Account, SignInError> {
    match &account.owner {
        None => return Err(SignInError::Other(whose_is_unknown())),
        Some(parent) if *parent != account.sid => {
            return Err(SignInError::SubaccountInsteadOfParent {
                sid: account.sid,
                parent: parent.clone(),
            });
        }
        Some(_) => {}
    }
    match account.status {
        AccountStatus::Suspended => Err(SignInError::Suspended),
        AccountStatus::Closed => Err(SignInError::Closed),
        AccountStatus::Active | AccountStatus::Other(_) => Ok(account),
    }
}

/// A main account and a subaccount cannot be told apart without their owner.
fn whose_is_unknown() -> Error {
    Error::Unreadable {
        what: "owner of the account",
        request_id: None,
    }
}

fn account_refused(error: Error) -> SignInError {
    refused(error, SignInError::Refused)
}

fn key_refused(error: Error) -> SignInError {
    if error.code() == Some(70051) {
        return SignInError::RestrictedKey;
    }
    refused(error, |_| SignInError::RefusedKey)
}

/// By Twilio's codes (<https://www.twilio.com/docs/api/errors>): whoever else refuses says nothing about the values.
fn refused(error: Error, unauthorized: impl FnOnce(Error) -> SignInError) -> SignInError {
    match &error {
        Error::Refused(refusal) => match refusal.code {
            20003 => unauthorized(error),
            20008 => SignInError::TestCredentials,
            10001 | 20005 | 20403 | 90010 => SignInError::Suspended,
            _ => SignInError::Other(error),
        },
        _ => SignInError::Other(error),
    }
}
