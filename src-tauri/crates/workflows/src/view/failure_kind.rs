//! The situations that a user can be in.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The situations a user can be in. The window has a sentence and a next step for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FailureKind {
    // signing in
    AccountSidEmpty,
    AccountSidMalformed,
    KeySidInsteadOfAccountSid,
    AuthTokenEmpty,
    AuthTokenMalformed,
    WrongSignIn,
    SubaccountInsteadOfParent,
    StandardKey,
    RestrictedKey,
    MainKeyCannotOpenSubaccounts,
    TestCredentials,
    AccountSuspended,
    AccountClosed,
    NotConnected,
    ConnectCancelled,
    AuthTokenMissing,
    OtherAccountConnected,
    // the way to Twilio
    Offline,
    ConnectionRefused,
    /// The proxy refused.
    Proxy,
    ProxyNotFound,
    ProxyNotThere,
    ProxyTimedOut,
    ProxyNotEncrypted,
    ProxyWantsSignIn,
    ProxySignInRefused,
    /// The proxy offers no way of signing in that Subvault has.
    ProxySignInUnsupported,
    ProxyCannotReachTwilio,
    /// What answers there is no such proxy.
    ProxyIsNone,
    ProxyUnreadable,
    /// A character in the user name or the password has to be percent-encoded.
    ProxyCharacters,
    ProxyPort,
    ProxyScheme,
    /// The address of a setup script in place of a proxy's.
    ProxyScriptAddress,
    /// This computer has no list of authorities, or a variable leads to none.
    NoAuthorities,
    Certificate,
    /// Somebody whom the user has not allowed it opens the connection on its way.
    Inspected,
    Clock,
    TimedOut,
    ConnectionLost,
    TooManyRequests,
    TwilioTrouble,
    AnsweredByAnother,
    UnreadableAnswer,
    WrongAccountAnswered,
    // what Twilio refuses
    NotFound,
    NoPermission,
    SubaccountLimit,
    TrialSubaccountLimit,
    KeyLimit,
    NameRefused,
    StatusRefused,
    /// The main account is suspended, and its subaccounts with it.
    ParentSuspended,
    SuspendedByTwilio,
    NotSuspended,
    NumbersChanged,
    NumberNotMoved,
    /// The number's country asks for an address or a proof of identity, which the account that is to have it lacks.
    NumberNeedsAddress,
    SubaccountClosed,
    SubaccountNotActive,
    Refused,
    // names
    BadName,
    NameTaken,
    // the keychain
    KeychainMissing,
    KeychainNoBus,
    KeychainNoKeyring,
    KeychainNoDatabase,
    KeychainCannotAsk,
    KeychainLocked,
    KeychainDismissed,
    KeychainDenied,
    KeychainScreenLocked,
    KeychainNoAnswer,
    KeychainGivenUp,
    KeychainStopped,
    KeychainFull,
    KeychainDiskFull,
    KeychainBlocked,
    KeychainNotSignedIn,
    KeychainChanged,
    KeychainDoesNotFit,
    KeychainNotUnderstood,
    KeychainAmbiguous,
    KeychainNotConfirmed,
    KeychainBroken,
    KeychainPasswordOutOfDate,
    KeychainNotFound,
    KeychainReadOnly,
    KeychainDamaged,
    ProgramNotSigned,
    KeychainManagerMissing,
    SecretNotFound,
    SealingKeyMissing,
    SealingKeyChanged,
    SealedCopyDamaged,
    // this computer
    DiskFull,
    DiskUnwritable,
    DataFolderNotYours,
    FolderIsAFile,
    DiskReadOnly,
    DiskWithoutLocks,
    PathTooLong,
    NameNotUnicode,
    RecordsBroken,
    RecordsNewer,
    RecordsInUse,
    ClipboardUnavailable,
    ClipboardNotOffered,
    PageNotOpened,
    /// A file that was chosen is no text, too large, or cannot be opened.
    FileNotReadable,
    UnknownHere,
    // the recovery passphrase, backups, and files for other programs
    PassphraseEmpty,
    PassphraseUntypable,
    PassphraseSpaceAtEnd,
    PassphraseInvisible,
    PassphraseWeak,
    PassphraseWrong,
    PassphraseNotSet,
    PassphraseOutdated,
    PassphraseDamaged,
    PassphraseNeedsMemory,
    BackupFolderNotChosen,
    BackupFolderMissing,
    BackupFolderUnwritable,
    BackupDiskFull,
    BackupNotTheSame,
    BackupNotReadable,
    BackupLeftBehind,
    BackupStopped,
    BackupUnreadable,
    NotABackup,
    BackupNotOpened,
    BackupDamaged,
    BackupNewer,
    BackupNeedsMemory,
    BackupAsksTooMuch,
    BackupOfPracticeMode,
    BackupOfARealAccount,
    ExportLooksLikeAFormula,
    // where a creation stands
    OutcomeUnknown,
    NotCreated,
    KeyDeleted,
    KeyUnusableRemoved,
    KeyUnusableNotRemoved,
    SecretSealedOnly,
    SecretInMemoryOnly,
    NotProvedYet,
    KeyRefused,
    AlreadyRunning,
    Stopped,
    BegunBefore,
    NotDeletable,
    SuccessorNotInUse,
    SuccessorNotUsable,
    // the lock
    Locked,
    AskAgain,
    NoWayToUnlock,
    NotConfirmed,
    NotAWayToUnlock,
    AuthTokenWrong,
    CannotAskNow,
    AlreadyAsking,
    TooManyWrong,
    Internal,
}

impl FailureKind {
    /// Whether Twilio was not reached, or did not answer in time: the same may work a moment later.
    pub(crate) fn is_of_the_way_to_twilio(self) -> bool {
        matches!(
            self,
            Self::Offline
                | Self::ConnectionRefused
                | Self::Proxy
                | Self::ProxyNotFound
                | Self::ProxyNotThere
                | Self::ProxyTimedOut
                | Self::ProxyCannotReachTwilio
                | Self::TimedOut
                | Self::ConnectionLost
        )
    }
}
