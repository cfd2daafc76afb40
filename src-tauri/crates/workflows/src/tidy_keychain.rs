//! Several items of one name in the keychain, and items from when all data folders shared them: deleted when the user says so, and only where it
//! is known which one is needed.

use std::sync::Arc;

use terms::{AccountSid, Secret};
use twilio::{Credentials, SignInError};
use vault::{Item, KeychainError, identities};

use crate::failure::Problem;
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, OperationOutcome, Subject};
use crate::workspace::Workspace;

/// What tidying came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Items that were deleted.
    pub deleted: usize,
    /// Items of whose several entries none could be shown to be the right one. All stay.
    pub undecided: usize,
}

impl OperationOutcome for Tidied {}

impl Workspace {
    /// Deletes, of the items that there are several of, all but the one that works, and the token that [`Workspace::disconnect`] left. Twilio is
    /// asked where nothing here says which works. Stops at [`Workspace::rest`]. Can be done again.
    pub fn tidy_keychain(self: &Arc<Self>) -> Operation<Tidied, Problem> {
        let kind = OperationKind::TidyKeychain;
        self.operation(kind, Subject::default(), |workspace, _| async move {
            workspace.keep_what_works().await
        })
    }

    async fn keep_what_works(&self) -> Result<Tidied, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Recovery)
            .ok_or(Problem::AlreadyRunning)?;
        let mut tidied = Tidied::default();
        for item in self.keychain.seen_several() {
            match self.which_works(&item).await? {
                Some(secret) => tidied.deleted += self.keep_only(&item, &secret).await?,
                None => tidied.undecided += 1,
            }
        }
        if let Some(item) = self.earlier_token().await? {
            self.keychain.delete_earlier(&item).await?;
            self.records.note_earlier_token(None).await?;
            tidied.deleted += 1;
        }
        Ok(tidied)
    }

    async fn keep_only(&self, item: &Item, secret: &Secret) -> Result<usize, Problem> {
        match self.keychain.reduce_to(item, secret).await {
            // The several are from when all data folders shared them: this one gets its own, and the others keep theirs.
            Err(KeychainError::Changed) => {
                self.keychain.save(item, secret).await?;
                self.keychain.read_all(item).await?;
                Ok(0)
            }
            outcome => Ok(outcome?),
        }
    }

    async fn which_works(&self, item: &Item) -> Result<Option<Secret>, Problem> {
        match item {
            Item::AuthToken { account } => self.token_that_works(account, item).await,
            Item::SealingIdentity { .. } => {
                Ok(identities::to_keep(&self.keychain, &self.records).await?)
            }
            Item::ApiSecret { key, .. } => match self.secret_of(key).await {
                Ok(secret) => Ok(Some(secret)),
                Err(Problem::Keychain(KeychainError::Ambiguous)) => Ok(None),
                Err(problem) => Err(problem),
            },
            Item::Canary => Ok(None),
        }
    }

    async fn token_that_works(
        &self,
        account: &AccountSid,
        item: &Item,
    ) -> Result<Option<Secret>, Problem> {
        for token in self.keychain.read_all(item).await? {
            let client = self.client(Credentials::AuthToken {
                account: account.clone(),
                token: token.duplicate(),
            })?;
            match twilio::sign_in(&client).await {
                Ok(_) => return Ok(Some(token)),
                Err(SignInError::Other(error)) => return Err(error.into()),
                Err(_) => {}
            }
        }
        Ok(None)
    }

    /// Remembers a token that stays in the keychain for the sake of another data folder, so that the user can be told of it.
    pub(crate) async fn note_earlier_token(&self, item: &Item, account: &AccountSid) {
        if matches!(self.keychain.has_earlier(item).await, Ok(true)) {
            // Not worth failing for: it is only that nobody is told.
            let _ = self.records.note_earlier_token(Some(account)).await;
        }
    }

    /// The token that was left on disconnecting, if it still is and no account is connected that may need it.
    pub(crate) async fn earlier_token(&self) -> Result<Option<Item>, Problem> {
        let Some(account) = self.records.earlier_token().await? else {
            return Ok(None);
        };
        let item = Item::AuthToken { account };
        Ok(self.keychain.has_earlier(&item).await?.then_some(item))
    }
}
