//! The folder of the records, and what is no such folder.

use std::fs;

use vault::{Records, RecordsError};

use crate::open;
use crate::reopening::close;

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
