//! What happened, for the admin to look back on.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use terms::{AccountSid, KeySid};
use vault::ActivityKind;

use crate::services::name_of;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    #[specta(type = String)]
    pub at: Timestamp,
    #[specta(type = Option<String>)]
    pub account_sid: Option<AccountSid>,
    pub account_name: Option<String>,
    #[specta(type = Option<String>)]
    pub key_sid: Option<KeySid>,
    pub what: ActivityKind,
    pub detail: Option<String>,
}

impl Activity {
    /// `account_name` is the subaccount's, where it is known.
    pub(crate) fn of(activity: vault::Activity, account_name: Option<String>) -> Self {
        let detail = match activity.what {
            ActivityKind::HandedOver => name_of(&activity.detail).to_owned(),
            _ => activity.detail,
        };
        Self {
            at: activity.at,
            account_name,
            account_sid: activity.account,
            key_sid: activity.key,
            what: activity.what,
            detail: (!detail.is_empty()).then_some(detail),
        }
    }
}
