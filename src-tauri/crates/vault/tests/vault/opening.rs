use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use vault::{EntryId, OpenNotice, Opened, Records, RecordsError};

use super::open;

/// Opens records that were closed a moment ago: their thread may still be letting go of them.
pub(crate) async fn try_reopen(folder: &Path) -> Result<Opened, RecordsError> {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match Records::open(folder).await {
            Err(RecordsError::InUse) if Instant::now() < until => {
                tokio::time::sleep(Duration::from_millis(5)).await
            }
            answer => return answer,
        }
    }
}

pub(crate) async fn reopen(folder: &Path) -> Opened {
    try_reopen(folder).await.expect("the records open")
}

fn database(folder: &Path) -> PathBuf {
    folder.join("records.db")
}

fn copies(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.join("copies")) else {
        return Vec::new();
    };
    let mut copies: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    copies.sort();
    copies
}

/// Closes the records and waits until their thread has let go of the files.
pub(crate) async fn close(records: Records, folder: &Path) {
    drop(records);
    let until = Instant::now() + Duration::from_secs(10);
    let lock = fs::File::options()
        .write(true)
        .open(folder.join("records.lock"))
        .unwrap();
    while lock.try_lock().is_err() {
        assert!(Instant::now() < until, "the records close");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn what_was_written_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let id = records.sealing().await.unwrap().id;
    records.set_preference("a", "1").await.unwrap();
    close(records, folder.path()).await;
    let records = open(folder.path()).await;
    assert_eq!(records.preference("a").await.unwrap().as_deref(), Some("1"));
    assert_eq!(
        records.sealing().await.unwrap().id,
        id,
        "a folder keeps its id"
    );
}

#[tokio::test]
async fn a_folder_is_made_for_its_owner_only() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("a").join("b c");
    let records = open(&folder).await;
    assert_eq!(records.folder(), folder);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&folder).unwrap().permissions().mode() & 0o777,
            0o700
        );
    }
}

#[tokio::test]
async fn two_programs_cannot_have_one_folder_open() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    assert_eq!(
        Records::open(folder.path()).await.unwrap_err(),
        RecordsError::InUse
    );
    close(records, folder.path()).await;
    open(folder.path()).await;
}

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
    let on_record = include_str!("layout_4.sql").replace("\r\n", "\n");
    assert_eq!(
        found, on_record,
        "a released layout is never edited; add a step instead"
    );
    let version: i64 = database
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 4);
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
            known: 4
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

#[tokio::test]
async fn a_copy_is_kept_once_a_day_and_the_newest_fourteen_stay() {
    let folder = tempfile::tempdir().unwrap();
    close(open(folder.path()).await, folder.path()).await;
    assert_eq!(
        copies(folder.path()).len(),
        0,
        "an empty database needs no copy"
    );
    close(open(folder.path()).await, folder.path()).await;
    close(open(folder.path()).await, folder.path()).await;
    let today = copies(folder.path());
    assert_eq!(today.len(), 1);
    // As if the program had been opened on each of the last days.
    for day in 1..=20 {
        let name = format!("records 2026-01-{day:02}T08-00-00Z.db");
        fs::copy(&today[0], folder.path().join("copies").join(name)).unwrap();
    }
    fs::remove_file(&today[0]).unwrap();
    close(open(folder.path()).await, folder.path()).await;
    let kept = copies(folder.path());
    assert_eq!(kept.len(), 14);
    assert!(
        kept[0].ends_with("records 2026-01-08T08-00-00Z.db"),
        "{kept:?}"
    );
}

/// A folder whose records were opened on two days, with a preference that says which copy is which.
async fn folder_with_copies() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (day, value) in [(1, "older"), (2, "newer")] {
        let records = reopen(folder.path()).await.records;
        records.set_preference("copy", value).await.unwrap();
        close(records, folder.path()).await;
        fs::create_dir_all(folder.path().join("copies")).unwrap();
        let name = format!("records 2026-01-{day:02}T08-00-00Z.db");
        fs::copy(
            database(folder.path()),
            folder.path().join("copies").join(name),
        )
        .unwrap();
    }
    let records = reopen(folder.path()).await.records;
    records.set_preference("copy", "newest").await.unwrap();
    close(records, folder.path()).await;
    for copy in copies(folder.path()) {
        if !copy.to_str().unwrap().contains("2026-01-0") {
            fs::remove_file(copy).unwrap();
        }
    }
    folder
}

