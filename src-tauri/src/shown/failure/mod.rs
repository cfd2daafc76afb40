//! Each situation's name for the window.

use guard::ClipboardError;
use terms::SidError;
use twilio::{Error, ProxySource, ProxyTrouble, SignInError, UnreadableProxy};
use vault::backup::{BadDocument, NotRestorable, WriteError};
use vault::export::ExportError;
use vault::recovery::NotOpened;
use vault::{EntryId, KeychainError, RecordsError, RecoveryError, SealedError};
use workflows::{Changed, ConnectError, Failure, Problem};

use crate::wire::{self, ChangedAtTwilio, FailureKind as Kind};

/// A workflow that did not reach its end.
pub fn failure(failure: Failure) -> wire::Failure {
    let mut shown = problem(failure.problem);
    shown.changed = match failure.changed {
        Changed::No => ChangedAtTwilio::No,
        Changed::Yes => ChangedAtTwilio::Yes,
        Changed::Unknown => ChangedAtTwilio::Unknown,
    };
    shown.subject = failure.subject.or(shown.subject);
    shown.unfinished = failure.unfinished.map(entry_number);
    shown
}

/// A problem that changed nothing at Twilio.
pub fn problem(problem: Problem) -> wire::Failure {
    let technical = problem.to_string();
    let (code, status, request_id) = match &problem {
        Problem::Twilio(error) | Problem::TrialLimit(error) | Problem::KeyRefused(error) => (
            error.code(),
            error.status().map(u32::from),
            error.request_id().map(str::to_owned),
        ),
        _ => (None, None, None),
    };
    let words = match &problem {
        Problem::Twilio(error) | Problem::TrialLimit(error) => own_words(error),
        _ => None,
    };
    let kind = kind_of(&problem);
    let subject = match &problem {
        Problem::OtherParent(parent) => Some(parent.as_str().to_owned()),
        Problem::Twilio(Error::ProxyUnreadable {
            source_of_it: ProxySource::Variable(name),
            ..
        }) => Some((*name).to_owned()),
        Problem::Twilio(Error::Inspected { by }) => Some(by.name.clone()),
        Problem::Twilio(Error::NoAuthorities { variable }) => variable.map(str::to_owned),
        Problem::NotRestorable(NotRestorable::NotOpened(NotOpened::TooMuchMemory { needed })) => {
            Some(gibibytes(*needed))
        }
        Problem::Records(RecordsError::NotYours(path)) => Some(path.display().to_string()),
        _ => None,
    };
    wire::Failure {
        code,
        status,
        request_id,
        words,
        subject,
        technical: Some(technical),
        ..of_kind(kind)
    }
}

