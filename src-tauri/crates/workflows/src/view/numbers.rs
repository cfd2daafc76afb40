//! Phone numbers.

use serde::Serialize;
use specta::Type;
use terms::{Money, NumberSid};
use twilio::{NumberKind, PhoneNumber};

/// One phone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NumberRow {
    #[specta(type = String)]
    pub sid: NumberSid,
    /// In E.164; empty where it cannot be read.
    pub number: String,
    /// Null where Twilio does not say it.
    pub can_text: Option<bool>,
    pub can_call: Option<bool>,
    /// What kind of number it is; null where Twilio does not say it.
    pub kind: Option<PhoneNumberKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PhoneNumberKind {
    Local,
    Mobile,
    TollFree,
    National,
}

/// The phone numbers of an account.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NumberList {
    pub numbers: Vec<NumberRow>,
    /// False where there may be more of them than could be read.
    pub is_whole: bool,
    /// Numbers in Twilio's list whose SID cannot be read.
    pub without_sid: u32,
    /// What they cost in the last calendar month, all together; null where it could not be read, or nothing was billed.
    pub cost_last_month: Option<Money>,
}

impl From<PhoneNumber> for NumberRow {
    fn from(number: PhoneNumber) -> Self {
        Self {
            sid: number.sid,
            number: number.number,
            can_text: number.capabilities.map(|can| can.sms),
            can_call: number.capabilities.map(|can| can.voice),
            kind: number.kind.and_then(|kind| match kind {
                NumberKind::Local => Some(PhoneNumberKind::Local),
                NumberKind::Mobile => Some(PhoneNumberKind::Mobile),
                NumberKind::TollFree => Some(PhoneNumberKind::TollFree),
                NumberKind::National => Some(PhoneNumberKind::National),
                NumberKind::Other(_) => None,
            }),
        }
    }
}
