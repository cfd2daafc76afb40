//! A key and a subaccount, from the plan to the commit.

use terms::Tag;
use vault::{Activity, ActivityKind, HandOver, Intent, Kept, RecordsError, Stage};

use super::{subaccount, subaccount_intent, take};
use crate::{account, key, key_intent, open, sealed, time};

#[tokio::test]
async fn a_key_is_written_down_from_plan_to_commit() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let tag = Tag::random();
    let planned = records
        .plan(key_intent(5), account(0), tag.clone())
        .await
        .unwrap();
    assert_eq!(
        (planned.stage, &planned.tag, &planned.parent),
        (Stage::Planned, &tag, &account(0))
    );
    assert_eq!(
        (planned.account.as_ref(), planned.key.as_ref()),
        (Some(&account(5)), None)
    );
    assert_eq!(
        records.open_entries().await.unwrap(),
        std::slice::from_ref(&planned)
    );
    records.mark_sent(planned.id).await.unwrap();

    let sealed_entry = records.seal(planned.id, sealed(5), None).await.unwrap();
    assert_eq!(
        (sealed_entry.stage, sealed_entry.key),
        (Stage::Sealed, Some(key(5)))
    );
    let credential = records.credential(key(5)).await.unwrap().unwrap();
    assert_eq!(credential.kept, Kept::SealedOnly);
    assert_eq!(credential.key_name, "Customer 5 - DicksonOne");
    assert_eq!(credential.account_name, "Customer 5");
    assert!(records.sealed_copy(key(5)).await.unwrap().is_some());
    let (keys, _) = records.keys(account(5)).await.unwrap();
    assert_eq!(keys[0].name, tag.mark("Customer 5 - DicksonOne"));

    records.advance(planned.id, Stage::Kept).await.unwrap();
    assert_eq!(
        records.credential(key(5)).await.unwrap().unwrap().kept,
        Kept::InKeychain
    );
    records.advance(planned.id, Stage::Renamed).await.unwrap();
    let (keys, _) = records.keys(account(5)).await.unwrap();
    assert_eq!(keys[0].name, "Customer 5 - DicksonOne");

    let proved_at = time("2026-05-06T07:08:09.123456789Z");
    let committed = records.commit(planned.id, Some(proved_at)).await.unwrap();
    assert_eq!(committed.stage, Stage::Committed);
    assert_eq!(
        records.credential(key(5)).await.unwrap().unwrap().proved_at,
        Some(proved_at)
    );
    assert_eq!(records.open_entries().await.unwrap(), []);
    assert_eq!(records.entries_of(account(5)).await.unwrap(), [committed]);
    let activity = records.activity(Some(account(5)), 10).await.unwrap();
    let [
        Activity {
            what,
            key: Some(noted),
            detail,
            ..
        },
    ] = activity.as_slice()
    else {
        panic!("{activity:?}")
    };
    assert_eq!(
        (*what, noted, detail.as_str()),
        (ActivityKind::KeyCreated, &key(5), "Customer 5 - DicksonOne")
    );
}

#[tokio::test]
async fn a_subaccount_leads_to_exactly_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let first = records
        .plan(subaccount_intent(), account(0), Tag::random())
        .await
        .unwrap();
    let early = records.plan_key_after(first.id, Tag::random()).await;
    assert_eq!(
        early,
        Err(RecordsError::WrongEntry),
        "its account is not known yet"
    );
    records.mark_sent(first.id).await.unwrap();
    let adopted = records
        .adopt(first.id, subaccount(9, &first.tag.mark("Acme")), None)
        .await
        .unwrap();
    assert_eq!(adopted.account, Some(account(9)));
    assert_eq!(
        records.subaccounts().await.unwrap().0[0].account,
        account(9)
    );

    let planned = records
        .plan_key_after(first.id, Tag::random())
        .await
        .unwrap();
    let name = "Acme - DicksonOne".to_owned();
    assert_eq!(
        planned.intent,
        Intent::Key {
            account: account(9),
            account_name: "Acme".into(),
            name,
            replaces: None,
        }
    );
    assert_eq!(planned.follows, Some(first.id));
    assert_eq!(
        records
            .plan_key_after(first.id, Tag::random())
            .await
            .unwrap(),
        planned,
        "it is not planned twice"
    );

    records
        .advance(planned.id, Stage::NotCreated)
        .await
        .unwrap();
    let again = records
        .plan_key_after(first.id, Tag::random())
        .await
        .unwrap();
    assert_ne!(
        again.id, planned.id,
        "one that came to nothing is planned anew"
    );
    for stage in [
        Stage::Sent,
        Stage::Sealed,
        Stage::Kept,
        Stage::Renamed,
        Stage::Committed,
    ] {
        take(&records, again.id, 9, stage).await.unwrap();
    }
    assert_eq!(
        records
            .plan_key_after(first.id, Tag::random())
            .await
            .unwrap()
            .id,
        again.id
    );

    records.advance(first.id, Stage::Renamed).await.unwrap();
    assert_eq!(records.subaccounts().await.unwrap().0[0].name, "Acme");
    records.commit(first.id, None).await.unwrap();
    let activity = records.activity(None, 10).await.unwrap();
    let kinds: Vec<_> = activity.iter().map(|activity| activity.what).collect();
    assert_eq!(
        kinds,
        [ActivityKind::KeyCreated, ActivityKind::SubaccountCreated],
        "newest first: the subaccount was there before its key"
    );
}

#[tokio::test]
async fn what_was_made_is_in_the_activity_from_the_moment_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let kinds = async || -> Vec<ActivityKind> {
        let activity = records.activity(None, 10).await.unwrap();
        activity.iter().map(|one| one.what).collect()
    };
    let first = records
        .plan(subaccount_intent(), account(0), Tag::random())
        .await
        .unwrap();
    records.mark_sent(first.id).await.unwrap();
    take(&records, first.id, 9, Stage::Adopted).await.unwrap();
    assert_eq!(kinds().await, [ActivityKind::SubaccountCreated]);
    records.advance(first.id, Stage::Renamed).await.unwrap();
    let after = records
        .plan_key_after(first.id, Tag::random())
        .await
        .unwrap();
    take(&records, after.id, 9, Stage::Sent).await.unwrap();
    take(&records, after.id, 9, Stage::Sealed).await.unwrap();
    let made = [ActivityKind::KeyCreated, ActivityKind::SubaccountCreated];
    assert_eq!(kinds().await, made);
    take(&records, after.id, 9, Stage::Kept).await.unwrap();
    records
        .record_hand_over(
            key(9),
            HandOver {
                at: jiff::Timestamp::now(),
                service: "DicksonOne".to_owned(),
            },
        )
        .await
        .unwrap();
    take(&records, after.id, 9, Stage::Renamed).await.unwrap();
    take(&records, after.id, 9, Stage::Committed).await.unwrap();
    let all = [
        ActivityKind::HandedOver,
        ActivityKind::KeyCreated,
        ActivityKind::SubaccountCreated,
    ];
    assert_eq!(
        kinds().await,
        all,
        "each once, in the order in which it happened"
    );
    let activity = records.activity(None, 10).await.unwrap();
    assert!(activity.is_sorted_by(|later, earlier| later.at >= earlier.at));
}
