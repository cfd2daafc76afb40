//! What is kept beside the lists: spend, activity and preferences.

use terms::Money;
use vault::{Activity, ActivityFilter, ActivityKind, Spend};

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
        let activity = Activity::of_this_user(at, what, Some(account(1)), None, "x");
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
async fn of_what_happened_the_newest_that_was_asked_for_is_told_and_how_much_of_it_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    for (day, number, what) in [
        (1, 1, ActivityKind::KeyCreated),
        (2, 2, ActivityKind::KeyCreated),
        (3, 1, ActivityKind::HandedOver),
        (4, 1, ActivityKind::KeyCreated),
    ] {
        let at = time(&format!("2026-01-0{day}T00:00:00Z"));
        let activity = Activity::of_this_user(at, what, Some(account(number)), None, "");
        records.note_activity(activity).await.unwrap();
    }
    let of_one = ActivityFilter {
        accounts: Some(vec![account(1)]),
        ..ActivityFilter::default()
    };
    let created = ActivityFilter {
        kinds: Some(vec![ActivityKind::KeyCreated]),
        ..ActivityFilter::default()
    };
    let nothing = ActivityFilter {
        accounts: Some(Vec::new()),
        ..ActivityFilter::default()
    };
    let between = ActivityFilter {
        since: Some(time("2026-01-02T00:00:00Z")),
        until: Some(time("2026-01-04T00:00:00Z")),
        ..ActivityFilter::default()
    };
    let both = ActivityFilter {
        accounts: Some(vec![account(1), account(2)]),
        ..created.clone()
    };
    for (filter, limit, days, count) in [
        (ActivityFilter::default(), 10, vec![4, 3, 2, 1], 4),
        (of_one, 2, vec![4, 3], 3),
        (created, 10, vec![4, 2, 1], 3),
        (both, 1, vec![4], 3),
        (between, 10, vec![3, 2], 2),
        (nothing, 10, vec![], 0),
    ] {
        let found = records.find_activity(filter.clone(), limit).await.unwrap();
        let told: Vec<_> = found.newest.iter().map(|(one, _)| one.at).collect();
        let expected: Vec<_> = days
            .iter()
            .map(|day| time(&format!("2026-01-0{day}T00:00:00Z")))
            .collect();
        assert_eq!((told, found.count), (expected, count), "{filter:?}");
    }
}

#[tokio::test]
async fn what_happened_names_who_did_it_and_twilios_request() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let at = time("2026-01-01T00:00:00Z");
    let done = Activity::of_this_user(at, ActivityKind::KeyDeleted, None, None, "");
    let done = done.with_request(Some("RQ-invented".to_owned()));
    records.note_activity(done).await.unwrap();
    let told = records.activity(None, 1).await.unwrap().remove(0);
    assert_eq!(told.request_id.as_deref(), Some("RQ-invented"));
    let by = told.by.expect("somebody runs this");
    assert!(!by.name.is_empty());
    assert_eq!(Some(by), vault::ComputerUser::of_this_process());
}

#[tokio::test]
async fn what_happened_is_told_with_the_name_that_its_subaccount_has_now() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    for account in [Some(account(1)), Some(account(9)), None] {
        let activity = Activity::of_this_user(
            time("2026-01-01T00:00:00Z"),
            ActivityKind::SubaccountCreated,
            account,
            None,
            "A",
        );
        records.note_activity(activity).await.unwrap();
    }
    for name in ["A", "A renamed"] {
        records
            .replace_subaccounts(vec![row(1, name)], time("2026-01-01T00:00:01Z"))
            .await
            .unwrap();
        let told = records
            .find_activity(ActivityFilter::default(), 10)
            .await
            .unwrap();
        let names: Vec<_> = told.newest.into_iter().map(|(_, name)| name).collect();
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
