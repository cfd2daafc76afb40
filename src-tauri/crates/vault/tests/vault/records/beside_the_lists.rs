//! What is kept beside the lists: spend, activity and preferences.

use terms::Money;
use vault::{Activity, ActivityKind, Spend};

use super::row;
use crate::{account, open, time};

#[tokio::test]
async fn money_is_kept_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    for (number, amount) in [
        (1, "0.1"),
        (2, "-12.345678901234567890"),
        (3, "79228162514264337593543950335"),
    ] {
        let spend = Spend {
            account: account(number),
            money: Money::parse(amount, "EUR").unwrap(),
            as_of: Some(time("2026-01-31T00:00:00Z")),
            read_at: time("2026-02-01T00:00:00Z"),
        };
        records.save_spend(spend.clone()).await.unwrap();
        records.save_spend(spend.clone()).await.unwrap();
        assert_eq!(records.all_spend().await.unwrap().last(), Some(&spend));
    }
    assert_eq!(records.all_spend().await.unwrap().len(), 3);
}

#[tokio::test]
async fn every_kind_of_activity_is_kept_and_told_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let mut expected = Vec::new();
    for (second, &what) in ActivityKind::ALL.iter().enumerate() {
        let at = time("2026-01-01T00:00:00Z")
            + jiff::SignedDuration::from_secs(i64::try_from(second).unwrap());
        let activity = Activity {
            at,
            account: Some(account(1)),
            key: None,
            what,
            detail: "x".into(),
        };
        records.note_activity(activity.clone()).await.unwrap();
        expected.insert(0, activity);
    }
    assert_eq!(records.activity(None, 1_000).await.unwrap(), expected);
    assert_eq!(
        records.activity(Some(account(1)), 2).await.unwrap(),
        expected[..2]
    );
    assert_eq!(records.activity(Some(account(2)), 2).await.unwrap(), []);
}

#[tokio::test]
async fn what_happened_is_told_with_the_name_that_its_subaccount_has_now() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    for account in [Some(account(1)), Some(account(9)), None] {
        let activity = Activity {
            at: time("2026-01-01T00:00:00Z"),
            account,
            key: None,
            what: ActivityKind::SubaccountCreated,
            detail: "A".into(),
        };
        records.note_activity(activity).await.unwrap();
    }
    for name in ["A", "A renamed"] {
        records
            .replace_subaccounts(vec![row(1, name)], time("2026-01-01T00:00:01Z"))
            .await
            .unwrap();
        let told = records.named_activity(None, 10).await.unwrap();
        let names: Vec<_> = told.into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, [None, None, Some(name.to_owned())]);
    }
}

#[tokio::test]
async fn preferences_are_kept_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    assert_eq!(records.preference("theme").await.unwrap(), None);
    records.set_preference("theme", "\"dark\"").await.unwrap();
    records.set_preference("theme", "\"light\"").await.unwrap();
    assert_eq!(
        records.preference("theme").await.unwrap().as_deref(),
        Some("\"light\"")
    );
}
