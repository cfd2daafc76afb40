//! Which situation each error stands for.

use twilio::{Error, ProxyTrouble, UnreadableProxy};
use vault::backup::{BadDocument, NotRestorable, WriteError};
use vault::export::ExportError;
use vault::recovery::NotOpened;
use vault::{KeychainError, RecordsError, RecoveryError, SealedError};

use super::FailureKind as Kind;
use crate::failure::Problem;

pub(super) fn kind_of(problem: &Problem) -> Kind {
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
        Problem::NumbersChanged => Kind::NumbersChanged,
        Problem::FileNotReadable => Kind::FileNotReadable,
        Problem::NotSuspended => Kind::NotSuspended,
        Problem::SuccessorNotInUse => Kind::SuccessorNotInUse,
        Problem::SuccessorNotUsable => Kind::SuccessorNotUsable,
        Problem::SubaccountClosed => Kind::SubaccountClosed,
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
        Problem::Stopped => Kind::Stopped,
        Problem::Crashed => Kind::Internal,
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
        21476 => Kind::ParentSuspended,
        21478 => Kind::SuspendedByTwilio,
        21479 => Kind::SubaccountClosed,
        21475 | 21477 => Kind::StatusRefused,
        21470..=21474 => Kind::NumberNotMoved,
        21613 | 21615 | 21631 | 21649..=21651 => Kind::NumberNeedsAddress,
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
        KeychainError::NoKeychain => Kind::KeychainMissing,
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
