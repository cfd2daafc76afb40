//! What went wrong, for the window to put into words.

use serde::{Deserialize, Serialize};
use specta::Type;
use terms::SidError;
use twilio::{Error, ProxySource, SignInError};
use vault::backup::{NotRestorable, WriteError};
use vault::recovery::NotOpened;
use vault::{BatchId, EntryId, RecordsError};

use super::FailureKind as Kind;
use super::situations::kind_of;
use crate::connect_error::ConnectError;
use crate::failure::{Changed, Failure, Problem};
use crate::names::NameProblem;

/// A situation, and what support would ask about it. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "Failure", rename_all = "camelCase")]
pub struct FailureView {
    pub kind: Kind,
    pub changed: Changed,
    /// Of what, for a sentence: a name or a SID.
    pub subject: Option<String>,
    /// The unfinished entry that Finish, Try again and Delete act on.
    pub unfinished: Option<u32>,
    /// Twilio's error code.
    pub code: Option<u32>,
    /// HTTP status.
    pub status: Option<u32>,
    /// Twilio's name for the request.
    pub request_id: Option<String>,
    /// Twilio's own words for it, one line.
    pub words: Option<String>,
    /// A technical line for support.
    pub technical: Option<String>,
}

impl FailureView {
    /// A situation in which nothing was changed at Twilio, and there is no more to say of it.
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            changed: Changed::No,
            subject: None,
            unfinished: None,
            code: None,
            status: None,
            request_id: None,
            words: None,
            technical: None,
        }
    }
}

/// A workflow that did not reach its end.
impl From<&Failure> for FailureView {
    fn from(failure: &Failure) -> Self {
        let shown = Self::from(&failure.problem);
        Self {
            changed: failure.changed,
            subject: failure.subject.clone().or(shown.subject),
            unfinished: failure.unfinished.map(entry_number),
            ..shown
        }
    }
}

/// A problem that changed nothing at Twilio.
impl From<&Problem> for FailureView {
    fn from(problem: &Problem) -> Self {
        let technical = problem.to_string();
        let (code, status, request_id) = match problem {
            Problem::Twilio(error) | Problem::TrialLimit(error) | Problem::KeyRefused(error) => (
                error.code(),
                error.status().map(u32::from),
                error.request_id().map(str::to_owned),
            ),
            _ => (None, None, None),
        };
        let words = match problem {
            Problem::Twilio(error) | Problem::TrialLimit(error) => own_words(error),
            _ => None,
        };
        let kind = kind_of(problem);
        let subject = match problem {
            Problem::OtherParent(parent) => Some(parent.as_str().to_owned()),
            Problem::Twilio(Error::ProxyUnreadable {
                source_of_it: ProxySource::Variable(name),
                ..
            }) => Some((*name).to_owned()),
            Problem::Twilio(Error::Inspected { by }) => Some(by.name.clone()),
            Problem::Twilio(Error::NoAuthorities { variable }) => variable.map(str::to_owned),
            Problem::NotRestorable(NotRestorable::NotOpened(NotOpened::TooMuchMemory {
                needed,
            })) => Some(gibibytes(*needed)),
            Problem::Records(RecordsError::NotYours(path)) => Some(path.display().to_string()),
            _ => None,
        };
        Self {
            code,
            status,
            request_id,
            words,
            subject,
            technical: Some(technical),
            ..Self::of(kind)
        }
    }
}

/// An account that could not be connected.
impl From<&ConnectError> for FailureView {
    fn from(error: &ConnectError) -> Self {
        let technical = Some(error.to_string());
        let kind = match error {
            ConnectError::Problem(inner) => return inner.into(),
            ConnectError::SignIn(SignInError::Other(inner)) => {
                return Problem::from(inner.clone()).into();
            }
            ConnectError::SignIn(SignInError::Refused(inner)) => {
                return Self {
                    kind: Kind::WrongSignIn,
                    ..Problem::from(inner.clone()).into()
                };
            }
            ConnectError::AccountSidEmpty => Kind::AccountSidEmpty,
            ConnectError::AccountSidMalformed(SidError::Empty) => Kind::AccountSidEmpty,
            ConnectError::AccountSidMalformed(_) => Kind::AccountSidMalformed,
            ConnectError::KeySidInsteadOfAccountSid => Kind::KeySidInsteadOfAccountSid,
            ConnectError::AuthTokenEmpty => Kind::AuthTokenEmpty,
            ConnectError::AuthTokenMalformed => Kind::AuthTokenMalformed,
            ConnectError::MainKey => Kind::MainKeyCannotOpenSubaccounts,
            ConnectError::Cancelled => Kind::ConnectCancelled,
            ConnectError::SignIn(SignInError::SubaccountInsteadOfParent { parent, .. }) => {
                let subject = Some(parent.to_string());
                return Self {
                    subject,
                    technical,
                    ..Self::of(Kind::SubaccountInsteadOfParent)
                };
            }
            ConnectError::SignIn(SignInError::RestrictedKey) => Kind::RestrictedKey,
            ConnectError::SignIn(SignInError::TestCredentials) => Kind::TestCredentials,
            ConnectError::SignIn(SignInError::Suspended) => Kind::AccountSuspended,
            ConnectError::SignIn(SignInError::Closed) => Kind::AccountClosed,
            ConnectError::SignIn(SignInError::RefusedKey) => Kind::StandardKey,
        };
        Self {
            technical,
            ..Self::of(kind)
        }
    }
}

/// Whoever has no more use for it.
macro_rules! of_its_own {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for FailureView {
            fn from(error: $error) -> Self {
                (&error).into()
            }
        }
    )+};
}

of_its_own!(Failure, Problem, ConnectError);

/// What stops something before anything was asked of Twilio.
macro_rules! as_problem {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for FailureView {
            fn from(error: $error) -> Self {
                Problem::from(error).into()
            }
        }
    )+};
}

as_problem!(NameProblem, RecordsError, SidError, WriteError);

/// What Twilio itself said.
fn own_words(error: &Error) -> Option<String> {
    match error {
        Error::Refused(refusal) | Error::TooManyRequests(refusal) => {
            Some(refusal.message.clone()).filter(|words| !words.is_empty())
        }
        _ => None,
    }
}

/// So much memory, for a sentence.
fn gibibytes(bytes: u64) -> String {
    match bytes >> 30 {
        0 => format!("{} MB", bytes >> 20),
        whole => format!("{whole} GB"),
    }
}

/// An entry's number as it crosses to the window; one too large for it never comes about.
pub(crate) fn entry_number(entry: EntryId) -> u32 {
    u32::try_from(entry.get()).unwrap_or(u32::MAX)
}

/// The same of a batch.
pub(crate) fn batch_number(batch: BatchId) -> u32 {
    u32::try_from(batch.get()).unwrap_or(u32::MAX)
}
