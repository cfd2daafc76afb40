//! Connecting the parent account: checked live before anything is kept.

use std::sync::Arc;

use terms::{AccountSid, KeySid, Money, Secret, trim_pasted};
use twilio::{Account, AccountKind, Client, Credentials, SignIn};
use vault::points::{Point, kill_point};
use vault::{ActivityKind, Connection, Item};

use crate::changes::Change;
use crate::connect_error::ConnectError;
use crate::failure::Problem;
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, Run, Subject};
use crate::workspace::{Session, Workspace};

/// What was typed or pasted into the two boxes. Not kept.
pub struct SignInFields {
    pub account_sid: String,
    pub auth_token: String,
}

impl Workspace {
    /// Checks the pair with Twilio, then keeps the Auth Token in the keychain and the account in the records. Connecting the
    /// same account again updates both.
    pub fn connect(self: &Arc<Self>, fields: SignInFields) -> Operation<Connection, ConnectError> {
        self.connect_if(fields, || true)
    }

    /// The same, where `allowed` is asked once when Twilio has accepted the pair: only if it says yes is anything kept. Until then it
    /// stops when it is told to, at [`Workspace::rest`], and when another one begins.
    pub fn connect_if(
        self: &Arc<Self>,
        fields: SignInFields,
        allowed: impl FnOnce() -> bool + Send + 'static,
    ) -> Operation<Connection, ConnectError> {
        let kind = OperationKind::Connect;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            workspace.sign_in_and_keep(fields, allowed, &run).await
        })
    }

    /// Gives up a sign-in that Twilio has not answered yet. One that is being kept goes on to its end.
    pub fn cancel_connect(&self) {
        self.operations.stop_all(OperationKind::Connect);
    }

    async fn sign_in_and_keep(
        &self,
        fields: SignInFields,
        allowed: impl FnOnce() -> bool + Send,
        run: &Run,
    ) -> Result<Connection, ConnectError> {
        if self.lanes.is_taken(&Lane::Connect) {
            return Err(Problem::AlreadyRunning.into());
        }
        let _no_refresh = self.without_refresh().await?;
        let (client, account, balance) = self.checked(&fields).await?;
        let token = Secret::new(trim_pasted(&fields.auth_token)).map_err(Problem::from)?;
        let kept = self.lanes.enter(Lane::Connect);
        let _kept = kept.ok_or(Problem::AlreadyRunning)?;
        if !allowed() {
            return Err(ConnectError::Cancelled);
        }
        run.commit::<ConnectError>()?;
        self.keep_connection(client, account, token, balance).await
    }

    async fn keep_connection(
        &self,
        client: Client,
        account: Account,
        token: Secret,
        balance: Option<Money>,
    ) -> Result<Connection, ConnectError> {
        let item = Item::AuthToken {
            account: account.sid.clone(),
        };
        let before = self.records.connection().await?;
        let is_new = before
            .as_ref()
            .is_none_or(|before| account.sid != before.account);
        if let Err(error) = self.keychain.save_unless_late(&item, &token).await {
            self.take_back_token(&item, is_new).await;
            return Err(error.into());
        }
        kill_point(Point::TokenSaved);
        let connection = Connection {
            account: account.sid.clone(),
            name: account.friendly_name.clone(),
            kind: match &account.kind {
                AccountKind::Trial => "Trial".to_owned(),
                AccountKind::Full => "Full".to_owned(),
                AccountKind::Other(kind) => kind.clone(),
            },
            connected_at: self.clock.now(),
            balance,
            refreshed_at: None,
        };
        if let Err(error) = self.records.save_connection(connection.clone()).await {
            self.take_back_token(&item, is_new).await;
            return Err(error.into());
        }
        self.not_read.forget();
        if let Some(before) = before
            && before.account != connection.account
        {
            let item = Item::AuthToken {
                account: before.account,
            };
            // The account connected now is what was asked for; a token that stays behind is as safe as it was.
            let _ = self.keychain.delete(&item).await;
        }
        self.set_session(Some(Session {
            parent: account.sid.clone(),
            client,
        }));
        self.note(
            ActivityKind::Connected,
            Some(account.sid.clone()),
            None,
            account.friendly_name,
        )
        .await;
        Ok(connection)
    }

    /// Of an account that is not connected after all, no token stays behind. Of one that was connected before, the new one is as good as the
    /// one before it.
    async fn take_back_token(&self, item: &Item, is_new: bool) {
        if is_new {
            // Where the keychain does not even do this, there is nothing more to be done.
            let _ = self.keychain.delete(item).await;
        }
    }

    /// What Twilio says of the pair: the account, and its balance where that can be had.
    async fn checked(
        &self,
        fields: &SignInFields,
    ) -> Result<(Client, Account, Option<Money>), ConnectError> {
        let credentials = self.credentials(fields).await?;
        let client = self.client(credentials)?;
        let account = match twilio::sign_in(&client).await? {
            SignIn::Full { account } => account,
            SignIn::Main { .. } => return Err(ConnectError::MainKey),
        };
        let balance = client.balance(&account.sid).await.ok();
        Ok((client, account, balance))
    }

    /// Takes the Auth Token out of the keychain and forgets the account. Saved credentials and their records stay.
    pub async fn disconnect(&self) -> Result<(), Problem> {
        let _no_refresh = self.without_refresh().await?;
        let Some(connection) = self.records.connection().await? else {
            return Ok(());
        };
        let account = connection.account;
        let item = Item::AuthToken {
            account: account.clone(),
        };
        self.keychain.delete_unless_late(&item).await?;
        self.records.forget_connection().await?;
        self.not_read.forget();
        self.note_earlier_token(&item, &account).await;
        self.set_session(None);
        self.changes.note(Change::Connection);
        self.note(
            ActivityKind::Disconnected,
            Some(account),
            None,
            connection.name,
        )
        .await;
        Ok(())
    }

    async fn credentials(&self, fields: &SignInFields) -> Result<Credentials, ConnectError> {
        let sid = trim_pasted(&fields.account_sid);
        let token = trim_pasted(&fields.auth_token);
        if sid.is_empty() {
            return Err(ConnectError::AccountSidEmpty);
        }
        if let Ok(key) = sid.parse::<KeySid>() {
            return Err(self.what_this_key_is(key, token).await);
        }
        let account: AccountSid = sid.parse().map_err(ConnectError::AccountSidMalformed)?;
        if token.is_empty() {
            return Err(ConnectError::AuthTokenEmpty);
        }
        if !is_auth_token(&token) {
            return Err(ConnectError::AuthTokenMalformed);
        }
        let token = Secret::new(token).map_err(Problem::from)?;
        Ok(Credentials::AuthToken { account, token })
    }

    /// A key in the SID's box is never enough. Twilio says which sort it is, so that the user learns what to look for.
    async fn what_this_key_is(&self, key: KeySid, secret: String) -> ConnectError {
        let Ok(secret) = Secret::new(secret) else {
            return ConnectError::KeySidInsteadOfAccountSid;
        };
        let credentials = Credentials::ApiKey { key, secret };
        let client = match self.client(credentials) {
            Ok(client) => client,
            Err(error) => return error.into(),
        };
        match twilio::sign_in(&client).await {
            Ok(_) => ConnectError::MainKey,
            Err(error) => error.into(),
        }
    }
}

/// Twilio's Auth Tokens are 32 hexadecimal digits.
pub(crate) fn is_auth_token(token: &str) -> bool {
    token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit())
}
