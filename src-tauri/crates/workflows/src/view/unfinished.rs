//! What was begun and is not finished.

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use specta::Type;
use terms::{AccountSid, KeySid};
use vault::EntryId;

use super::FailureView;

/// What was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum UnfinishedWhat {
    /// A subaccount, and perhaps its key.
    Subaccount,
    /// A key alone.
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
    /// The key has its plain name and was not tested yet.
    Renamed,
    /// The secret is in this program's memory alone.
    HeldInMemory,
    /// The key is to be deleted at Twilio.
    DeleteDue,
}

/// Something begun and not finished.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unfinished {
    #[serde(serialize_with = "as_number")]
    #[specta(type = u32)]
    pub id: EntryId,
    pub what: UnfinishedWhat,
    /// The subaccount's name.
    pub name: String,
    pub key_name: Option<String>,
    #[serde(rename = "accountSid")]
    #[specta(type = Option<String>)]
    pub account: Option<AccountSid>,
    #[serde(rename = "keySid")]
    #[specta(type = Option<String>)]
    pub key: Option<KeySid>,
    pub stage: UnfinishedStage,
    /// What stopped it last, where that is known.
    pub problem: Option<FailureView>,
    /// A workflow is at it right now.
    pub running: bool,
    pub can_finish: bool,
    pub can_delete: bool,
    #[specta(type = String)]
    pub started_at: Timestamp,
}

fn as_number<S: Serializer>(entry: &EntryId, to: S) -> Result<S::Ok, S::Error> {
    entry.get().serialize(to)
}

impl Unfinished {
    /// Closing the program now could lose the secret, or leave it where only this computer's sealed copy has it.
    pub fn is_unsafe(&self) -> bool {
        matches!(
            self.stage,
            UnfinishedStage::HeldInMemory | UnfinishedStage::Sealed
        ) || (self.running && self.stage == UnfinishedStage::Sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(stage: UnfinishedStage, running: bool) -> Unfinished {
        Unfinished {
            id: EntryId::new(1),
            what: UnfinishedWhat::Key,
            name: "Acme".to_owned(),
            key_name: None,
            account: None,
            key: None,
            stage,
            problem: None,
            running,
            can_finish: false,
            can_delete: false,
            started_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn closing_is_unsafe_only_where_a_secret_is_in_memory_on_its_way_or_in_a_sealed_copy_alone() {
        use UnfinishedStage::{
            DeleteDue, HeldInMemory, Kept, Planned, Renamed, Sealed, Sent, SubaccountMade,
        };
        for (stage, resting, running) in [
            (Planned, false, false),
            (Sent, false, true),
            (SubaccountMade, false, false),
            (Sealed, true, true),
            (Kept, false, false),
            (Renamed, false, false),
            (HeldInMemory, true, true),
            (DeleteDue, false, false),
        ] {
            assert_eq!(at(stage, false).is_unsafe(), resting, "{stage:?}");
            assert_eq!(at(stage, true).is_unsafe(), running, "{stage:?}, running");
        }
    }
}
