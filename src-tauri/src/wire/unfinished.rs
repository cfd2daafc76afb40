//! What was begun and is not finished.

use serde::Serialize;
use specta::Type;

use super::Failure;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum UnfinishedWhat {
    Subaccount,
    Key,
}

/// Where something unfinished stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum UnfinishedStage {
    /// Twilio was not asked yet.
    Planned,
    /// Twilio was asked; whether it made anything is not known.
    Sent,
    /// The subaccount exists; its key does not yet.
    SubaccountMade,
    /// The secret is held as a sealed copy.
    Sealed,
    /// The secret is in the keychain.
    Kept,
    /// The key has its plain name, and was not tested yet.
    Renamed,
    /// The secret is in this program's memory alone.
    HeldInMemory,
    /// The key cannot be used and is still to be deleted at Twilio.
    DeleteDue,
}

/// Something begun and not finished.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unfinished {
    pub id: u32,
    pub what: UnfinishedWhat,
    /// The subaccount's name.
    pub name: String,
    pub key_name: Option<String>,
    pub account_sid: Option<String>,
    pub key_sid: Option<String>,
    pub stage: UnfinishedStage,
    /// What stopped it last, where that is known.
    pub problem: Option<Failure>,
    /// A workflow is at it right now.
    pub running: bool,
    pub can_finish: bool,
    pub can_delete: bool,
    pub started_at: String,
}
