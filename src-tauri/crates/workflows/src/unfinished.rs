//! What was begun and is not finished, for the user to see and decide on.

use vault::{Entry, EntryId, Intent, Stage};

use crate::failure::{Changed, Problem};
use crate::lanes::Lane;
use crate::view::{FailureKind, FailureView, Unfinished, UnfinishedStage, UnfinishedWhat};
use crate::workspace::Workspace;

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
        let held = self.unsaved.of(entry.id).map(|(key, _)| key);
        let what = match entry.intent {
            Intent::Subaccount { .. } => UnfinishedWhat::Subaccount,
            Intent::Key { .. } => UnfinishedWhat::Key,
        };
        let stage = match entry.stage {
            Stage::Planned => UnfinishedStage::Planned,
            Stage::Sent if held.is_some() => UnfinishedStage::HeldInMemory,
            Stage::Sent => UnfinishedStage::Sent,
            Stage::Adopted => UnfinishedStage::SubaccountMade,
            Stage::Renamed if what == UnfinishedWhat::Subaccount => UnfinishedStage::SubaccountMade,
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
                ..
            } => (account_name, Some(name), Some(account)),
        };
        let running = self.lanes.is_taken(&Lane::Entry(entry.id));
        let key = entry.key.or(held);
        Unfinished {
            id: entry.id,
            what,
            name,
            key_name,
            account,
            problem: self
                .last_failures
                .of(entry.id)
                .or_else(|| serde_json::from_str(entry.reason.as_deref()?).ok())
                .or_else(|| what_is_missing(stage)),
            running,
            can_finish: !running && stage != UnfinishedStage::Planned,
            can_delete: !running && key.is_some(),
            key,
            stage,
            started_at: entry.created_at,
        }
    }

    /// Keeps what stopped something unfinished, until it is gone on with.
    pub async fn note_failure(&self, failure: &FailureView) {
        let Some(entry) = failure.unfinished else {
            return;
        };
        let entry = EntryId::new(i64::from(entry));
        let reason = serde_json::to_string(failure).ok();
        match self.records.note_reason(entry, reason).await {
            Ok(_) => self.last_failures.forget(entry),
            // A full disk is what it may be about.
            Err(_) => self.last_failures.note(entry, failure),
        }
    }

    /// What stopped it is overcome, or is tried again.
    pub async fn forget_failure(&self, entry: EntryId) {
        self.last_failures.forget(entry);
        // It is only that it is still told what stopped it before.
        let _ = self.records.note_reason(entry, None).await;
    }
}

/// Where nothing stopped it, the stage says what is still to be done.
fn what_is_missing(stage: UnfinishedStage) -> Option<FailureView> {
    let kind = match stage {
        UnfinishedStage::Sealed => FailureKind::SecretSealedOnly,
        UnfinishedStage::Kept | UnfinishedStage::Renamed => FailureKind::NotProvedYet,
        _ => return None,
    };
    Some(FailureView {
        changed: Changed::Yes,
        ..FailureView::of(kind)
    })
}
