//! Names of subaccounts, whatever is in them.

use vault::Subaccount;

use super::row;
use crate::credentials::save_credential;
use crate::{account, open, time};

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
