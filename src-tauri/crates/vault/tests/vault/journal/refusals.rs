//! Steps that are refused, and change nothing.

use terms::Tag;
use vault::{EntryId, RecordsError, Stage};

use super::take;
use crate::{account, key, key_intent, open, sealed, time};

#[tokio::test]
async fn a_sealed_copy_is_only_taken_for_the_account_of_its_entry() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let entry = records
        .plan(key_intent(1), account(0), Tag::random())
        .await
        .unwrap();
    let sent = records.mark_sent(entry.id).await.unwrap();
    assert_eq!(
        records.seal(entry.id, sealed(2), None).await,
        Err(RecordsError::WrongEntry)
    );
    assert_eq!(records.entry(entry.id).await.unwrap(), sent);
    assert_eq!(records.credentials().await.unwrap(), []);
}

#[tokio::test]
async fn sealing_is_one_transaction() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let first = records
        .plan(key_intent(1), account(0), Tag::random())
        .await
        .unwrap();
    records.mark_sent(first.id).await.unwrap();
    records.seal(first.id, sealed(1), None).await.unwrap();
    // The same key once more, through another entry: the credential's row refuses it, so nothing of the rest may stay.
    let second = records
        .plan(key_intent(1), account(0), Tag::random())
        .await
        .unwrap();
    let sent = records.mark_sent(second.id).await.unwrap();
    assert!(matches!(
        records.seal(second.id, sealed(1), None).await,
        Err(RecordsError::Database(_))
    ));
    assert_eq!(records.entry(second.id).await.unwrap(), sent);
    assert_eq!(records.credentials().await.unwrap().len(), 1);
}

#[tokio::test]
async fn committing_is_one_transaction() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let entry = records
        .plan(key_intent(1), account(0), Tag::random())
        .await
        .unwrap();
    for stage in [Stage::Sent, Stage::Sealed, Stage::Kept, Stage::Renamed] {
        take(&records, entry.id, 1, stage).await.unwrap();
    }
    records.remove_credential(key(1)).await.unwrap();
    let before = records.activity(None, 10).await.unwrap();
    assert_eq!(
        records
            .commit(entry.id, Some(time("2026-01-01T00:00:00Z")))
            .await,
        Err(RecordsError::NoSuchCredential)
    );
    assert_eq!(records.entry(entry.id).await.unwrap().stage, Stage::Renamed);
    assert_eq!(records.activity(None, 10).await.unwrap(), before);
}

#[tokio::test]
async fn a_tag_is_used_once() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let tag = Tag::random();
    records
        .plan(key_intent(1), account(0), tag.clone())
        .await
        .unwrap();
    assert!(matches!(
        records.plan(key_intent(2), account(0), tag).await,
        Err(RecordsError::Database(_))
    ));
    assert_eq!(records.open_entries().await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_entry_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let id = EntryId::new(7);
    assert_eq!(records.entry(id).await, Err(RecordsError::NoSuchEntry(id)));
    assert_eq!(
        records.mark_sent(id).await,
        Err(RecordsError::NoSuchEntry(id))
    );
    assert_eq!(
        records.note_lookup(id, time("2026-01-01T00:00:00Z")).await,
        Err(RecordsError::NoSuchEntry(id))
    );
}
