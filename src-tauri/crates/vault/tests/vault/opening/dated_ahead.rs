//! Copies and rows from a clock that was ahead.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{
    copies, database, folder_with_a_sealed_key, folder_with_copies, opened_after_damage, value,
};
use crate::reopening::{close, reopen};

/// Gives a copy the name that it would have had from a clock that was years ahead.
fn date_ahead(copy: &Path) -> PathBuf {
    let name = copy.file_name().unwrap().to_str().unwrap();
    let time = name.find("20").expect("the year in its name");
    let renamed = copy.with_file_name(format!("{}2031{}", &name[..time], &name[time + 4..]));
    fs::rename(copy, &renamed).unwrap();
    renamed
}

#[tokio::test]
async fn a_copy_that_was_dated_ahead_is_not_the_newest_and_what_broke_since_is_brought_over() {
    let (folder, entry) = folder_with_a_sealed_key().await;
    date_ahead(&copies(folder.path())[0]);
    let records = opened_after_damage(folder.path(), |_| {}).await;
    let found = records.entry(entry).await.unwrap();
    assert_eq!(found.stage, vault::Stage::Sealed);
    let sealed = records.sealed_copy(found.key.unwrap()).await.unwrap();
    assert!(sealed.is_some());
}

#[tokio::test]
async fn a_broken_database_is_read_though_every_copy_was_dated_ahead() {
    let (folder, entry) = folder_with_a_sealed_key().await;
    for copy in copies(folder.path()) {
        date_ahead(&copy);
    }
    let records = opened_after_damage(folder.path(), |_| {}).await;
    let found = records.entry(entry).await.unwrap();
    assert_eq!(found.stage, vault::Stage::Sealed);
}

#[tokio::test]
async fn copies_follow_each_other_as_they_were_made_whatever_the_clock_said() {
    let folder = tempfile::tempdir().unwrap();
    for value in ["1", "2", "3"] {
        let records = reopen(folder.path()).await.records;
        records.set_preference("copy", value).await.unwrap();
        close(records, folder.path()).await;
        // The copy that the next start makes of this value is from another time each.
        if value == "2" {
            date_ahead(&copies(folder.path())[0]);
        }
    }
    close(reopen(folder.path()).await.records, folder.path()).await;
    assert_eq!(copies(folder.path()).len(), 2, "today's and the one ahead");
    fs::write(database(folder.path()), "nothing of it is left").unwrap();
    let opened = reopen(folder.path()).await;
    assert_eq!(value(&opened.records).await.as_deref(), Some("2"));
}

#[tokio::test]
async fn a_copy_that_was_dated_ahead_is_not_made_anew_at_each_start() {
    let folder = folder_with_copies().await;
    date_ahead(&copies(folder.path())[1]);
    for _ in 0..3 {
        close(reopen(folder.path()).await.records, folder.path()).await;
    }
    assert_eq!(copies(folder.path()).len(), 3, "only today's is new");
}

#[tokio::test]
async fn what_happened_last_is_brought_over_though_the_clock_was_set_back_since() {
    let (folder, entry) = folder_with_a_sealed_key().await;
    // The copy has the entry as it was planned, dated by a clock that was ahead.
    let copy = copies(folder.path()).pop().unwrap();
    let database = Connection::open(&copy).unwrap();
    database
        .execute_batch(&format!(
            "ATTACH '{}' AS now;
             INSERT INTO journal SELECT * FROM now.journal;
             UPDATE journal SET stage = 'sent', key = NULL, updated_at = '2031-01-01T00:00:00.000000000Z';
             DETACH now;",
            self::database(folder.path()).display()
        ))
        .unwrap();
    drop(database);
    let records = opened_after_damage(folder.path(), |_| {}).await;
    let found = records.entry(entry).await.unwrap();
    assert_eq!(found.stage, vault::Stage::Sealed);
}
