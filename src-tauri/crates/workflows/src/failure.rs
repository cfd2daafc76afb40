//! Why a workflow did not reach its end, and what that means for Twilio.

use serde::{Deserialize, Serialize};
use specta::Type;
use thiserror::Error;
use twilio::Created;
use vault::EntryId;

use crate::names::NameProblem;

/// Whether anything was changed at Twilio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "ChangedAtTwilio", rename_all = "camelCase")]
pub enum Changed {
    No,
    Yes,
    /// A request left the computer and no clear answer came back.
    Unknown,
}

/// The situation a workflow stopped in.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum Problem {
    #[error("no account is connected")]
    NotConnected,
    /// The account is connected, and the keychain has no Auth Token for it.
    #[error("the keychain has no Auth Token for the connected account")]
    AuthTokenMissing,
    /// What is unfinished belongs to another parent account than the connected one.
    #[error("this belongs to the account {0}, which is not connected")]
    OtherParent(terms::AccountSid),
    /// The same was begun before and is not finished.
    #[error("the same was begun before and is not finished")]
    BegunBefore,
    /// A subaccount of this name is at Twilio, and it is not among those the user knew of.
    #[error("Twilio has a subaccount of this name already")]
    NameTaken,
    #[error(transparent)]
    Twilio(#[from] twilio::Error),
    #[error(transparent)]
    Keychain(#[from] vault::KeychainError),
    #[error(transparent)]
    Sealed(#[from] vault::SealedError),
    #[error(transparent)]
    Records(#[from] vault::RecordsError),
    #[error(transparent)]
    Recovery(vault::RecoveryError),
    #[error("no folder for backups was chosen")]
    NoBackupFolder,
    #[error(transparent)]
    Backup(#[from] vault::backup::WriteError),
    #[error(transparent)]
    NotRestorable(#[from] vault::backup::NotRestorable),
    #[error(transparent)]
    Export(#[from] vault::export::ExportError),
    #[error(transparent)]
    Name(#[from] NameProblem),
    #[error("an identifier in the records is not one of Twilio's: {0}")]
    Identifier(#[from] terms::SidError),
    /// A file in which keys were to be looked for is no text and no workbook, or is too large.
    #[error("the file cannot be read")]
    FileNotReadable,
    #[error("the secret cannot be stored as it is")]
    NotStorable(#[from] terms::NotStorable),
    #[error("the subaccount is not active")]
    SubaccountNotActive,
    #[error("the subaccount is closed")]
    SubaccountClosed,
    /// A subaccount is to be closed that has a number about which nothing was decided, or that may have one.
    #[error("the subaccount has other numbers than were decided about")]
    NumbersChanged,
    /// A subaccount is to be closed that is still in use.
    #[error("the subaccount is not suspended")]
    NotSuspended,
    /// A key is to be deleted whose successor nobody is known to use.
    #[error("the new key is not known to be in use")]
    SuccessorNotInUse,
    /// A key is to be deleted whose successor is gone at Twilio, or is not finished.
    #[error("the new key cannot be used")]
    SuccessorNotUsable,
    /// A parent on trial may have one subaccount.
    #[error("a trial account may have one subaccount")]
    TrialLimit(#[source] twilio::Error),
    /// Twilio itself does not accept a saved key that signed a test.
    #[error("Twilio refused the key: {0}")]
    KeyRefused(#[source] twilio::Error),
    /// Twilio may have made something; a later look decides.
    #[error("whether Twilio made it is not known yet")]
    OutcomeUnknown,
    /// Two looks found nothing, so nothing was made.
    #[error("Twilio did not make it")]
    NotCreated,
    /// There is nothing to go on with: the user had wanted the key deleted, and now it is.
    #[error("the key was deleted at Twilio, as was asked for")]
    KeyDeleted,
    /// Twilio made a key whose secret never arrived; it was deleted.
    #[error("a key without its secret was deleted at Twilio")]
    UnusableKeyDeleted,
    /// Twilio made a key whose secret never arrived, and deleting it did not work yet.
    #[error("a key without its secret is still at Twilio")]
    UnusableKeyNotDeleted(#[source] Box<Problem>),
    /// Neither the sealed copy nor the keychain took the secret; it is in this program's memory.
    #[error("the secret is in memory alone")]
    InMemoryOnly(#[source] Box<Problem>),
    #[error("no secret is saved for this key")]
    SecretNotFound,
    #[error("this is not in the records")]
    UnknownHere,
    #[error("the same thing is being done already")]
    AlreadyRunning,
    /// It works with saved secrets, and none are to be in memory now.
    #[error("it was stopped because the program is locked")]
    Resting,
    #[error("it was stopped")]
    Stopped,
    /// Its work came to a sudden end.
    #[error("a part of the program ended unexpectedly")]
    Crashed,
    /// Closing what was asked for would leave a key that others may use.
    #[error("the key is in use and cannot be deleted from here")]
    NotDeletable,
}

/// What the keychain and the records answered keeps its own name, whatever it stopped.
impl From<vault::RecoveryError> for Problem {
    fn from(error: vault::RecoveryError) -> Self {
        match error {
            vault::RecoveryError::Sealed(error) => Self::Sealed(error),
            vault::RecoveryError::Records(error) => Self::Records(error),
            error => Self::Recovery(error),
        }
    }
}

impl Problem {
    /// The keychain answered, and neither it nor the sealed copy gives the secret.
    pub(crate) fn is_of_a_lost_secret(&self) -> bool {
        use vault::SealedError::{Damaged, IdentityMissing, OtherIdentity};
        matches!(
            self,
            Self::SecretNotFound | Self::Sealed(IdentityMissing | OtherIdentity | Damaged)
        )
    }
}

/// A [`Problem`], what it changed, and what there is to go on with.
#[derive(Debug, Error)]
#[error("{problem}")]
pub struct Failure {
    #[source]
    pub problem: Problem,
    pub changed: Changed,
    /// A name or SID for a sentence; never a secret.
    pub subject: Option<String>,
    /// The journal entry that can be finished or undone.
    pub unfinished: Option<EntryId>,
}

impl Failure {
    /// Nothing was changed at Twilio.
    pub(crate) fn unchanged(problem: impl Into<Problem>) -> Self {
        Self {
            problem: problem.into(),
            changed: Changed::No,
            subject: None,
            unfinished: None,
        }
    }

    /// Twilio has made something, and `entry` leads on from there.
    pub(crate) fn after_change(problem: impl Into<Problem>, entry: EntryId) -> Self {
        Self {
            problem: problem.into(),
            changed: Changed::Yes,
            subject: None,
            unfinished: Some(entry),
        }
    }

    /// Twilio was asked to change something, and it is not known to be as it was wanted.
    pub(crate) fn not_changed(error: twilio::Error) -> Self {
        Self {
            changed: error.created().into(),
            ..Self::unchanged(error)
        }
    }

    /// Twilio has made the change, and this failed after it.
    pub(crate) fn once_changed(failure: impl Into<Self>) -> Self {
        Self {
            changed: Changed::Yes,
            ..failure.into()
        }
    }

    pub(crate) fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }
}

/// Of what is being done already, or ended suddenly, nobody knows what it changes.
impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let changed = match &problem {
            Problem::AlreadyRunning | Problem::Crashed => Changed::Unknown,
            _ => Changed::No,
        };
        Self {
            changed,
            ..Self::unchanged(problem)
        }
    }
}

/// Where nothing that changes anything was asked of Twilio yet, `?` is all it takes. An error of Twilio's own is not among these: what it
/// means depends on what was asked.
macro_rules! unchanged_from {
    ($($problem:ty),+ $(,)?) => {$(
        impl From<$problem> for Failure {
            fn from(problem: $problem) -> Self {
                Self::unchanged(problem)
            }
        }
    )+};
}

unchanged_from!(
    terms::SidError,
    vault::KeychainError,
    vault::RecordsError,
    vault::SealedError,
);

impl From<Created> for Changed {
    fn from(created: Created) -> Self {
        match created {
            Created::No => Changed::No,
            Created::Unknown => Changed::Unknown,
        }
    }
}
