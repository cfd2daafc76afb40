//! The signed-in client, made when it is first needed.

use terms::{AccountSid, Secret};
use twilio::{Client, Credentials, SignInError};
use vault::points::{Point, kill_point};
use vault::{Entry, Item};

use crate::failure::Problem;
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// The client of the account that an unfinished thing belongs to, if that is the connected one.
    pub(crate) async fn signed_in_for(&self, entry: &Entry) -> Result<Session, Problem> {
        let session = self.signed_in().await?;
        belongs_to(entry, &session)?;
        Ok(session)
    }

    /// The client of the connected account, for one operation. Reads the Auth Token from the keychain the first time.
    pub(crate) async fn signed_in(&self) -> Result<Session, Problem> {
        let Session { parent, client } = self.shared_session().await?;
        let client = client.for_one_operation();
        Ok(Session { parent, client })
    }

    async fn shared_session(&self) -> Result<Session, Problem> {
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
        let parent = connection.account.clone();
        let tokens = self.keychain.read_all(&item).await?;
        let client = self.client_of_one(&parent, tokens).await?;
        let session = Session { parent, client };
        let still = self.records.connection().await?;
        if still.is_none_or(|still| still.account != connection.account) {
            return Err(Problem::NotConnected);
        }
        self.set_session(Some(session.clone()));
        kill_point(Point::SignedIn);
        Ok(session)
    }
}

impl Workspace {
    /// The client of the only token, or of the first that Twilio accepts where the keychain has several.
    pub(crate) async fn client_of_one(
        &self,
        parent: &AccountSid,
        mut tokens: Vec<Secret>,
    ) -> Result<Client, Problem> {
        let client_of = |token: &Secret| {
            self.client(Credentials::AuthToken {
                account: parent.clone(),
                token: token.duplicate(),
            })
        };
        let last = tokens.pop().ok_or(Problem::AuthTokenMissing)?;
        for token in &tokens {
            let client = client_of(token)?;
            match twilio::sign_in(&client).await {
                Err(SignInError::Refused(_)) => {}
                Err(SignInError::Other(error)) => return Err(error.into()),
                // What else is wrong with the account is said by whatever the client is used for.
                _ => return Ok(client),
            }
        }
        Ok(client_of(&last)?)
    }
}

/// Nothing of one parent is ever looked for, or deleted, at another.
pub(crate) fn belongs_to(entry: &Entry, session: &Session) -> Result<(), Problem> {
    if entry.parent == session.parent {
        Ok(())
    } else {
        Err(Problem::OtherParent(entry.parent.clone()))
    }
}
