//! Entries of the journal, from the plan to the end.

mod creations;
mod deletions;
mod edges;
mod refusals;

use vault::{Entry, EntryId, Intent, Records, RecordsError, Stage, Subaccount};

use super::{account, key, sealed, time};

fn subaccount_intent() -> Intent {
    Intent::Subaccount {
        name: "Acme".into(),
        then_key: Some("Acme - DicksonOne".into()),
    }
}

fn subaccount(number: u32, name: &str) -> Subaccount {
    Subaccount {
        parent: None,
        account: account(number),
        name: name.to_owned(),
        status: terms::AccountStatus::Active,
        created_at: None,
        missing_since: None,
    }
}

/// Takes an entry to `stage` by the calls that belong to each stage.
async fn take(
    records: &Records,
    id: EntryId,
    number: u32,
    stage: Stage,
) -> Result<Entry, RecordsError> {
    match stage {
        Stage::Sent => records.mark_sent(id).await,
        Stage::Sealed => records.seal(id, sealed(number), None).await,
        Stage::Adopted => records.adopt(id, subaccount(number, "Acme"), None).await,
        Stage::Committed => records.commit(id, Some(time("2026-05-06T07:08:09Z"))).await,
        Stage::DeleteDue => records.mark_delete_due(id, key(number)).await,
        _ => records.advance(id, stage).await,
    }
}
