//! Trying out this computer: what is tried, what was found, and what goes into the report.

use serde::Serialize;
use specta::Type;

use super::FailureView;

/// The things that are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "CheckName", rename_all = "camelCase")]
pub enum Check {
    /// The keychain: a test entry is written, read back and deleted.
    Keychain,
    /// The data folder: a file is written, synced and read back.
    DataFolder,
    /// The records in it: all of them are read.
    Records,
    /// What this computer is set to for the way to Twilio.
    Network,
    /// The way to Twilio.
    Twilio,
    /// This computer's clock, beside Twilio's.
    Clock,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "CheckVerdict", rename_all = "camelCase")]
pub enum Verdict {
    /// It works.
    Fine,
    /// It works, and should be looked after.
    Attention,
    /// It does not work.
    Broken,
    /// It could not be found out.
    Unknown,
}

/// What is wrong where no call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CheckProblem {
    KeychainNearlyFull,
    SealingKeyMissing,
    /// The keychain has several entries of one name.
    KeychainSeveralItems,
    /// The token of an earlier version was left in the keychain on disconnecting.
    KeychainEarlierToken,
    LittleSpace,
    /// The system is set to a setup script, which is not asked.
    ProxyScript,
    /// Somebody whom the user has not allowed it opens the connection on its way.
    Inspected,
    /// A variable that differs from the one that counts by case alone says something else.
    ProxyOverruled,
    /// Other users of the computer may look into the data folder.
    OthersMayLook,
    /// Other users may put another folder in the data folder's place.
    OthersMayReplace,
    ClockWrong,
    /// Wrong by as much as another time zone is away.
    ClockWrongZone,
    ClockZoneUnknown,
    /// There was no answer of Twilio's to compare with.
    ClockNotCompared,
    /// Twilio's certificate is not valid at the time this computer has.
    ClockDoubted,
}

/// What a fact says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CheckFactName {
    /// The keychain's own name.
    Keychain,
    /// Milliseconds.
    Took,
    /// How many more entries the keychain takes.
    Room,
    /// With the user's own folder shortened to `~`.
    Folder,
    /// Bytes.
    Free,
    /// How many.
    Subaccounts,
    /// How many.
    Copies,
    /// UTC in ISO 8601.
    NewestCopy,
    Host,
    /// Scheme, host and port.
    Proxy,
    /// Where the proxy is set: a variable's name, or empty for the system's own settings.
    ProxySetIn,
    /// What excepts Twilio from the proxy: a variable's name, or empty for the system's own settings.
    ProxyExceptedBy,
    /// The variable that does not count.
    ProxyOverruled,
    /// Who opens the connection on its way.
    InspectedBy,
    /// The ways of signing in that the proxy offers.
    ProxyOffers,
    /// The HTTP status by which the proxy refused.
    ProxyStatus,
    /// UTC in ISO 8601.
    TimeHere,
    /// As `Europe/Berlin`.
    Zone,
    /// Seconds that this computer's clock is ahead of Twilio's; negative where it is behind.
    Ahead,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckFact {
    pub name: CheckFactName,
    pub value: String,
}

/// What trying one thing found. Holds no secret, and no name of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckFinding {
    pub check: Check,
    pub verdict: Verdict,
    pub problem: Option<CheckProblem>,
    /// The call that failed, in place of `problem`.
    pub failure: Option<FailureView>,
    pub facts: Vec<CheckFact>,
}

/// Something is being tried, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckEvent {
    pub check: Check,
    /// `None` when it begins.
    pub finding: Option<CheckFinding>,
}
