//! The connected account, and what is of another one.

use vault::Connection;

use super::{connected, row, twilio_key};
use crate::credentials::save_credential;
use crate::{account, open, time};

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