async fn value(records: &Records) -> Option<String> {
    records.preference("copy").await.unwrap()
}

type Damage = fn(&Path);

/// Ways a database file gets broken.
fn damages() -> Vec<(&'static str, Damage)> {
    vec![
        ("not a database", |file| {
            fs::write(file, b"this is something else entirely, and long enough").unwrap()
        }),
        ("cut in half", |file| {
            let bytes = fs::read(file).unwrap();
            fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("a page overwritten", |file| {
            let mut bytes = fs::read(file).unwrap();
            let end = bytes.len();
            bytes[end - 8_000..].fill(0xaa);
            fs::write(file, bytes).unwrap();
        }),
    ]
}

#[tokio::test]
async fn a_broken_database_is_set_aside_and_the_newest_good_copy_is_opened() {
    for (what, damage) in damages() {
        let folder = folder_with_copies().await;
        damage(&database(folder.path()));
        let broken = fs::read(database(folder.path())).unwrap();
        let opened = reopen(folder.path()).await;
        let Some(OpenNotice::Restored {
            copy_taken_at,
            set_aside: Some(set_aside),
        }) = opened.notice
        else {
            panic!("{what}: {:?}", opened.notice)
        };
        assert_eq!(
            copy_taken_at,
            "2026-01-02T08:00:00Z".parse().unwrap(),
            "{what}"
        );
        assert_eq!(
            value(&opened.records).await.as_deref(),
            Some("newer"),
            "{what}"
        );
        assert_eq!(
            fs::read(set_aside.join("records.db")).unwrap(),
            broken,
            "{what}: nothing is deleted"
        );
    }
}

#[tokio::test]
async fn that_a_copy_was_restored_is_told_again_to_who_may_not_have_read_it() {
    let folder = folder_with_copies().await;
    fs::write(database(folder.path()), b"something else, and long enough").unwrap();
    for time in 1..=3 {
        let opened = reopen(folder.path()).await;
        assert!(
            matches!(opened.notice, Some(OpenNotice::Restored { .. })),
            "time {time}: {:?}",
            opened.notice
        );
        close(opened.records, folder.path()).await;
    }
    assert_eq!(reopen(folder.path()).await.notice, None);
}

/// A folder whose one copy is older than a sealed key, with a database that ends in something large.
async fn folder_with_a_sealed_key() -> (tempfile::TempDir, EntryId) {
    let folder = folder_with_copies().await;
    let records = reopen(folder.path()).await.records;
    let entry = records
        .plan(
            super::key_intent(1),
            super::account(0),
            terms::Tag::random(),
        )
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    records.seal(entry.id, super::sealed(1)).await.unwrap();
    let large = "x".repeat(100_000);
    records.set_preference("large", &large).await.unwrap();
    close(records, folder.path()).await;
    for copy in copies(folder.path()) {
        if !copy.to_str().unwrap().contains("2026-01-0") {
            fs::remove_file(copy).unwrap();
        }
    }
    (folder, entry.id)
}

/// Overwrites what is large, and opens the folder.
async fn opened_after_damage(folder: &Path, further_damage: fn(&mut [u8])) -> Records {
    let mut bytes = fs::read(database(folder)).unwrap();
    let end = bytes.len();
    bytes[end - 20_000..].fill(0xaa);
    further_damage(&mut bytes);
    fs::write(database(folder), bytes).unwrap();
    let opened = reopen(folder).await;
    assert!(
        matches!(opened.notice, Some(OpenNotice::Restored { .. })),
        "{:?}",
        opened.notice
    );
    assert_eq!(value(&opened.records).await.as_deref(), Some("newer"));
    opened.records
}

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
        let parent = super::account(0);
        let entry = records
            .plan(super::key_intent(2), parent, terms::Tag::random())
            .await
            .unwrap();
        records.mark_sent(entry.id).await.unwrap();
        records.seal(entry.id, super::sealed(2)).await.unwrap();
        close(records, folder.path()).await;
        let key = super::key(1);
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
        assert_eq!(keys, [&super::key(1), &super::key(2)], "{spoilt}");
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
async fn a_broken_copy_is_passed_over() {
    let folder = folder_with_copies().await;
    fs::write(
        folder.path().join("copies/records 2026-01-02T08-00-00Z.db"),
        b"no database either, but long enough",
    )
    .unwrap();
    fs::write(
        database(folder.path()),
        b"this is something else entirely, and long enough",
    )
    .unwrap();
    let opened = reopen(folder.path()).await;
    assert!(
        matches!(opened.notice, Some(OpenNotice::Restored { .. })),
        "{:?}",
        opened.notice
    );
    assert_eq!(value(&opened.records).await.as_deref(), Some("older"));
}

#[tokio::test]
async fn a_database_that_is_gone_or_empty_comes_back_from_its_copy() {
    for empty in [true, false] {
        let folder = folder_with_copies().await;
        if empty {
            fs::write(database(folder.path()), b"").unwrap();
        } else {
            fs::remove_file(database(folder.path())).unwrap();
        }
        let opened = reopen(folder.path()).await;
        assert!(
            matches!(
                opened.notice,
                Some(OpenNotice::Restored {
                    set_aside: None,
                    ..
                })
            ),
            "{:?}",
            opened.notice
        );
        assert_eq!(value(&opened.records).await.as_deref(), Some("newer"));
    }
}

#[tokio::test]
async fn without_a_good_copy_the_records_start_empty_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        database(folder.path()),
        b"this is something else entirely, and long enough",
    )
    .unwrap();
    let opened = reopen(folder.path()).await;
    let Some(OpenNotice::StartedEmpty { set_aside }) = opened.notice else {
        panic!("{:?}", opened.notice)
    };
    assert!(set_aside.join("records.db").exists());
    opened.records.set_preference("a", "1").await.unwrap();
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_an_error_and_not_a_broken_database() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("a file");
    fs::write(&file, b"x").unwrap();
    assert!(Records::open(&file).await.is_err());
    assert_eq!(fs::read(&file).unwrap(), b"x");
    let folder = parent.path().join("folder");
    fs::create_dir_all(folder.join("records.db")).unwrap();
    assert!(matches!(
        Records::open(&folder).await,
        Err(RecordsError::NoAccess(_))
    ));
}

