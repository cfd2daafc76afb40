//! What went wrong, for the window to put into words.

use serde::Serialize;
use specta::Type;

/// Whether anything was changed at Twilio by what went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ChangedAtTwilio {
    No,
    Yes,
    Unknown,
}

/// The situations a user can be in. The window has a sentence and a next step for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
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
    BegunBefore,
    NotDeletable,
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

/// A situation, and what support would ask about it. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    pub kind: FailureKind,
    pub changed: ChangedAtTwilio,
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
