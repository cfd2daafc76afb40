//! Handing the three values over to a service.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{HandedOver, KeyState};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HandOverValue {
    AccountSid,
    KeySid,
    Secret,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ServiceField {
    pub value: HandOverValue,
    pub label: String,
}

/// A service that asks for the three values, and its own words for them in the order of its form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Service {
    pub id: String,
    pub name: String,
    /// Where in the service the values are entered; empty where not known.
    pub place: String,
    pub fields: Vec<ServiceField>,
}

/// One subaccount's values, for one service. The secret is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HandOverCard {
    pub account_sid: String,
    pub account_name: String,
    pub key_sid: String,
    pub key_name: String,
    pub service: Service,
    /// Last time a live call with this key worked.
    pub proved_at: Option<String>,
    /// It was restored and is still to be tested here: `proved_at` is the backup's word.
    pub proof_due: bool,
    /// When Twilio refused it; null where it has worked since, or was never refused.
    pub refused_at: Option<String>,
    pub handed_over: Option<HandedOver>,
    pub state: KeyState,
}

/// A value is on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Copied {
    /// Set for a secret: the clipboard is cleared after this many seconds if it still holds it.
    pub clears_after_seconds: Option<u32>,
}

/// A secret the user asked to see.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    pub secret: String,
    pub hide_after_seconds: u32,
}
