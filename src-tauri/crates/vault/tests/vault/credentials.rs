use terms::Tag;
use vault::{ActivityKind, DeletedBy, HandOver, Kept, Records, RecordsError};

use super::records::row;
use super::{account, key, key_intent, open, sealed, time};

/// Saves a credential of key and account `number`.
pub(crate) async fn save_credential(records: &Records, number: u32) {
    let entry = records
        .plan(key_intent(number), account(0), Tag::random())
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    records.seal(entry.id, sealed(number), None).await.unwrap();
    for stage in [vault::Stage::Kept, vault::Stage::Renamed] {
        records.advance(entry.id, stage).await.unwrap();
    }
    records.commit(entry.id, None).await.unwrap();
}

#[tokio::test]
async fn a_credential_follows_the_name_of_its_account() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    save_credential(&records, 1).await;
    records
        .upsert_subaccount(row(1, "New name"), jiff::Timestamp::now())
        .await
        .unwrap();
    assert_eq!(
        records
            .credential(key(1))
            .await
            .unwrap()
            .unwrap()
            .account_name,
        "New name"
    );
}

#[tokio::test]
async fn a_hand_over_is_recorded_with_its_time_and_service() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    save_credential(&records, 1).await;
    let (later, done) = (time("2100-01-01T00:00:00Z"), time("2100-01-02T00:00:00Z"));
    records.postpone_hand_over(key(1), later).await.unwrap();
    assert_eq!(
        records
            .credential(key(1))
            .await
            .unwrap()
            .unwrap()
            .postponed_at,
        Some(later)
    );
    let hand_over = HandOver {
        at: done,
        service: "DicksonOne".into(),
    };
    records
        .record_hand_over(key(1), hand_over.clone())
        .await
        .unwrap();
    let credential = records.credential(key(1)).await.unwrap().unwrap();
    assert_eq!(
        (credential.handed_over, credential.postponed_at),
        (Some(hand_over), None)
    );
    let activity = records.activity(Some(account(1)), 2).await.unwrap();
    let seen: Vec<_> = activity
        .iter()
        .map(|activity| (activity.what, activity.detail.as_str()))
        .collect();
    let postponed = (ActivityKind::HandOverPostponed, "Customer 1 - DicksonOne");
    assert_eq!(seen, [(ActivityKind::HandedOver, "DicksonOne"), postponed]);
}

#[tokio::test]
async fn a_credential_is_found_by_key_and_account_and_removed_with_its_sealed_copy() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    save_credential(&records, 1).await;
    save_credential(&records, 2).await;
    assert_eq!(records.credentials().await.unwrap().len(), 2);
    assert_eq!(
        records.credentials_of(account(2)).await.unwrap()[0].key,
        key(2)
    );
    records.mark_kept(key(1), Kept::SealedOnly).await.unwrap();
    records
        .mark_proved(key(1), time("2026-01-01T00:00:00Z"))
        .await
        .unwrap();
    records
        .mark_removed_at_twilio(
            key(1),
            time("2026-01-02T00:00:00Z"),
            DeletedBy::SomebodyElse,
        )
        .await
        .unwrap();
    let credential = records.credential(key(1)).await.unwrap().unwrap();
    assert_eq!(credential.kept, Kept::SealedOnly);
    assert_eq!(credential.proved_at, Some(time("2026-01-01T00:00:00Z")));
    assert_eq!(
        credential.removed_at_twilio,
        Some(time("2026-01-02T00:00:00Z"))
    );
    records.remove_credential(key(1)).await.unwrap();
    assert_eq!(records.credential(key(1)).await.unwrap(), None);
    assert_eq!(records.sealed_copy(key(1)).await.unwrap(), None);
    let activity = records.activity(None, 10).await.unwrap();
    let last = &activity[0];
    assert_eq!(
        (last.what, &last.key),
        (ActivityKind::CredentialRemoved, &Some(key(1)))
    );
    assert!(last.by.is_some());
    let mut deletions = activity.iter();
    let deleted = deletions.find(|one| one.what == ActivityKind::KeyDeleted);
    assert_eq!(deleted.unwrap().by, None, "somebody deleted it elsewhere");
}

#[tokio::test]
async fn nothing_is_noted_of_a_credential_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let now = time("2026-01-01T00:00:00Z");
    let hand_over = HandOver {
        at: now,
        service: "DicksonOne".into(),
    };
    for answer in [
        records.mark_kept(key(1), Kept::InKeychain).await,
        records.mark_proved(key(1), now).await,
        records.record_hand_over(key(1), hand_over).await,
        records.postpone_hand_over(key(1), now).await,
        records
            .mark_removed_at_twilio(key(1), now, DeletedBy::SomebodyElse)
            .await,
        records.remove_credential(key(1)).await,
    ] {
        assert_eq!(answer, Err(RecordsError::NoSuchCredential));
    }
    assert_eq!(records.activity(None, 10).await.unwrap(), []);
}
