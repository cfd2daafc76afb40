//! The rows of the subaccount list, and one subaccount's detail.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use terms::{AccountSid, AccountStatus, KeySid, Money, Region};
use vault::HandOver;

use super::{Activity, FailureKind, FailureView, Unfinished};
use crate::key_state::KeyState;
use crate::services::name_of;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SubaccountStatus {
    Active,
    Suspended,
    Closed,
    Unknown,
}

impl From<&AccountStatus> for SubaccountStatus {
    fn from(status: &AccountStatus) -> Self {
        match status {
            AccountStatus::Active => Self::Active,
            AccountStatus::Suspended => Self::Suspended,
            AccountStatus::Closed => Self::Closed,
            AccountStatus::Other(_) => Self::Unknown,
        }
    }
}

/// What of a subaccount could not be read the last time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
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

impl From<twilio::Error> for WhyNotReadable {
    fn from(error: twilio::Error) -> Self {
        let failure = FailureView::from(crate::failure::Problem::from(error));
        Self {
            kind: failure.kind,
            status: failure.status,
            code: failure.code,
            words: failure.words,
        }
    }
}

/// One line of the subaccount list.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubaccountRow {
    #[specta(type = String)]
    pub sid: AccountSid,
    pub name: String,
    pub status: SubaccountStatus,
    /// SIDs of all keys known for it, for search.
    #[specta(type = Vec<String>)]
    pub key_sids: Vec<KeySid>,
    pub saved: u32,
    /// Keys at Twilio whose secret is not saved here; null until they were read.
    pub unsaved: Option<u32>,
    /// Saved here, but no longer at Twilio.
    pub removed: u32,
    /// Saved and not handed over yet.
    pub not_handed_over: u32,
    /// The customer's number in the user's own books; empty where there is none.
    pub customer_number: String,
    pub tags: Vec<String>,
    /// When the oldest of its keys was made that still works, as far as that is known.
    #[specta(type = Option<String>)]
    pub oldest_key_at: Option<Timestamp>,
    /// Things begun and not finished.
    pub unfinished: u32,
    /// This month; null until it was read.
    pub spend: Option<Money>,
    #[specta(type = Option<String>)]
    pub spend_as_of: Option<Timestamp>,
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
    #[specta(type = Option<String>)]
    pub read_at: Option<Timestamp>,
    /// Null where nothing in it was odd, or it was not read since the program began.
    pub oddities: Option<ListOddities>,
}

/// What of Twilio's list was not as it should be when it was last read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListOddities {
    /// Rows that are shown as far as they can be read.
    pub shown: u32,
    /// The names of rows whose Account SID cannot be read, as far as they can be; these are not shown.
    pub without_sid: Vec<String>,
    /// The list may go on, and Twilio's answer does not say where.
    pub may_go_on: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HandedOver {
    #[specta(type = String)]
    pub at: Timestamp,
    pub service_name: String,
}

impl From<HandOver> for HandedOver {
    fn from(hand_over: HandOver) -> Self {
        Self {
            at: hand_over.at,
            service_name: name_of(&hand_over.service).to_owned(),
        }
    }
}

/// What a key may do, as far as that can be told: Twilio's list of keys does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum KeyType {
    Standard,
    /// It was made elsewhere.
    StandardOrMain,
}

/// One key of a subaccount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeyRow {
    #[specta(type = String)]
    pub sid: KeySid,
    pub name: String,
    pub region: Region,
    pub key_type: KeyType,
    #[specta(type = Option<String>)]
    pub created_at: Option<Timestamp>,
    pub state: KeyState,
    #[specta(type = Option<String>)]
    pub proved_at: Option<Timestamp>,
    /// It was restored and is still to be tested here: `proved_at` is the backup's word.
    pub proof_due: bool,
    /// When Twilio refused it; null where it has worked since, or was never refused.
    #[specta(type = Option<String>)]
    pub refused_at: Option<Timestamp>,
    pub handed_over: Option<HandedOver>,
    #[specta(type = Option<String>)]
    pub postponed_at: Option<Timestamp>,
}

/// That a subaccount was suspended with this program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SuspendedHere {
    #[specta(type = String)]
    pub at: Timestamp,
    /// Its user's; empty where there was none.
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubaccountDetail {
    pub row: SubaccountRow,
    pub keys: Vec<KeyRow>,
    /// What the user keeps of the customer beside number and tags; empty where there is nothing.
    pub note: String,
    /// What suspended it from here; null where that was somebody else, or it is not suspended.
    pub suspended_here: Option<SuspendedHere>,
    #[specta(type = Option<String>)]
    pub keys_read_at: Option<Timestamp>,
    pub unfinished: Vec<Unfinished>,
    pub activity: Vec<Activity>,
}
