//! The lists of subaccounts and of keys.

use terms::Tag;
use vault::{Activity, ActivityKind, Intent, Subaccount};

use super::{row, twilio_key};
use crate::credentials::save_credential;
use crate::{account, open, time};

#[tokio::test]
async fn a_list_replaces_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    assert_eq!(records.subaccounts().await.unwrap(), (vec![], None));
    let (first, second) = (time("2026-01-01T00:00:00Z"), time("2026-01-02T00:00:00Z"));
    records
        .replace_subaccounts(vec![row(2, "B"), row(1, "A")], first)
        .await
        .unwrap();
    assert_eq!(
        records.subaccounts().await.unwrap(),
        (vec![row(1, "A"), row(2, "B")], Some(first))
    );
    records
        .replace_subaccounts(vec![row(2, "B new"), row(3, "C")], second)
        .await
        .unwrap();
    assert_eq!(
        records.subaccounts().await.unwrap(),
        (vec![row(2, "B new"), row(3, "C")], Some(second))
    );
}

#[tokio::test]
async fn a_subaccount_that_vanished_stays_while_a_credential_of_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    save_credential(&records, 1).await;
    let soon = |hours| jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours);
    records
        .replace_subaccounts(vec![row(1, "A"), row(2, "B")], soon(1))
        .await
        .unwrap();
    let (gone, later) = (soon(2), soon(3));
    records.replace_subaccounts(vec![], gone).await.unwrap();
    let expected = Subaccount {
        missing_since: Some(gone),
        ..row(1, "A")
    };
    assert_eq!(
        records.subaccounts().await.unwrap().0,
        std::slice::from_ref(&expected)
    );
    records.replace_subaccounts(vec![], later).await.unwrap();
    assert_eq!(
        records.subaccounts().await.unwrap().0,
        [expected],
        "the first time it was missed is kept"
    );
    records
        .replace_subaccounts(vec![row(1, "A")], soon(4))
        .await
        .unwrap();
    assert_eq!(
        records.subaccounts().await.unwrap().0,
        [row(1, "A")],
        "it is back"
    );
}

#[tokio::test]
async fn a_list_that_began_before_a_creation_does_not_undo_it() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let began = jiff::Timestamp::now() - jiff::SignedDuration::from_secs(5);
    let intent = Intent::Subaccount {
        name: "New".into(),
        then_key: None,
    };
    let entry = records
        .plan(intent, account(0), Tag::random())
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    records.adopt(entry.id, row(9, "New"), None).await.unwrap();
    records
        .upsert_subaccount(row(8, "Renamed"), jiff::Timestamp::now())
        .await
        .unwrap();
    records
        .replace_subaccounts(vec![row(8, "Old name")], began)
        .await
        .unwrap();
    assert_eq!(
        records.subaccounts().await.unwrap().0,
        [row(9, "New"), row(8, "Renamed")]
    );
}

#[tokio::test]
async fn an_unfinished_subaccount_is_not_dropped_by_a_list_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let intent = Intent::Subaccount {
        name: "New".into(),
        then_key: None,
    };
    let entry = records
        .plan(intent, account(0), Tag::random())
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    records.adopt(entry.id, row(9, "New"), None).await.unwrap();
    let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
    records.replace_subaccounts(vec![], later).await.unwrap();
    assert_eq!(
        records.subaccounts().await.unwrap().0[0].missing_since,
        Some(later)
    );
}

#[tokio::test]
async fn keys_are_kept_by_account() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let (first, second) = (time("2026-01-01T00:00:00Z"), time("2026-01-02T00:00:00Z"));
    records
        .replace_keys(
            account(1),
            vec![twilio_key(2, "b"), twilio_key(1, "a")],
            first,
        )
        .await
        .unwrap();
    records
        .replace_keys(account(2), vec![twilio_key(3, "")], first)
        .await
        .unwrap();
    assert_eq!(
        records.keys(account(1)).await.unwrap(),
        (vec![twilio_key(1, "a"), twilio_key(2, "b")], Some(first))
    );
    records
        .replace_keys(account(1), vec![twilio_key(2, "b")], second)
        .await
        .unwrap();
    assert_eq!(
        records.keys(account(1)).await.unwrap(),
        (vec![twilio_key(2, "b")], Some(second))
    );
    let all = vec![
        (account(1), twilio_key(2, "b")),
        (account(2), twilio_key(3, "")),
    ];
    assert_eq!(records.all_keys().await.unwrap(), all);
    assert_eq!(records.keys(account(3)).await.unwrap(), (vec![], None));
}

#[tokio::test]
async fn a_list_that_is_not_whole_adds_and_renews_and_takes_nothing_away() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let (first, second) = (time("2026-01-01T00:00:00Z"), time("2026-01-02T00:00:00Z"));
    records
        .replace_subaccounts(vec![row(1, "A"), row(2, "B")], first)
        .await
        .unwrap();
    records
        .take_in_subaccounts(vec![row(2, "B new"), row(3, "C")], second)
        .await
        .unwrap();
    assert_eq!(
        records.subaccounts().await.unwrap(),
        (
            vec![row(1, "A"), row(2, "B new"), row(3, "C")],
            Some(second)
        )
    );
    records
        .replace_keys(account(1), vec![twilio_key(1, "a")], first)
        .await
        .unwrap();
    records
        .take_in_keys(account(1), vec![twilio_key(2, "b")], second)
        .await
        .unwrap();
    assert_eq!(
        records.keys(account(1)).await.unwrap(),
        (vec![twilio_key(1, "a"), twilio_key(2, "b")], Some(second))
    );
}

#[tokio::test]
async fn one_row_that_cannot_be_read_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let now = time("2026-01-01T00:00:00Z");
    let records = open(folder.path()).await;
    records
        .replace_subaccounts(vec![row(1, "A"), row(2, "B")], now)
        .await
        .unwrap();
    for (number, name) in [(1, "a"), (2, "b")] {
        records
            .replace_keys(account(number), vec![twilio_key(number, name)], now)
            .await
            .unwrap();
        let kept = Activity::of_this_user(
            now,
            ActivityKind::KeyCreated,
            Some(account(number)),
            None,
            name,
        );
        records.note_activity(kept).await.unwrap();
    }
    crate::reopening::close(records, folder.path()).await;
    rusqlite::Connection::open(folder.path().join("records.db"))
        .unwrap()
        .execute_batch(
            "UPDATE subaccount SET created_at = 'long ago' WHERE name = 'A';
             UPDATE twilio_key SET created_at = 'long ago' WHERE name = 'a';
             UPDATE activity SET what = 'something new' WHERE detail = 'a';",
        )
        .unwrap();
    let records = open(folder.path()).await;
    assert_eq!(records.subaccounts().await.unwrap().0, [row(2, "B")]);
    assert_eq!(records.all_keys().await.unwrap().len(), 1);
    assert_eq!(records.activity(None, 10).await.unwrap().len(), 1);
}
