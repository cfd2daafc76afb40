//! The layout of the database, and what has another one.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use vault::{OpenNotice, Records, RecordsError};

use super::{database, folder_with_copies};
use crate::open;
use crate::reopening::{close, reopen};

#[tokio::test]
async fn the_layout_is_the_one_on_record() {
    let folder = tempfile::tempdir().unwrap();
    close(open(folder.path()).await, folder.path()).await;
    let database = Connection::open(database(folder.path())).unwrap();
    let mut statement = database
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name")
        .unwrap();
    let parts: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let found = parts.join(";\n\n") + ";\n";
    let on_record = include_str!("../layout_5.sql").replace("\r\n", "\n");
    assert_eq!(
        found, on_record,
        "a released layout is never edited; add a step instead"
    );
    let version: i64 = database
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 5);
}

#[tokio::test]
async fn a_newer_layout_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    records.set_preference("a", "1").await.unwrap();
    close(records, folder.path()).await;
    Connection::open(database(folder.path()))
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let before = fs::read(database(folder.path())).unwrap();
    let refused = Records::open(folder.path()).await.unwrap_err();
    assert_eq!(
        refused,
        RecordsError::Newer {
            found: 99,
            known: 5
        }
    );
    assert_eq!(fs::read(database(folder.path())).unwrap(), before);
    assert!(!folder.path().join("set aside").exists());
    let untouched = Connection::open(database(folder.path())).unwrap();
    let value: String = untouched
        .query_row("SELECT value FROM preference", [], |row| row.get(0))
        .unwrap();
    assert_eq!(value, "1");
}

#[tokio::test]
async fn a_database_with_tables_of_another_layout_is_set_aside_and_not_written_over() {
    for layout in [0, -1, 1] {
        let folder = folder_with_copies().await;
        Connection::open(database(folder.path()))
            .unwrap()
            .pragma_update(None, "user_version", layout)
            .unwrap();
        let records = opened_after_setting_aside(folder.path(), &format!("layout {layout}")).await;
        let value = records.preference("copy").await.unwrap();
        assert_eq!(value.as_deref(), Some("newer"));
    }
}

#[tokio::test]
async fn a_database_whose_layout_has_a_flipped_bit_is_set_aside() {
    let folder = folder_with_copies().await;
    Connection::open(database(folder.path()))
        .unwrap()
        .execute_batch(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'value', 'valud') WHERE name = 'preference';
             PRAGMA wal_checkpoint(TRUNCATE);",
        )
        .unwrap();
    opened_after_setting_aside(folder.path(), "a flipped bit").await;
}

#[tokio::test]
async fn a_database_whose_text_encoding_is_spoilt_is_set_aside() {
    const TEXT_ENCODING_AT: usize = 56;
    for spoilt in [2_u32, 3, 4, 8, 0x100] {
        let folder = folder_with_copies().await;
        let mut bytes = fs::read(database(folder.path())).unwrap();
        bytes[TEXT_ENCODING_AT..TEXT_ENCODING_AT + 4].copy_from_slice(&spoilt.to_be_bytes());
        fs::write(database(folder.path()), bytes).unwrap();
        opened_after_setting_aside(folder.path(), &format!("text encoding {spoilt}")).await;
    }
}

/// The records after a start that must set the spoilt database aside as it is and open a copy.
async fn opened_after_setting_aside(folder: &Path, what: &str) -> Records {
    let bytes = fs::read(database(folder)).unwrap();
    let opened = reopen(folder).await;
    let Some(OpenNotice::Restored {
        set_aside: Some(place),
        ..
    }) = opened.notice
    else {
        panic!("{what}: {:?}", opened.notice);
    };
    assert_eq!(fs::read(place.join("records.db")).unwrap(), bytes, "{what}");
    opened.records
}
