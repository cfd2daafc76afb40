//! What a backup puts back, and what of here it leaves as it is.

use jiff::Timestamp;
use terms::AccountStatus;
use vault::backup::{BackupFile, open as open_backup};
use vault::{HandOver, Subaccount};

use super::computer::Computer;
use super::{holding, kept_secret, write_to};
use crate::passphrases::{PASSPHRASE, typed};
use crate::{account, key, secret, time};

#[tokio::test]
async fn an_empty_computer_gets_everything_back() {
    let old = Computer::with_keys(1..=5).await;
    let document = old.gathered().await;
    let new = Computer::empty().await;
    let restored = new.restore(&document).await;
    assert_eq!((restored.credentials, restored.already_here), (5, 0));
    for number in 1..=5 {
        assert_eq!(new.opened(number).await, kept_secret(number));
        let credential = new.records.credential(key(number)).await.unwrap().unwrap();
        assert_eq!(credential.account_name, format!("Customer {number}"));
    }
    assert_eq!(new.records.subaccounts().await.unwrap().0.len(), 5);
    assert_eq!(new.records.proofs_due().await.unwrap().len(), 5);
    // Also who did it, on which computer.
    assert_eq!(
        new.records.activity(None, 99).await.unwrap(),
        old.records.activity(None, 99).await.unwrap()
    );
    let again = new.restore(&document).await;
    assert_eq!((again.credentials, again.already_here), (0, 5));
}

#[tokio::test]
async fn a_key_that_belongs_to_another_customer_here_gets_nothing_out_of_a_backup() {
    let computer = Computer::with_keys(1..=1).await;
    let before = computer.records.credential(key(1)).await.unwrap();
    let lost = crate::sealer()
        .seal(&kept_secret(1), &account(1), &key(1))
        .unwrap();
    let at = Timestamp::now();
    computer
        .records
        .replace_sealed_copy(lost.clone(), at)
        .await
        .unwrap();
    let mut document = holding("2026-03-01T10:00:00Z", &[1]);
    document.credentials[0].account_sid = account(2);
    computer.restore(&document).await;
    assert_eq!(computer.records.credential(key(1)).await.unwrap(), before);
    let copy = computer.records.sealed_copy(key(1)).await.unwrap();
    assert_eq!(copy, Some(lost), "the copy stays that of its own customer");
    assert_eq!(computer.records.proofs_due().await.unwrap(), []);
}

#[tokio::test]
async fn of_a_key_that_a_backup_holds_for_two_customers_neither_gets_the_others_secret() {
    let computer = Computer::empty().await;
    let mut document = holding("2026-03-01T10:00:00Z", &[1, 2]);
    document.credentials[1].api_key_sid = key(1);
    computer.restore(&document).await;
    let credential = computer.records.credential(key(1)).await.unwrap().unwrap();
    let copy = computer.records.sealed_copy(key(1)).await.unwrap().unwrap();
    assert_eq!(&credential.account, copy.account());
    assert_eq!(computer.opened(1).await, kept_secret(1));
}

#[tokio::test]
async fn what_is_newer_here_is_not_overwritten() {
    let computer = Computer::with_keys(1..=1).await;
    let at = |text: &str| HandOver {
        at: time(text),
        service: text.to_owned(),
    };
    let records = &computer.records;
    records
        .record_hand_over(key(1), at("2026-03-01T10:00:00Z"))
        .await
        .unwrap();
    records
        .mark_proved(key(1), time("2026-03-01T10:00:00Z"))
        .await
        .unwrap();
    let document = computer.gathered().await;
    records
        .record_hand_over(key(1), at("2026-05-01T10:00:00Z"))
        .await
        .unwrap();
    records
        .mark_proved(key(1), time("2026-05-01T10:00:00Z"))
        .await
        .unwrap();
    let renamed = Subaccount {
        parent: None,
        account: account(1),
        name: "Renamed since".to_owned(),
        status: AccountStatus::Suspended,
        created_at: None,
        missing_since: None,
    };
    records
        .upsert_subaccount(
            renamed,
            Timestamp::now() + jiff::SignedDuration::from_hours(1),
        )
        .await
        .unwrap();
    records
        .set_preference("preferences", "newer")
        .await
        .unwrap();
    let before = records.credential(key(1)).await.unwrap();
    computer.restore(&document).await;
    assert_eq!(records.credential(key(1)).await.unwrap(), before);
    assert_eq!(
        records.subaccounts().await.unwrap().0[0].name,
        "Renamed since"
    );
    assert_eq!(
        records.preference("preferences").await.unwrap().as_deref(),
        Some("newer")
    );
}

#[tokio::test]
async fn a_newer_hand_over_comes_out_of_the_backup() {
    let computer = Computer::with_keys(1..=1).await;
    let mut document = computer.gathered().await;
    document.credentials[0].handed_over_at = Some(time("2026-05-01T10:00:00Z"));
    document.credentials[0].handed_over_to = Some("n8n".to_owned());
    document.credentials[0].proved_at = Some(time("2026-05-02T10:00:00Z"));
    computer.restore(&document).await;
    let credential = computer.records.credential(key(1)).await.unwrap().unwrap();
    assert_eq!(credential.handed_over.unwrap().service, "n8n");
    assert_eq!(credential.proved_at, Some(time("2026-05-02T10:00:00Z")));
}

#[tokio::test]
async fn a_secret_that_was_lost_here_comes_back_and_one_that_is_here_stays() {
    let computer = Computer::with_keys(1..=2).await;
    let mut document = computer.gathered().await;
    document.credentials[1].api_secret = Some(secret("another secret for the same key"));
    let stranger = crate::sealer();
    let lost = stranger
        .seal(&kept_secret(1), &account(1), &key(1))
        .unwrap();
    computer
        .records
        .replace_sealed_copy(lost, Timestamp::now())
        .await
        .unwrap();
    let restored = computer.restore(&document).await;
    assert_eq!((restored.credentials, restored.already_here), (1, 1));
    assert_eq!(computer.opened(1).await, kept_secret(1));
    assert_eq!(computer.opened(2).await, kept_secret(2));
}

#[tokio::test]
async fn a_thousand_keys_are_gathered_written_and_restored() {
    let computer = Computer::with_keys(1..=1).await;
    let mut document = computer.gathered().await;
    for number in 2..=1_000 {
        let mut one: vault::backup::KeptCredential =
            serde_json::from_value(serde_json::to_value(&document.credentials[0]).unwrap())
                .unwrap();
        one.account_sid = account(number);
        one.api_key_sid = key(number);
        one.api_secret = Some(kept_secret(number));
        document.credentials.push(one);
    }
    let folder = tempfile::tempdir().unwrap();
    let made = write_to(folder.path(), &document).unwrap();
    let bytes = BackupFile::read(&made.path).unwrap();
    let opened = open_backup(&bytes, &typed(PASSPHRASE)).unwrap().document;
    let new = Computer::empty().await;
    assert_eq!(new.restore(&opened).await.credentials, 1_000);
    assert_eq!(new.opened(777).await, kept_secret(777));
}
