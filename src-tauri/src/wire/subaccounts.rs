//! The subaccount list and one subaccount's detail.

use serde::Serialize;
use specta::Type;

use super::{FailureKind, Unfinished};

/// A decimal amount and its currency, such as `38.12` and `USD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Money {
    pub amount: String,
    pub currency: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SubaccountStatus {
    Active,
    Suspended,
    Closed,
    Unknown,
}

/// What of a subaccount could not be read the last time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotReadable {
    pub spend: Option<WhyNotReadable>,
    pub keys: Option<WhyNotReadable>,
    /// Keys in Twilio's list whose SID cannot be read.
    pub keys_without_sid: u32,
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct WhyNotReadable {
    pub kind: FailureKind,
    /// HTTP status.
    pub status: Option<u32>,
    /// Twilio's error code.
    pub code: Option<u32>,
    /// Twilio's own words, one line.
    pub words: Option<String>,
}

/// One line of the subaccount list.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubaccountRow {
    pub sid: String,
    pub name: String,
    pub status: SubaccountStatus,
    /// SIDs of all keys known for it, for search.
    pub key_sids: Vec<String>,
    pub saved: u32,
    /// Keys at Twilio whose secret is not saved here; null until they were read.
    pub unsaved: Option<u32>,
    /// Saved here, but no longer at Twilio.
    pub removed: u32,
    /// Saved and not handed over yet.
    pub not_handed_over: u32,
    /// Things begun and not finished.
    pub unfinished: u32,
    /// This month; null until it was read.
    pub spend: Option<Money>,
    pub spend_as_of: Option<String>,
    /// Null where everything was read.
    pub not_readable: Option<NotReadable>,
    /// Something is saved here for it, but Twilio no longer lists it.
    pub gone: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubaccountList {
    pub rows: Vec<SubaccountRow>,
    /// When the list was last read from Twilio; null if never.
    pub read_at: Option<String>,
    /// Null where nothing in it was odd, or it was not read since the program began.
    pub oddities: Option<ListOddities>,
}

/// What of Twilio's list was not as it should be when it was last read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListOddities {
    /// Rows that are shown as far as they can be read.
    pub shown: u32,
    /// The names of rows whose Account SID cannot be read, as far as they can be; these are not shown.
    pub without_sid: Vec<String>,
    /// The list may go on, and Twilio's answer does not say where.
    pub may_go_on: bool,
}

/// Where a key and its secret are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum KeyState {
    /// Secret in the keychain.
    Saved,
    /// Secret held as a sealed copy; not in the keychain yet.
    SealedOnly,
    /// At Twilio, without a secret here.
    NotSaved,
    /// Secret here, but the key is no longer at Twilio.
    RemovedAtTwilio,
    /// Being made; see its unfinished entry.
    Unfinished,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HandedOver {
    pub at: String,
    pub service_name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeyRow {
    pub sid: String,
    pub name: String,
    pub created_at: Option<String>,
    pub state: KeyState,
    pub proved_at: Option<String>,
    /// It was restored and is still to be tested here: `proved_at` is the backup's word.
    pub proof_due: bool,
    /// When Twilio refused it; null where it has worked since, or was never refused.
    pub refused_at: Option<String>,
    pub handed_over: Option<HandedOver>,
    pub postponed_at: Option<String>,
}

/// A kind of thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ActivityKind {
    Connected,
    Disconnected,
    SubaccountCreated,
    KeyCreated,
    /// At Twilio, from here or elsewhere.
    KeyDeleted,
    /// A key whose secret never arrived was deleted at Twilio.
    UnusableKeyDeleted,
    /// What Twilio had not answered turned out not to have been made.
    NothingWasMade,
    HandedOver,
    HandOverPostponed,
    SecretCopied,
    SecretShown,
    CredentialRemoved,
    /// A lost keychain item was put back from its sealed copy.
    CredentialRestored,
    /// A recovery passphrase was set or changed.
    PassphraseSet,
    /// The detail is how many keys came back.
    BackupRestored,
    /// Into a file for another program; the detail is how many.
    Exported,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    pub at: String,
    pub account_sid: Option<String>,
    pub account_name: Option<String>,
    pub key_sid: Option<String>,
    pub what: ActivityKind,
    pub detail: Option<String>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubaccountDetail {
    pub row: SubaccountRow,
    pub keys: Vec<KeyRow>,
    pub keys_read_at: Option<String>,
    pub unfinished: Vec<Unfinished>,
    pub activity: Vec<Activity>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NameProblem {
    Empty,
    TooLong,
}
