//! Whether somebody has the account's Auth Token: how its owner opens a lock that nothing else opens.

use terms::{AccountSid, Secret, trim_pasted};
use twilio::{Client, Credentials, SignInError};

use crate::connect::is_auth_token;
use crate::connect_error::ConnectError;
use crate::failure::Problem;
use crate::workspace::Workspace;

/// Twilio's code where the SID and the Auth Token do not belong together (<https://www.twilio.com/docs/api/errors/20003>).
const WRONG_TOKEN: u32 = 20003;

impl Workspace {
    /// The account whose Auth Token shows that somebody is its owner: the one that is connected, or was last. Practice mode has none,
    /// since nobody knows its token. Asks nobody.
    pub async fn owners_account(&self) -> Result<Option<AccountSid>, Problem> {
        if self.practice {
            return Ok(None);
        }
        Ok(self.records.last_connected().await?)
    }

    /// Whether anything is kept here that somebody may not see: a passphrase, an account, or a saved key. Asks nobody.
    pub async fn has_anything_to_lock(&self) -> Result<bool, Problem> {
        Ok(self.has_passphrase().await?
            || self.owners_account().await?.is_some()
            || (!self.practice && !self.records.credentials().await?.is_empty()))
    }

    /// Whether Twilio takes this for the Auth Token of [`Workspace::owners_account`]. Nothing is kept of it, and nobody is signed in.
    /// An answer by somebody who opens the connection on its way does not count, whomever its user has allowed that: whoever is at the
    /// computer could have it trust anybody.
    pub async fn check_auth_token(&self, typed: &str) -> Result<(), ConnectError> {
        let token = trim_pasted(typed);
        if token.is_empty() {
            return Err(ConnectError::AuthTokenEmpty);
        }
        if !is_auth_token(&token) {
            return Err(ConnectError::AuthTokenMalformed);
        }
        let account = self.owners_account().await?.ok_or(Problem::NotConnected)?;
        let credentials = Credentials::AuthToken {
            account: account.clone(),
            token: Secret::new(token).map_err(Problem::from)?,
        };
        // Without the inspectors that were allowed.
        let client = Client::builder(self.hosts.clone(), credentials)
            .timeouts(self.wait_times.answers)
            .environment(self.environment.clone())
            .build()?;
        match client.account(&account).await {
            Ok(_) => Ok(()),
            Err(error) if error.code() == Some(WRONG_TOKEN) => {
                Err(SignInError::Refused(error).into())
            }
            Err(error) => Err(error.into()),
        }
    }
}
