use terms::{Money, Region, Tag};
use vault::{Activity, ActivityKind, Connection, Intent, Spend, Subaccount, TwilioKey};

use super::credentials::save_credential;
use super::{account, key, open, time};

fn connected(number: u32) -> Connection {
    Connection {
        account: account(number),
        name: "Harbour Monitoring".into(),
        kind: "Full".into(),
        connected_at: time("2026-03-01T10:00:00Z"),
        balance: "1234.5670 USD".parse().ok(),
        refreshed_at: Some(time("2026-03-02T10:00:00.000000001Z")),
    }
}

pub(crate) fn row(number: u32, name: &str) -> Subaccount {
    Subaccount {
        parent: Some(account(1_000)),
        account: account(number),
        name: name.into(),
        status: terms::AccountStatus::Active,
        created_at: Some(time("2025-01-02T03:04:05Z")),
        missing_since: None,
    }
}

fn twilio_key(number: u32, name: &str) -> TwilioKey {
    TwilioKey {
        region: Region::Us1,
        key: key(number),
        name: name.into(),
        created_at: None,
    }
}

#[tokio::test]
async fn a_connection_is_kept_replaced_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    assert_eq!(records.connection().await.unwrap(), None);
    records.save_connection(connected(1)).await.unwrap();
    assert_eq!(records.connection().await.unwrap(), Some(connected(1)));
    let bare = Connection {
        balance: None,
        refreshed_at: None,
        ..connected(1)
    };
    records.save_connection(bare.clone()).await.unwrap();
    assert_eq!(records.connection().await.unwrap(), Some(bare));
    records.forget_connection().await.unwrap();
    assert_eq!(records.connection().await.unwrap(), None);
}

#[tokio::test]
async fn what_was_read_of_an_account_is_taken_in_only_while_that_one_is_connected() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let now = time("2026-03-01T00:00:00Z");
    let renew = async |number| {
        let balance = "10 EUR".parse().ok();
        records
            .renew_connection(account(number), Some("Renamed".to_owned()), balance)
            .await
            .unwrap();
        records.note_refreshed(account(number), now).await.unwrap();
        records.connection().await.unwrap()
    };
    assert_eq!(renew(1).await, None);
    records.save_connection(connected(1)).await.unwrap();
    assert_eq!(renew(2).await, Some(connected(1)));
    let renewed = Connection {
        name: "Renamed".to_owned(),
        balance: "10 EUR".parse().ok(),
        refreshed_at: Some(now),
        ..connected(1)
    };
    assert_eq!(renew(1).await, Some(renewed.clone()));
    records
        .renew_connection(account(1), None, None)
        .await
        .unwrap();
    assert_eq!(records.connection().await.unwrap(), Some(renewed));
}

#[tokio::test]
async fn another_accounts_lists_are_not_mixed_with_this_ones() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    records.save_connection(connected(1)).await.unwrap();
    save_credential(&records, 11).await;
    let read_at = jiff::Timestamp::now();
    records
        .replace_subaccounts(vec![row(10, "Ten"), row(11, "Eleven")], read_at)
        .await
        .unwrap();
    records
        .replace_keys(account(10), vec![twilio_key(10, "k")], read_at)
        .await
        .unwrap();
    records.save_connection(connected(1)).await.unwrap();
    assert_eq!(
        records.subaccounts().await.unwrap().0.len(),
        2,
        "connecting the same account again keeps its lists"
    );
    records.save_connection(connected(2)).await.unwrap();
    let (rows, read) = records.subaccounts().await.unwrap();
    assert_eq!(
        rows.iter()
            .map(|row| row.account.clone())
            .collect::<Vec<_>>(),
        [account(11)]
    );
    assert_eq!(read, None);
    assert_eq!(records.all_keys().await.unwrap(), []);
    assert_eq!(records.credentials().await.unwrap().len(), 1);
}

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
    records.adopt(entry.id, row(9, "New")).await.unwrap();
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
    records.adopt(entry.id, row(9, "New")).await.unwrap();
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

#[tokio::test]
async fn hostile_names_are_only_names() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let names = [
        "'); DROP TABLE journal; --",
        "<img onerror=x>",
        "=cmd()",
        "\u{202e}evil",
        "👨‍👩‍👧",
        "a\0b",
        "",
    ];
    for (number, name) in (1..).zip(names) {
        let seen_at = jiff::Timestamp::now();
        records
            .upsert_subaccount(row(number, name), seen_at)
            .await
            .unwrap();
        let (rows, _) = records.subaccounts().await.unwrap();
        assert!(
            rows.iter()
                .any(|row| row.account == account(number) && row.name == name),
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn a_disk_with_room_passes_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    assert!(vault::free_space(folder.path()).unwrap() > 0);
    records.check_disk().await.unwrap();
    // Windows tells it of the disk that a missing folder would be on.
    if cfg!(unix) {
        assert!(vault::free_space(&folder.path().join("not there")).is_err());
    }
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
async fn a_subaccount_whose_name_cannot_be_read_keeps_the_name_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    save_credential(&records, 1).await;
    let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
    records
        .replace_subaccounts(vec![row(1, "Acme")], later)
        .await
        .unwrap();
    records
        .replace_subaccounts(vec![row(1, ""), row(2, "")], later)
        .await
        .unwrap();
    let (rows, _) = records.subaccounts().await.unwrap();
    assert_eq!(rows, [row(2, ""), row(1, "Acme")]);
    let credentials = records.credentials().await.unwrap();
    assert_eq!(credentials[0].account_name, "Acme");
}

#[tokio::test]
async fn odd_names_read_back_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let names = [
        "Kiosk \u{fffd}",
        "\u{202e}eno\u{7}\0",
        "a\tb\r\nc",
        "\"'; --",
    ];
    let rows: Vec<Subaccount> = (1..).zip(names).map(|(n, name)| row(n, name)).collect();
    let now = time("2026-01-01T00:00:00Z");
    records
        .replace_subaccounts(rows.clone(), now)
        .await
        .unwrap();
    for row in rows {
        let read = records.subaccount(row.account.clone()).await.unwrap();
        assert_eq!(read, Some(row));
    }
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
        let kept = Activity {
            at: now,
            account: Some(account(number)),
            key: None,
            what: ActivityKind::KeyCreated,
            detail: name.into(),
        };
        records.note_activity(kept).await.unwrap();
    }
    super::opening::close(records, folder.path()).await;
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