/// What Twilio itself said.
pub(super) fn own_words(error: &Error) -> Option<String> {
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

/// An account that could not be connected.
pub fn connect_failure(error: ConnectError) -> wire::Failure {
    let technical = Some(error.to_string());
    let kind = match error {
        ConnectError::Problem(inner) => return problem(inner),
        ConnectError::SignIn(SignInError::Other(inner)) => return problem(inner.into()),
        ConnectError::SignIn(SignInError::Refused(inner)) => {
            return wire::Failure {
                kind: Kind::WrongSignIn,
                ..problem(inner.into())
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
            return wire::Failure {
                subject,
                technical,
                ..of_kind(Kind::SubaccountInsteadOfParent)
            };
        }
        ConnectError::SignIn(SignInError::RestrictedKey) => Kind::RestrictedKey,
        ConnectError::SignIn(SignInError::TestCredentials) => Kind::TestCredentials,
        ConnectError::SignIn(SignInError::Suspended) => Kind::AccountSuspended,
        ConnectError::SignIn(SignInError::Closed) => Kind::AccountClosed,
        ConnectError::SignIn(SignInError::RefusedKey) => Kind::StandardKey,
        _ => Kind::Internal,
    };
    wire::Failure {
        technical,
        ..of_kind(kind)
    }
}

/// Something that was not copied.
pub fn clipboard_failure(error: ClipboardError) -> wire::Failure {
    let kind = match error {
        ClipboardError::NotOffered(_) => Kind::ClipboardNotOffered,
        ClipboardError::Refused(_) => Kind::ClipboardUnavailable,
    };
    wire::Failure {
        technical: Some(error.to_string()),
        ..of_kind(kind)
    }
}

/// Only the kind.
pub fn of_kind(kind: Kind) -> wire::Failure {
    wire::Failure {
        kind,
        changed: ChangedAtTwilio::No,
        subject: None,
        unfinished: None,
        code: None,
        status: None,
        request_id: None,
        words: None,
        technical: None,
    }
}

/// An entry's number as it crosses to the window; one too large for it never comes about.
pub(super) fn entry_number(entry: EntryId) -> u32 {
    u32::try_from(entry.get()).unwrap_or(u32::MAX)
}

fn kind_of(problem: &Problem) -> Kind {
    match problem {
        Problem::NotConnected => Kind::NotConnected,
        Problem::AuthTokenMissing => Kind::AuthTokenMissing,
        Problem::OtherParent(_) => Kind::OtherAccountConnected,
        Problem::BegunBefore => Kind::BegunBefore,
        Problem::NameTaken => Kind::NameTaken,
        Problem::Twilio(error) => twilio_kind(error),
        Problem::Keychain(error) => keychain_kind(error),
        Problem::Sealed(error) => sealed_kind(error),
        Problem::Records(error) => records_kind(error),
        Problem::Name(_) => Kind::BadName,
        Problem::SubaccountNotActive => Kind::SubaccountNotActive,
        Problem::TrialLimit(_) => Kind::TrialSubaccountLimit,
        Problem::KeyRefused(_) => Kind::KeyRefused,
        Problem::OutcomeUnknown => Kind::OutcomeUnknown,
        Problem::NotCreated => Kind::NotCreated,
        Problem::KeyDeleted => Kind::KeyDeleted,
        Problem::UnusableKeyDeleted => Kind::KeyUnusableRemoved,
        Problem::UnusableKeyNotDeleted(_) => Kind::KeyUnusableNotRemoved,
        Problem::InMemoryOnly(_) => Kind::SecretInMemoryOnly,
        Problem::SecretNotFound => Kind::SecretNotFound,
        Problem::UnknownHere => Kind::UnknownHere,
        Problem::AlreadyRunning => Kind::AlreadyRunning,
        Problem::Resting => Kind::Locked,
        Problem::NotDeletable => Kind::NotDeletable,
        Problem::Recovery(error) => recovery_kind(error),
        Problem::NoBackupFolder => Kind::BackupFolderNotChosen,
        Problem::Backup(error) | Problem::Export(ExportError::Write(error)) => write_kind(error),
        Problem::Export(ExportError::LooksLikeAFormula) => Kind::ExportLooksLikeAFormula,
        Problem::NotRestorable(error) => restore_kind(error),
        _ => Kind::Internal,
    }
}

fn twilio_kind(error: &Error) -> Kind {
    match error {
        Error::Offline { .. } => Kind::Offline,
        Error::ConnectionRefused { .. } => Kind::ConnectionRefused,
        Error::Proxy { trouble, .. } => proxy_kind(trouble),
        Error::ProxyUnreadable { why, .. } => unreadable_proxy_kind(*why),
        Error::NoAuthorities { .. } => Kind::NoAuthorities,
        Error::Certificate {
            clock_may_be_wrong: true,
        } => Kind::Clock,
        Error::Inspected { .. } => Kind::Inspected,
        Error::Certificate { .. } | Error::EncryptionFailed { .. } => Kind::Certificate,
        Error::TimedOut { .. } => Kind::TimedOut,
        Error::ConnectionLost { .. } => Kind::ConnectionLost,
        Error::TooManyRequests(_) => Kind::TooManyRequests,
        Error::Trouble(_) => Kind::TwilioTrouble,
        Error::AnsweredByAnother { .. } => Kind::AnsweredByAnother,
        Error::WrongAccount { .. } => Kind::WrongAccountAnswered,
        Error::Refused(refusal) if refusal.is_of_a_policy() => Kind::NoPermission,
        Error::Refused(refusal) => refusal_kind(refusal.status, refusal.code),
        Error::Setup(_) => Kind::Internal,
        _ => Kind::UnreadableAnswer,
    }
}

fn proxy_kind(trouble: &ProxyTrouble) -> Kind {
    match trouble {
        ProxyTrouble::NotFound => Kind::ProxyNotFound,
        ProxyTrouble::NotThere => Kind::ProxyNotThere,
        ProxyTrouble::TimedOut => Kind::ProxyTimedOut,
        ProxyTrouble::NotEncrypted => Kind::ProxyNotEncrypted,
        ProxyTrouble::WantsSignIn(schemes) | ProxyTrouble::SignInRefused(schemes)
            if schemes.lack_basic() =>
        {
            Kind::ProxySignInUnsupported
        }
        ProxyTrouble::WantsSignIn(_) => Kind::ProxyWantsSignIn,
        ProxyTrouble::SignInRefused(_) => Kind::ProxySignInRefused,
        ProxyTrouble::TwilioNotReached => Kind::ProxyCannotReachTwilio,
        ProxyTrouble::NotAProxy => Kind::ProxyIsNone,
        _ => Kind::Proxy,
    }
}

fn unreadable_proxy_kind(why: UnreadableProxy) -> Kind {
    match why {
        UnreadableProxy::Characters => Kind::ProxyCharacters,
        UnreadableProxy::Port => Kind::ProxyPort,
        UnreadableProxy::Scheme => Kind::ProxyScheme,
        UnreadableProxy::Script => Kind::ProxyScriptAddress,
        UnreadableProxy::NotText
        | UnreadableProxy::Address
        | UnreadableProxy::List
        | UnreadableProxy::Host => Kind::ProxyUnreadable,
    }
}

/// Twilio's codes: <https://www.twilio.com/docs/api/errors>.
fn refusal_kind(status: u16, code: u32) -> Kind {
    match code {
        20003 => Kind::WrongSignIn,
        20005 | 10001 | 20403 | 90010 => Kind::AccountSuspended,
        20008 => Kind::TestCredentials,
        20404 => Kind::NotFound,
        21480 => Kind::SubaccountLimit,
        70151 => Kind::KeyLimit,
        20002 | 70001 => Kind::NameRefused,
        21475..=21479 => Kind::StatusRefused,
        20006 | 70051 | 70002 | 21101 => Kind::NoPermission,
        _ => match status {
            401 => Kind::WrongSignIn,
            403 => Kind::NoPermission,
            404 => Kind::NotFound,
            _ => Kind::Refused,
        },
    }
}

fn keychain_kind(error: &KeychainError) -> Kind {
    match error {
        KeychainError::NoSafe => Kind::KeychainMissing,
        KeychainError::NoBus => Kind::KeychainNoBus,
        KeychainError::NoDefault => Kind::KeychainNoKeyring,
        KeychainError::NoDatabase => Kind::KeychainNoDatabase,
        KeychainError::CannotAsk => Kind::KeychainCannotAsk,
        KeychainError::Locked => Kind::KeychainLocked,
        KeychainError::Dismissed => Kind::KeychainDismissed,
        KeychainError::Denied => Kind::KeychainDenied,
        KeychainError::ScreenLocked => Kind::KeychainScreenLocked,
        KeychainError::NoAnswer => Kind::KeychainNoAnswer,
        KeychainError::GivenUp => Kind::KeychainGivenUp,
        KeychainError::Stopped => Kind::KeychainStopped,
        KeychainError::Full => Kind::KeychainFull,
        KeychainError::DiskFull => Kind::KeychainDiskFull,
        KeychainError::Blocked => Kind::KeychainBlocked,
        KeychainError::NotSignedIn => Kind::KeychainNotSignedIn,
        KeychainError::PasswordOutOfDate => Kind::KeychainPasswordOutOfDate,
        KeychainError::Missing => Kind::KeychainNotFound,
        KeychainError::ReadOnly => Kind::KeychainReadOnly,
        KeychainError::Damaged => Kind::KeychainDamaged,
        KeychainError::NotSigned => Kind::ProgramNotSigned,
        KeychainError::Changed => Kind::KeychainChanged,
        KeychainError::DoesNotFit => Kind::KeychainDoesNotFit,
        KeychainError::NotUnderstood(_) => Kind::KeychainNotUnderstood,
        KeychainError::Ambiguous => Kind::KeychainAmbiguous,
        KeychainError::SaveNotConfirmed => Kind::KeychainNotConfirmed,
        _ => Kind::KeychainBroken,
    }
}

/// Only a sealed copy that is itself no good loses a secret; without what opens it, the recovery passphrase still does.
fn sealed_kind(error: &SealedError) -> Kind {
    match error {
        SealedError::Keychain(error) => keychain_kind(error),
        SealedError::Records(error) => records_kind(error),
        SealedError::IdentityMissing | SealedError::OtherIdentity => Kind::SealingKeyMissing,
        SealedError::BadKey => Kind::SealingKeyChanged,
        SealedError::Damaged | SealedError::OtherKey => Kind::SealedCopyDamaged,
        _ => Kind::Internal,
    }
}

fn recovery_kind(error: &RecoveryError) -> Kind {
    match error {
        RecoveryError::NotSet => Kind::PassphraseNotSet,
        RecoveryError::WrongPassphrase => Kind::PassphraseWrong,
        RecoveryError::TooWeak(_) => Kind::PassphraseWeak,
        RecoveryError::EarlierIdentity => Kind::PassphraseOutdated,
        RecoveryError::Damaged => Kind::PassphraseDamaged,
        RecoveryError::LittleMemory => Kind::PassphraseNeedsMemory,
        _ => Kind::Internal,
    }
}

fn write_kind(error: &WriteError) -> Kind {
    match error {
        WriteError::FolderMissing => Kind::BackupFolderMissing,
        WriteError::DiskFull => Kind::BackupDiskFull,
        WriteError::NotAFolder => Kind::FolderIsAFile,
        WriteError::ReadOnlyDisk => Kind::DiskReadOnly,
        WriteError::PathTooLong => Kind::PathTooLong,
        WriteError::NotUnicode => Kind::NameNotUnicode,
        WriteError::NotReadable(_) => Kind::BackupNotReadable,
        WriteError::LeftBehind => Kind::BackupLeftBehind,
        WriteError::NotTheSame => Kind::BackupNotTheSame,
        WriteError::Stopped => Kind::BackupStopped,
        WriteError::NoAccess(_) | WriteError::Io(_) => Kind::BackupFolderUnwritable,
        _ => Kind::Internal,
    }
}

fn restore_kind(error: &NotRestorable) -> Kind {
    match error {
        NotRestorable::Unreadable(_) => Kind::BackupUnreadable,
        NotRestorable::NotOpened(NotOpened::WrongPassphrase) => Kind::BackupNotOpened,
        NotRestorable::NotOpened(NotOpened::Damaged)
        | NotRestorable::BadDocument(BadDocument::Unreadable) => Kind::BackupDamaged,
        NotRestorable::BadDocument(BadDocument::Newer { .. }) => Kind::BackupNewer,
        NotRestorable::NotOpened(NotOpened::TooMuchMemory { .. }) => Kind::BackupNeedsMemory,
        NotRestorable::NotOpened(NotOpened::TooMuchWork { .. } | NotOpened::TooLarge) => {
            Kind::BackupAsksTooMuch
        }
        NotRestorable::OfPracticeMode => Kind::BackupOfPracticeMode,
        NotRestorable::OfARealAccount => Kind::BackupOfARealAccount,
        _ => Kind::NotABackup,
    }
}

fn records_kind(error: &RecordsError) -> Kind {
    match error {
        RecordsError::Newer { .. } => Kind::RecordsNewer,
        RecordsError::InUse => Kind::RecordsInUse,
        RecordsError::DiskFull | RecordsError::LowOnSpace { .. } => Kind::DiskFull,
        RecordsError::NoAccess(_) | RecordsError::Io(_) => Kind::DiskUnwritable,
        RecordsError::NotYours(_) => Kind::DataFolderNotYours,
        RecordsError::NotAFolder(_) => Kind::FolderIsAFile,
        RecordsError::ReadOnlyDisk(_) => Kind::DiskReadOnly,
        RecordsError::NoLocks(_) => Kind::DiskWithoutLocks,
        RecordsError::PathTooLong(_) => Kind::PathTooLong,
        RecordsError::NoSuchEntry(_) => Kind::UnknownHere,
        RecordsError::NoSuchCredential => Kind::SecretNotFound,
        _ => Kind::RecordsBroken,
    }
}

#[cfg(test)]
mod tests;