#[tokio::test]
async fn what_is_in_the_way_of_a_data_folder_is_told_as_what_it_is() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("a file");
    fs::write(&file, b"x").unwrap();
    for path in [file.clone(), file.join("below it")] {
        let refused = Records::open(&path).await.unwrap_err();
        assert!(
            matches!(refused, RecordsError::NotAFolder(_)),
            "{refused:?}"
        );
    }
    let long = parent.path().join("x".repeat(300));
    let refused = Records::open(&long).await.unwrap_err();
    let is_told = matches!(refused, RecordsError::PathTooLong(_));
    assert!(is_told || cfg!(windows), "{refused:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_path_that_is_longer_than_sqlite_takes_is_told_as_that() {
    let parent = tempfile::tempdir().unwrap();
    let mut long = parent.path().to_owned();
    while long.as_os_str().len() < 500 {
        long.push("x".repeat(100));
    }
    let refused = Records::open(&long).await.unwrap_err();
    assert!(
        matches!(refused, RecordsError::PathTooLong(_)),
        "{refused:?}"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_whose_name_is_no_text_is_copied_and_brought_back_like_any_other() {
    use std::os::unix::ffi::OsStrExt as _;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    for value in ["1", "2"] {
        let records = open(&folder).await;
        records.set_preference("copy", value).await.unwrap();
        close(records, &folder).await;
    }
    assert_eq!(copies(&folder).len(), 1);
    fs::write(database(&folder), "nothing of it is left").unwrap();
    let opened = reopen(&folder).await;
    let Some(OpenNotice::Restored {
        set_aside: Some(place),
        ..
    }) = opened.notice
    else {
        panic!("{:?}", opened.notice)
    };
    assert!(place.join("records.db").is_file());
    assert_eq!(value(&opened.records).await.as_deref(), Some("1"));
}

#[tokio::test]
async fn a_copy_that_cannot_be_made_does_not_keep_the_records_closed() {
    let folder = tempfile::tempdir().unwrap();
    close(open(folder.path()).await, folder.path()).await;
    fs::write(folder.path().join("copies"), b"in the way").unwrap();
    let opened = reopen(folder.path()).await;
    assert!(
        matches!(opened.notice, Some(OpenNotice::NoCopyMade(_))),
        "{:?}",
        opened.notice
    );
    opened.records.set_preference("a", "1").await.unwrap();
}

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
