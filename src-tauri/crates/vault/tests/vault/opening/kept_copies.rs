//! The copy of each day, and how it takes the place of a database that is broken or gone.

use std::fs;
use std::path::Path;

use vault::OpenNotice;

use super::{copies, database, folder_with_copies, value};
use crate::open;
use crate::reopening::{close, reopen};

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
