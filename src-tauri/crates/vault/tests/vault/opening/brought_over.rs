//! What can be read of a broken database is brought over into the copy.

use std::fs;

use rusqlite::Connection;
use vault::{Customer, Intent, OpenNotice, PutOff};

use super::{
    close_with_something_large, database, folder_with_a_sealed_key, folder_with_copies,
    opened_after_damage,
};
use crate::reopening::{close, reopen};

#[tokio::test]
async fn what_can_be_read_of_a_broken_database_is_brought_over_into_its_copy() {
    let (folder, entry) = folder_with_a_sealed_key().await;
    let records = opened_after_damage(folder.path(), |_| {}).await;
    let found = records.entry(entry).await.unwrap();
    assert_eq!(found.stage, vault::Stage::Sealed);
    let key = found.key.expect("its SID");
    let sealed = records.sealed_copy(key.clone()).await.unwrap();
    assert!(sealed.is_some());
    assert!(records.credential(key).await.unwrap().is_some());
}

#[tokio::test]
async fn a_row_that_cannot_be_read_comes_back_from_the_copy_and_keeps_no_other_from_being_read() {
    for spoilt in [
        "account = 'AC1'",
        "created_at = 'yesterday'",
        "kept = 'elsewhere'",
    ] {
        let (folder, _) = folder_with_a_sealed_key().await;
        let records = reopen(folder.path()).await.records;
        let parent = crate::account(0);
        let entry = records
            .plan(crate::key_intent(2), parent, terms::Tag::random())
            .await
            .unwrap();
        records.mark_sent(entry.id).await.unwrap();
        records
            .seal(entry.id, crate::sealed(2), None)
            .await
            .unwrap();
        close(records, folder.path()).await;
        let key = crate::key(1);
        let spoil = format!("UPDATE credential SET {spoilt} WHERE key = '{key}'");
        let connection = Connection::open(database(folder.path())).unwrap();
        assert_eq!(connection.execute(&spoil, []).unwrap(), 1);
        drop(connection);
        let opened = reopen(folder.path()).await;
        assert!(
            matches!(opened.notice, Some(OpenNotice::Restored { .. })),
            "{spoilt}: {:?}",
            opened.notice
        );
        let saved = opened.records.credentials().await.unwrap();
        let keys: Vec<_> = saved.iter().map(|one| &one.key).collect();
        assert_eq!(keys, [&crate::key(1), &crate::key(2)], "{spoilt}");
    }
}

#[tokio::test]
async fn what_was_brought_over_is_in_a_copy_at_once() {
    let (folder, entry) = folder_with_a_sealed_key().await;
    let records = opened_after_damage(folder.path(), |_| {}).await;
    close(records, folder.path()).await;
    fs::write(database(folder.path()), "nothing of it is left").unwrap();
    let records = reopen(folder.path()).await.records;
    let found = records.entry(entry).await.unwrap();
    assert_eq!(found.stage, vault::Stage::Sealed);
}

#[tokio::test]
async fn a_broken_database_whose_columns_have_lost_their_names_does_not_keep_the_records_closed() {
    let (folder, entry) = folder_with_a_sealed_key().await;
    let records = opened_after_damage(folder.path(), |bytes| {
        let name = b"postponed_at";
        let places: Vec<_> = (0..bytes.len() - name.len())
            .filter(|&place| bytes[place..].starts_with(name))
            .collect();
        assert!(!places.is_empty());
        for place in places {
            bytes[place] = 0xff;
        }
    })
    .await;
    let found = records.entry(entry).await.unwrap();
    assert_eq!(
        found.stage,
        vault::Stage::Sent,
        "its credential could not be read, so Twilio is asked again"
    );
}

#[tokio::test]
async fn what_is_kept_of_a_customer_which_key_takes_anothers_place_and_what_was_put_off_are_brought_over()
 {
    let folder = folder_with_copies().await;
    let records = reopen(folder.path()).await.records;
    let customer = Customer {
        account: crate::account(1),
        number: "10021".to_owned(),
        tags: vec!["east".to_owned()],
        note: "Call Dana.".to_owned(),
    };
    records.keep_customer(customer.clone()).await.unwrap();
    let Intent::Key {
        account,
        account_name,
        name,
        ..
    } = crate::key_intent(2)
    else {
        panic!("it is a key's");
    };
    let intent = Intent::Key {
        account,
        account_name,
        name,
        replaces: Some(crate::key(9)),
    };
    let planned = records.plan(intent, crate::account(0), terms::Tag::random());
    let entry = planned.await.unwrap();
    records.mark_sent(entry.id).await.unwrap();
    records
        .seal(entry.id, crate::sealed(2), None)
        .await
        .unwrap();
    let put_off = PutOff {
        task: "backup".to_owned(),
        until: crate::time("2026-12-16T08:00:00Z"),
        reason: "Waits for the new disk".to_owned(),
    };
    records.put_off(put_off.clone()).await.unwrap();
    let replacements = records.replacements().await.unwrap();
    assert_eq!(replacements.len(), 1);
    close_with_something_large(records, folder.path()).await;
    let records = opened_after_damage(folder.path(), |_| {}).await;
    assert_eq!(records.customers().await, Ok(vec![customer]));
    assert_eq!(records.replacements().await, Ok(replacements));
    assert_eq!(records.all_put_off().await, Ok(vec![put_off]));
}
