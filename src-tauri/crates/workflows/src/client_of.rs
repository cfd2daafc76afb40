//! The signed-in client, made when it is first needed.

use twilio::{AuthToken, Credentials};
use vault::points::{Point, reached};
use vault::{Entry, Item};

use crate::failure::Problem;
use crate::ids::{account_id, account_sid};
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// The client of the account that an unfinished thing belongs to, if that is the connected one.
    pub(crate) async fn signed_in_for(&self, entry: &Entry) -> Result<Session, Problem> {
        let session = self.signed_in().await?;
        belongs_to(entry, &session)?;
        Ok(session)
    }

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
            .ok_or(Problem::AuthTokenMissing)?;
        let parent = account_sid(&connection.account)?;
        let credentials = Credentials::AuthToken {
            account: parent.clone(),
            token: AuthToken::new(token.expose().to_owned()),
        };
        let session = Session {
            parent,
            client: self.client(credentials)?,
        };
        let still = self.records.connection().await?;
        if still.is_none_or(|still| still.account != connection.account) {
            return Err(Problem::NotConnected);
        }
        self.set_session(Some(session.clone()));
        reached(Point::SignedIn);
        Ok(session)
    }
}

/// Nothing of one parent is ever looked for, or deleted, at another.
pub(crate) fn belongs_to(entry: &Entry, session: &Session) -> Result<(), Problem> {
    if entry.parent == account_id(&session.parent) {
        Ok(())
    } else {
        Err(Problem::OtherParent(entry.parent.clone()))
    }
}
