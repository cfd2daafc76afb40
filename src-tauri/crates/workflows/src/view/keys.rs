//! The keys of all subaccounts.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use terms::AccountSid;

use super::{KeyRow, SubaccountStatus, WhyNotReadable};

/// One key, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListedKey {
    #[specta(type = String)]
    pub account_sid: AccountSid,
    pub account_name: String,
    pub account_status: SubaccountStatus,
    pub key: KeyRow,
}

/// A subaccount whose keys are not known as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeysNotRead {
    #[specta(type = String)]
    pub account_sid: AccountSid,
    pub account_name: String,
    /// Null where nobody has tried since the program began.
    pub why: Option<WhyNotReadable>,
}

/// The keys of all subaccounts, or of some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeyList {
    pub keys: Vec<ListedKey>,
    /// Of subaccounts that are not closed.
    pub not_read: Vec<KeysNotRead>,
    /// When those of the subaccount were read whose reading is the oldest; null where none were.
    #[specta(type = Option<String>)]
    pub read_at: Option<Timestamp>,
}
