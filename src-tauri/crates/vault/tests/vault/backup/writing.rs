//! How a backup is written, what keeps it from being written, and what is left behind then.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use vault::backup::{Document, KnownBackups, Stage, WriteError, write};
use vault::recovery::testing;

use super::computer::Computer;
use super::{holding, names, series, write_to};
#[cfg(unix)]
use crate::again::{again, place, run_again};
use crate::passphrases::{PASSPHRASE, passphrase};
use crate::time;

#[tokio::test]
async fn a_backup_is_readable_by_its_owner_only_and_leaves_nothing_else_behind() {
    let computer = Computer::with_keys(1..=1).await;
    let folder = tempfile::tempdir().unwrap();
    let made = write_to(folder.path(), &computer.gathered().await).unwrap();
    assert_eq!(names(folder.path()).len(), 1);
    assert_eq!(made.size, fs::metadata(&made.path).unwrap().len());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&made.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let bytes = fs::read(&made.path).unwrap();
    assert!(!bytes.windows(8).any(|window| window == b"invented"));
}

#[tokio::test]
async fn two_backups_within_a_second_are_two_files() {
    let folder = tempfile::tempdir().unwrap();
    for number in [1, 2] {
        write_to(folder.path(), &holding("2026-01-01T08:00:00Z", &[number])).unwrap();
    }
    assert_eq!(names(folder.path()).len(), 2);
}

#[tokio::test]
async fn a_stopped_backup_leaves_nothing_behind_and_earlier_ones_as_they_are() {
    let computer = Computer::with_keys(1..=1).await;
    let folder = tempfile::tempdir().unwrap();
    let earlier = write_to(folder.path(), &Document::new(time("2026-01-01T08:00:00Z"))).unwrap();
    let document = computer.gathered().await;
    for at in [Stage::Encrypting, Stage::Writing] {
        let stop = AtomicBool::new(false);
        let tell = |stage| {
            if stage == at {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let stopped = write(
            folder.path(),
            &series(),
            &passphrase(PASSPHRASE),
            &document,
            &mut KnownBackups::default(),
            &stop,
            &tell,
        );
        assert_eq!(stopped, Err(WriteError::Stopped), "{at:?}");
        assert_eq!(names(folder.path()).len(), 1, "{at:?}");
        assert!(earlier.path.exists());
    }
}

#[tokio::test]
async fn a_file_that_reads_back_otherwise_is_not_counted_as_a_backup() {
    testing::quick();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_owned();
    let spoil = move |stage| {
        if stage == Stage::Comparing {
            let (_, path) = series().in_folder(&place).pop().unwrap();
            let mut bytes = fs::read(&path).unwrap();
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
            fs::write(&path, bytes).unwrap();
        }
    };
    let written = write(
        folder.path(),
        &series(),
        &passphrase(PASSPHRASE),
        &Document::new(Timestamp::now()),
        &mut KnownBackups::default(),
        &AtomicBool::new(false),
        &spoil,
    );
    assert_eq!(written, Err(WriteError::NotTheSame));
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn a_folder_that_is_gone_or_is_a_file_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let document = Document::new(Timestamp::now());
    assert_eq!(
        write_to(&folder.path().join("gone"), &document),
        Err(WriteError::FolderMissing)
    );
    let file = folder.path().join("a file");
    fs::write(&file, b"x").unwrap();
    assert_eq!(write_to(&file, &document), Err(WriteError::NotAFolder));
}

#[tokio::test]
async fn a_name_that_is_too_long_is_told_as_that() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("x".repeat(400));
    let written = write_to(&long, &Document::new(Timestamp::now()));
    let expected = if cfg!(windows) {
        WriteError::FolderMissing
    } else {
        WriteError::PathTooLong
    };
    assert_eq!(written, Err(expected));
}

/// No file may be larger than nothing, which is told in the same way as a full disk.
#[cfg(unix)]
const NO_ROOM: [&str; 3] = ["sh", "-c", r#"trap "" XFSZ; ulimit -f 0; exec "$0" "$@""#];

#[cfg(unix)]
#[tokio::test]
async fn a_full_disk_is_said_so_and_leaves_nothing_behind() {
    let Some(folder) = place() else {
        let folder = tempfile::tempdir().unwrap();
        let test = "backup::writing::a_full_disk_is_said_so_and_leaves_nothing_behind";
        return run_again(again(&NO_ROOM, test, folder.path()));
    };
    let written = write_to(&folder, &Document::new(time("2026-01-01T08:00:00Z")));
    assert_eq!(written, Err(WriteError::DiskFull));
    assert!(names(&folder).is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn what_somebody_put_where_a_backup_is_about_to_be_written_gets_nothing_of_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let victim = folder.path().join("somebody else's");
    fs::write(&victim, b"as it was").unwrap();
    for day in 1..=2 {
        let at = time(&format!("2026-01-0{day}T08:00:00Z"));
        let partial = format!(".{}.unfinished", series().name(at));
        let partial = folder.path().join(partial);
        if day == 1 {
            fs::write(&partial, b"planted").unwrap();
            fs::set_permissions(&partial, fs::Permissions::from_mode(0o644)).unwrap();
        } else {
            std::os::unix::fs::symlink(&victim, &partial).unwrap();
        }
        let made = write_to(folder.path(), &Document::new(at)).unwrap();
        let found = fs::symlink_metadata(&made.path).unwrap();
        assert!(found.is_file());
        assert_eq!(found.permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read(&victim).unwrap(), b"as it was");
    }
}

#[tokio::test]
async fn what_an_interrupted_backup_left_behind_is_removed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let left = folder
        .path()
        .join(".Subvault-backup-k3f9-here-k3f9x2abcd.unfinished");
    let others = [
        ".Subvault-backup-zzzz-k3f9x2abcd.unfinished",
        ".Subvault-backup-k3f9-here-mine.unfinished",
    ];
    fs::write(&left, b"half of it").unwrap();
    for other in others {
        fs::write(folder.path().join(other), b"x").unwrap();
    }
    write_to(folder.path(), &Document::new(time("2026-01-01T08:00:00Z"))).unwrap();
    assert!(!left.exists());
    assert_eq!(names(folder.path()).len(), 3);
}
