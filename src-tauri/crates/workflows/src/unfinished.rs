//! What was begun and is not finished, for the user to see and decide on.

use jiff::Timestamp;
use terms::{AccountSid, KeySid};
use vault::{Entry, EntryId, Intent, Stage};

use crate::failure::Problem;
use crate::lanes::Lane;
use crate::workspace::Workspace;

/// Where something unfinished stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone)]
pub struct Unfinished {
    pub id: EntryId,
    pub stage: UnfinishedStage,
    /// The subaccount's name.
    pub name: String,
    pub key_name: Option<String>,
    /// The entry is of a subaccount, not of a key alone.
    pub is_subaccount: bool,
    pub account: Option<AccountSid>,
    pub key: Option<KeySid>,
    /// A workflow is at it right now.
    pub running: bool,
    pub started_at: Timestamp,
}

impl Unfinished {
    /// Closing the program now could lose the secret, or leave it where only this computer's sealed copy has it.
    pub fn is_unsafe(&self) -> bool {
        matches!(
            self.stage,
            UnfinishedStage::HeldInMemory | UnfinishedStage::Sealed
        ) || (self.running && self.stage == UnfinishedStage::Sent)
    }

    pub fn can_finish(&self) -> bool {
        !self.running && self.stage != UnfinishedStage::Planned
    }

    pub fn can_delete(&self) -> bool {
        !self.running && self.key.is_some()
    }
}

impl Workspace {
    /// Everything open. A subaccount whose key is open too is shown once, by its key.
    pub async fn unfinished(&self) -> Result<Vec<Unfinished>, Problem> {
        let open = self.records.open_entries().await?;
        let shown_by_key: Vec<EntryId> = open.iter().filter_map(|entry| entry.follows).collect();
        Ok(open
            .into_iter()
            .filter(|entry| !shown_by_key.contains(&entry.id))
            .map(|entry| self.seen(entry))
            .collect())
    }

    fn seen(&self, entry: Entry) -> Unfinished {
        let held = self.held.of(entry.id).map(|(key, _)| key);
        let is_subaccount = matches!(entry.intent, Intent::Subaccount { .. });
        let stage = match entry.stage {
            Stage::Planned => UnfinishedStage::Planned,
            Stage::Sent if held.is_some() => UnfinishedStage::HeldInMemory,
            Stage::Sent => UnfinishedStage::Sent,
            Stage::Adopted => UnfinishedStage::SubaccountMade,
            Stage::Renamed if is_subaccount => UnfinishedStage::SubaccountMade,
            Stage::Sealed => UnfinishedStage::Sealed,
            Stage::Kept => UnfinishedStage::Kept,
            Stage::DeleteDue => UnfinishedStage::DeleteDue,
            _ => UnfinishedStage::Renamed,
        };
        let (name, key_name, account) = match entry.intent {
            Intent::Subaccount { name, then_key } => (name, then_key, entry.account),
            Intent::Key {
                account,
                account_name,
                name,
            } => (account_name, Some(name), Some(account)),
        };
        Unfinished {
            id: entry.id,
            stage,
            name,
            key_name,
            is_subaccount,
            account,
            key: entry.key.or(held),
            running: self.lanes.is_taken(&Lane::Entry(entry.id)),
            started_at: entry.created_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(stage: UnfinishedStage, running: bool) -> Unfinished {
        Unfinished {
            id: EntryId::new(1),
            stage,
            name: "Acme".to_owned(),
            key_name: None,
            is_subaccount: false,
            account: None,
            key: None,
            running,
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
