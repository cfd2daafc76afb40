//! Keys that were made elsewhere and are to be adopted.

use serde::{Deserialize, Serialize};
use specta::Type;
use terms::{AccountSid, KeySid};

use super::FailureView;

/// Whether a pair that was found can be adopted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Adoptability {
    /// It is to be proved, and then kept.
    Ready,
    /// Its secret is here.
    SavedAlready,
    /// Nothing that stands with it can be its secret.
    NoSecret,
    /// No subaccount that is known here has this key.
    UnknownSubaccount,
}

/// An API SID that was found. Its secret never crosses to the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AdoptableKey {
    #[specta(type = String)]
    pub key_sid: KeySid,
    /// Empty where it is not known.
    pub key_name: String,
    #[specta(type = Option<String>)]
    pub account_sid: Option<AccountSid>,
    pub account_name: Option<String>,
    pub fits: Adoptability,
}

/// What became of a pair that was to be adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "is", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AdoptionOutcome {
    /// It works, and its secret is in the keychain.
    Adopted,
    /// It works, and its secret is in a sealed copy: the keychain did not take it yet.
    SealedOnly,
    SavedAlready,
    /// Twilio does not accept this secret for this key.
    DoesNotFit,
    /// It was stopped before its turn came.
    NotTried,
    Failed {
        failure: FailureView,
    },
}

/// One that was to be adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AdoptedKey {
    #[specta(type = String)]
    pub key_sid: KeySid,
    #[specta(type = String)]
    pub account_sid: AccountSid,
    pub account_name: String,
    pub outcome: AdoptionOutcome,
}
