//! What happened, for the admin to look back on.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use terms::{AccountSid, KeySid};

use crate::services::name_of;

/// A kind of thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ActivityKind {
    Connected,
    Disconnected,
    SubaccountCreated,
    /// The detail is the name before.
    SubaccountRenamed,
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
            vault::ActivityKind::HandedOver => name_of(&activity.detail).to_owned(),
            _ => activity.detail,
        };
        Self {
            at: activity.at,
            account_name,
            account_sid: activity.account,
            key_sid: activity.key,
            what: activity.what.into(),
            detail: (!detail.is_empty()).then_some(detail),
        }
    }
}

impl From<vault::ActivityKind> for ActivityKind {
    fn from(kind: vault::ActivityKind) -> Self {
        use vault::ActivityKind as Kind;
        match kind {
            Kind::Connected => Self::Connected,
            Kind::Disconnected => Self::Disconnected,
            Kind::SubaccountCreated => Self::SubaccountCreated,
            Kind::SubaccountRenamed => Self::SubaccountRenamed,
            Kind::KeyCreated => Self::KeyCreated,
            Kind::KeyDeleted => Self::KeyDeleted,
            Kind::UnusableKeyDeleted => Self::UnusableKeyDeleted,
            Kind::NothingWasMade => Self::NothingWasMade,
            Kind::HandedOver => Self::HandedOver,
            Kind::HandOverPostponed => Self::HandOverPostponed,
            Kind::SecretCopied => Self::SecretCopied,
            Kind::SecretShown => Self::SecretShown,
            Kind::CredentialRemoved => Self::CredentialRemoved,
            Kind::CredentialRestored => Self::CredentialRestored,
            Kind::PassphraseSet => Self::PassphraseSet,
            Kind::BackupRestored => Self::BackupRestored,
            Kind::Exported => Self::Exported,
        }
    }
}
