//! Nobody but its owner may open what is in a data folder.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use vault::{Records, RecordsError};

use super::again::{again, place, run_again};
use super::reopening::{close, reopen};

/// Starts a test again with this umask.
fn with_umask(umask: &str, test: &str, folder: &Path) {
    let shell = format!(r#"umask {umask}; exec "$0" "$@""#);
    run_again(again(&["sh", "-c", &shell], test, folder));
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

fn everything_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match fs::symlink_metadata(&path).unwrap().is_dir() {
            true => found.extend(everything_in(&path)),
            false => found.push(path),
        }
    }
    found
}

/// Opens a folder in every way that leaves files behind: for the first time, with a copy for the day, after damage, with a trial of the disk.
async fn use_in_every_way(folder: &Path) {
    for value in ["1", "2"] {
        let records = reopen(folder).await.records;
        records.set_preference("a", value).await.unwrap();
        vault::try_disk(folder).unwrap();
        assert_private(folder);
        close(records, folder).await;
    }
    fs::write(
        folder.join("records.db"),
        b"something else, and long enough to be one",
    )
    .unwrap();
    let records = reopen(folder).await.records;
    assert!(folder.join("set aside").is_dir() && folder.join("copies").is_dir());
    assert_private(folder);
    close(records, folder).await;
}

fn assert_private(folder: &Path) {
    for path in everything_in(folder) {
        let right = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(
            mode(&path),
            right,
            "{} has mode {:o}",
            path.display(),
            mode(&path)
        );
    }
}

#[tokio::test]
async fn whatever_the_umask_a_data_folder_and_all_in_it_is_for_its_owner_alone() {
    if let Some(folder) = place() {
        return use_in_every_way(&folder.join("above").join("data")).await;
    }
    for umask in ["000", "022", "077", "277", "777"] {
        let folder = tempfile::tempdir().unwrap();
        let test = "privacy::whatever_the_umask_a_data_folder_and_all_in_it_is_for_its_owner_alone";
        with_umask(umask, test, folder.path());
    }
}

#[tokio::test]
async fn a_data_folder_that_others_could_look_into_is_closed_to_them_with_all_that_is_in_it() {
    for open in [0o755, 0o775, 0o777, 0o2770, 0o701] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        use_in_every_way(&data).await;
        let link = data.join("a link");
        let elsewhere = folder.path().join("elsewhere");
        fs::write(&elsewhere, b"not of the data folder").unwrap();
        set_mode(&elsewhere, 0o644);
        symlink(&elsewhere, &link).unwrap();
        for path in everything_in(&data) {
            if path != link {
                set_mode(&path, if path.is_dir() { open } else { 0o644 });
            }
        }
        close(reopen(&data).await.records, &data).await;
        assert_eq!(mode(&elsewhere), 0o644, "links are not followed");
        fs::remove_file(&link).unwrap();
        assert_private(&data);
    }
}

#[tokio::test]
async fn what_its_owner_may_not_write_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    close(reopen(&data).await.records, &data).await;
    let kept = data.join("copies").join("kept by hand");
    fs::create_dir_all(data.join("copies")).unwrap();
    fs::write(&kept, b"x").unwrap();
    set_mode(&kept, 0o444);
    close(reopen(&data).await.records, &data).await;
    assert_eq!(mode(&kept), 0o400);
}

/// Only the superuser can give a file to somebody else; elsewhere there is no such folder to be tried.
fn give_away(path: &Path) -> bool {
    const NOBODY: u32 = 65_534;
    std::os::unix::fs::lchown(path, Some(NOBODY), Some(NOBODY)).is_ok()
}

#[tokio::test]
async fn a_folder_of_another_user_is_refused_and_left_as_it_is() {
    let above = tempfile::tempdir().unwrap();
    let data = above.path().join("data");
    fs::create_dir(&data).unwrap();
    set_mode(&data, 0o777);
    if !give_away(&data) {
        return;
    }
    let refused = Records::open(&data).await.unwrap_err();
    assert_eq!(refused, RecordsError::NotYours(data.clone()));
    assert_eq!(mode(&data), 0o777);
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0);
}

#[tokio::test]
async fn a_link_of_another_user_is_refused_and_one_of_this_user_is_followed() {
    let above = tempfile::tempdir().unwrap();
    let real = above.path().join("real");
    fs::create_dir(&real).unwrap();
    set_mode(&real, 0o755);
    let (ours, theirs) = (above.path().join("ours"), above.path().join("theirs"));
    symlink(&real, &ours).unwrap();
    close(reopen(&ours).await.records, &ours).await;
    assert_private(&real);
    symlink(&real, &theirs).unwrap();
    if !give_away(&theirs) {
        return;
    }
    let refused = Records::open(&theirs).await.unwrap_err();
    assert_eq!(refused, RecordsError::NotYours(theirs));
}

#[tokio::test]
async fn a_link_to_a_folder_of_another_user_is_refused() {
    let above = tempfile::tempdir().unwrap();
    let (real, link) = (above.path().join("real"), above.path().join("link"));
    fs::create_dir(&real).unwrap();
    symlink(&real, &link).unwrap();
    if !give_away(&real) {
        return;
    }
    assert!(matches!(
        Records::open(&link).await,
        Err(RecordsError::NotYours(_))
    ));
}

#[tokio::test]
async fn records_that_another_user_put_there_are_not_opened() {
    for name in ["records.db", "records.db-wal", "records.lock"] {
        let above = tempfile::tempdir().unwrap();
        let data = above.path().join("data");
        close(reopen(&data).await.records, &data).await;
        let file = data.join(name);
        let _ = fs::remove_file(&file);
        fs::write(&file, b"").unwrap();
        if !give_away(&file) {
            return;
        }
        let refused = Records::open(&data).await.unwrap_err();
        assert_eq!(refused, RecordsError::NotYours(file), "{name}");
    }
}

#[test]
fn a_folder_above_that_everybody_may_write_in_is_noticed() {
    let above = tempfile::tempdir().unwrap();
    let data = above.path().join("data");
    vault::private::folder(&data).unwrap();
    assert!(!vault::private::others_may_replace(&data));
    set_mode(above.path(), 0o777);
    assert!(vault::private::others_may_replace(&data));
    set_mode(above.path(), 0o1777);
    assert!(!vault::private::others_may_replace(&data));
}
