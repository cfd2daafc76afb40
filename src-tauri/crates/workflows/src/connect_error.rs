//! Why an account could not be connected.

use terms::SidError;
use thiserror::Error;
use twilio::SignInError;

use crate::failure::Problem;

/// Why an account could not be connected. Nothing was changed or kept.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConnectError {
    #[error("the Account SID is empty")]
    AccountSidEmpty,
    #[error("the Account SID is not one: {0}")]
    AccountSidMalformed(SidError),
    /// An API key's SID, and no secret to find out more with.
    #[error("an API key was given instead of the account")]
    KeySidInsteadOfAccountSid,
    #[error("the Auth Token is empty")]
    AuthTokenEmpty,
    #[error("the Auth Token is not 32 characters of 0-9 and a-f")]
    AuthTokenMalformed,
    #[error("a Main key cannot open subaccounts")]
    MainKey,
    /// Nobody wanted it any more when Twilio had answered.
    #[error("connecting was cancelled")]
    Cancelled,
    #[error("{0}")]
    SignIn(#[from] SignInError),
    #[error("{0}")]
    Problem(#[from] Problem),
}

impl From<twilio::Error> for ConnectError {
    fn from(error: twilio::Error) -> Self {
        Self::Problem(error.into())
    }
}

impl From<vault::RecordsError> for ConnectError {
    fn from(error: vault::RecordsError) -> Self {
        Self::Problem(error.into())
    }
}

impl From<vault::KeychainError> for ConnectError {
    fn from(error: vault::KeychainError) -> Self {
        Self::Problem(error.into())
    }
}
