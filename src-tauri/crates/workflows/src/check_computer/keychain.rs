//! The keychain: does it keep, give back and delete, has it room, and is what Subvault needs in it?

use std::time::{Duration, Instant};

use vault::sealed::check_identity;
use vault::{Item, Keychain, KeychainError, SealedError, Sealer};

use crate::failure::Problem;
use crate::view::Verdict;
use crate::workspace::Workspace;

/// So many more entries the keychain should have room for: a few customers' worth.
const ROOM_WANTED: u8 = 10;

/// What trying the keychain found.
#[derive(Debug, Clone)]
pub struct KeychainFound {
    /// The keychain's own name, as `GNOME Keyring`.
    pub name: &'static str,
    /// How long one entry took to be written, read back and deleted; `None` where that did not work.
    pub took: Option<Duration>,
    /// What is wrong, the worst where it is several things.
    pub problem: Option<KeychainProblem>,
}

/// What can be wrong.
#[derive(Debug, Clone)]
pub enum KeychainProblem {
    /// It does not keep, give back or delete.
    DoesNotWork(KeychainError),
    /// It has room for so few more entries.
    NearlyFull {
        /// How many.
        room: u8,
    },
    /// The account is connected, and its Auth Token is not there.
    AuthTokenMissing,
    /// The key that opens the sealed copies made so far is not there.
    SealingKeyMissing,
    /// It holds several entries of one name; the one that works is used.
    SeveralItems,
    /// The Auth Token that an earlier version saved was left there on disconnecting, since another data folder may use it.
    EarlierToken,
    /// What else was in the way.
    Other(Problem),
}

impl KeychainFound {
    pub(super) fn verdict(&self) -> Verdict {
        match self.problem {
            None => Verdict::Fine,
            Some(
                KeychainProblem::NearlyFull { .. }
                | KeychainProblem::SealingKeyMissing
                | KeychainProblem::SeveralItems
                | KeychainProblem::EarlierToken,
            ) => Verdict::Attention,
            Some(_) => Verdict::Broken,
        }
    }
}

impl Workspace {
    pub(super) async fn try_keychain(&self) -> KeychainFound {
        let started = Instant::now();
        let works = self.keychain.check().await;
        let took = works.is_ok().then(|| started.elapsed());
        let problem = match works {
            Ok(()) => self.what_is_missing().await.err(),
            Err(error) => Some(KeychainProblem::DoesNotWork(error)),
        };
        KeychainFound {
            name: Keychain::find_name().await,
            took,
            problem,
        }
    }

    async fn what_is_missing(&self) -> Result<(), KeychainProblem> {
        let other = |problem: Problem| KeychainProblem::Other(problem);
        let room = self
            .keychain
            .room_for(ROOM_WANTED)
            .await
            .map_err(KeychainProblem::DoesNotWork)?;
        let connection = self.records.connection().await;
        if let Some(connection) = connection.map_err(|error| other(error.into()))? {
            let account = connection.account;
            match self.keychain.read_all(&Item::AuthToken { account }).await {
                Ok(tokens) if tokens.is_empty() => return Err(KeychainProblem::AuthTokenMissing),
                Ok(_) => {}
                Err(error) => return Err(KeychainProblem::DoesNotWork(error)),
            }
        }
        self.look_for_sealing_key().await?;
        if !self.keychain.seen_several().is_empty() {
            return Err(KeychainProblem::SeveralItems);
        }
        if self.earlier_token().await.map_err(other)?.is_some() {
            return Err(KeychainProblem::EarlierToken);
        }
        if room < ROOM_WANTED {
            return Err(KeychainProblem::NearlyFull { room });
        }
        Ok(())
    }

    /// Before the first key there is none, and none is needed.
    async fn look_for_sealing_key(&self) -> Result<(), KeychainProblem> {
        let other = |problem: Problem| KeychainProblem::Other(problem);
        let folder = self.records.sealing().await;
        let folder = folder.map_err(|error| other(error.into()))?;
        let Some(recipient) = folder.recipient else {
            return Ok(());
        };
        let sealer = Sealer::from_recipient(&recipient).map_err(|error| other(error.into()))?;
        match check_identity(&self.keychain, &folder.id, &sealer).await {
            Ok(()) => Ok(()),
            Err(SealedError::IdentityMissing | SealedError::OtherIdentity) => {
                Err(KeychainProblem::SealingKeyMissing)
            }
            Err(error) => Err(other(error.into())),
        }
    }
}
