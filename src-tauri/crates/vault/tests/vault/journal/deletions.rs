//! Keys that are looked for, and keys that are deleted again.

use terms::Tag;
use vault::{RecordsError, Stage};

use super::take;
use crate::{account, key, key_intent, open, time};

#[tokio::test]
async fn a_key_whose_secret_never_arrived_is_deleted_by_its_sid() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let entry = records
        .plan(key_intent(1), account(0), Tag::random())
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    let nameless = records.advance(entry.id, Stage::DeleteDue).await;
    assert_eq!(
        nameless,
        Err(RecordsError::WrongStep {
            from: Stage::Sent,
            to: Stage::DeleteDue
        })
    );
    let due = records.mark_delete_due(entry.id, key(1)).await.unwrap();
    assert_eq!((due.stage, due.key), (Stage::DeleteDue, Some(key(1))));
    records.advance(entry.id, Stage::Revoked).await.unwrap();
    assert_eq!(records.open_entries().await.unwrap(), []);
}

#[tokio::test]
async fn a_key_that_is_deleted_after_all_marks_its_credential() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let entry = records
        .plan(key_intent(1), account(0), Tag::random())
        .await
        .unwrap();
    for stage in [Stage::Sent, Stage::Sealed] {
        take(&records, entry.id, 1, stage).await.unwrap();
    }
    assert_eq!(
        records.mark_delete_due(entry.id, key(2)).await,
        Err(RecordsError::WrongEntry)
    );
    records.advance(entry.id, Stage::DeleteDue).await.unwrap();
    records.advance(entry.id, Stage::Revoked).await.unwrap();
    assert!(
        records
            .credential(key(1))
            .await
            .unwrap()
            .unwrap()
            .removed_at_twilio
            .is_some()
    );
    assert_eq!(records.keys(account(1)).await.unwrap().0, []);
}

#[tokio::test]
async fn looks_and_problems_are_noted() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let entry = records
        .plan(key_intent(1), account(0), Tag::random())
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    records
        .note_lookup(entry.id, time("2026-01-01T00:00:00Z"))
        .await
        .unwrap();
    let looked = records
        .note_lookup(entry.id, time("2026-01-01T00:05:00Z"))
        .await
        .unwrap();
    assert_eq!(
        (looked.looks, looked.last_look),
        (2, Some(time("2026-01-01T00:05:00Z")))
    );
    let reason = Some("{\"kind\":\"keychainLocked\"}".to_owned());
    let noted = records.note_reason(entry.id, reason.clone()).await.unwrap();
    assert_eq!(noted.reason, reason);
    let closed = records.advance(entry.id, Stage::NotCreated).await.unwrap();
    assert_eq!(closed.reason, None, "a reason belongs to its stage");
}
