//! The signed-in client, made when it is first needed.

use twilio::{AuthToken, Client, Credentials};
use vault::Item;

use crate::failure::Problem;
use crate::ids::account_sid;
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// The client of the connected account. Reads the Auth Token from the keychain the first time.
    pub(crate) async fn signed_in(&self) -> Result<Session, Problem> {
        if let Some(session) = self.session() {
            return Ok(session);
        }
        let connection = self
            .records
            .connection()
            .await?
            .ok_or(Problem::NotConnected)?;
        let item = Item::AuthToken {
            account: connection.account.clone(),
        };
        let token = self
            .keychain
            .read(&item)
            .await?
            .ok_or(Problem::SecretNotFound)?;
        let parent = account_sid(&connection.account)?;
        let credentials = Credentials::AuthToken {
            account: parent.clone(),
            token: AuthToken::new(token.expose().to_owned()),
        };
        let session = Session {
            parent,
            client: Client::new(self.hosts.clone(), credentials)?,
        };
        self.set_session(Some(session.clone()));
        Ok(session)
    }
}
