//! Keys that are being replaced.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use terms::{AccountSid, KeySid};
use vault::InUse;

use super::HandedOver;
use crate::key_state::KeyState;

/// Where the replacement of a key stands: what is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReplacementStage {
    /// The new key is to be handed over.
    HandOver,
    /// The new key was handed over; whether it is in use is to be seen.
    InUse,
    /// The old key can be deleted.
    DeleteOld,
    /// The old key was deleted.
    Done,
}

/// That the new key is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KnownInUse {
    #[specta(type = String)]
    pub since: Timestamp,
    pub how: InUse,
}

/// A key that is being replaced, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "Replacement", rename_all = "camelCase")]
pub struct ReplacementView {
    #[specta(type = String)]
    pub account_sid: AccountSid,
    pub account_name: String,
    #[specta(type = String)]
    pub old_key_sid: KeySid,
    /// Null once it is deleted, or where Twilio does not say it.
    #[specta(type = Option<String>)]
    pub old_key_made_at: Option<Timestamp>,
    #[specta(type = String)]
    pub new_key_sid: KeySid,
    pub new_key_name: String,
    pub new_key_state: KeyState,
    #[specta(type = Option<String>)]
    pub new_key_proved_at: Option<Timestamp>,
    pub stage: ReplacementStage,
    /// When the new key was made.
    #[specta(type = String)]
    pub begun_at: Timestamp,
    /// The new key.
    pub handed_over: Option<HandedOver>,
    /// When Twilio was last asked whether anything was sent since.
    #[specta(type = Option<String>)]
    pub looked_at: Option<Timestamp>,
    pub in_use: Option<KnownInUse>,
    #[specta(type = Option<String>)]
    pub ended_at: Option<Timestamp>,
}
