//! Files from elsewhere whose opening would cost more than there is.

use vault::backup::{BackupFile, NotRestorable, open as open_backup};
use vault::recovery::{NotOpened, testing};

use super::backup::a_backup;
use super::passphrases::{PASSPHRASE, typed};

const GIBIBYTE: u64 = 1024 * 1024 * 1024;

/// A backup that says it was made with this work factor.
fn asking_for(work_factor: &str) -> Vec<u8> {
    let backup = a_backup();
    let text = String::from_utf8_lossy(&backup[..200]).into_owned();
    let at = text.find(" 10\n").expect("the work factor of the tests") + 1;
    [&backup[..at], work_factor.as_bytes(), &backup[at + 2..]].concat()
}

fn refused(file: &[u8]) -> NotOpened {
    match open_backup(file, &typed(PASSPHRASE)).unwrap_err() {
        NotRestorable::NotOpened(why) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_asks_for_more_memory_than_is_free_is_refused_at_once() {
    for (work_factor, needed) in [(19, GIBIBYTE / 2), (20, GIBIBYTE), (22, 4 * GIBIBYTE)] {
        testing::say_free(None);
        let file = asking_for(&work_factor.to_string());
        testing::say_free(Some(needed - 1));
        assert_eq!(refused(&file), NotOpened::TooMuchMemory { needed });
    }
    testing::say_free(None);
    let little = asking_for("10");
    testing::say_free(Some(1024 * 1024 - 1));
    let needed = 1024 * 1024;
    assert_eq!(refused(&little), NotOpened::TooMuchMemory { needed });
    testing::say_free(Some(needed));
    open_backup(&little, &typed(PASSPHRASE)).expect("as much as it takes is free");
}

#[test]
fn a_file_that_asks_for_more_than_any_file_may_is_refused_however_much_is_free() {
    for required in [23, 30, 63, 64, 99] {
        testing::say_free(None);
        let file = asking_for(&required.to_string());
        testing::say_free(Some(u64::MAX));
        assert_eq!(refused(&file), NotOpened::TooMuchWork { required });
    }
}

#[test]
fn a_work_factor_that_is_none_is_damage() {
    for text in ["-1", "+9", "0", "010", "999", "4294967296", "18 18"] {
        assert_eq!(refused(&asking_for(text)), NotOpened::Damaged, "{text:?}");
    }
}

#[test]
fn a_file_with_endless_recipients_is_refused_before_they_are_read() {
    let mut file = b"age-encryption.org/v1\n".to_vec();
    while file.len() < 20_000_000 {
        file.extend_from_slice(b"-> x\nAAAA\n");
    }
    let begun = std::time::Instant::now();
    assert_eq!(refused(&file), NotOpened::OtherFile);
    assert!(begun.elapsed() < std::time::Duration::from_secs(5));
}

#[test]
fn a_file_larger_than_the_memory_that_is_free_is_not_read() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("large.age");
    let large = 200 * 1024 * 1024;
    std::fs::File::create(&path)
        .unwrap()
        .set_len(large)
        .unwrap();
    testing::say_free(Some(3 * large));
    let refused = BackupFile::read(&path).unwrap_err();
    let needed = 4 * large;
    assert_eq!(
        refused,
        NotRestorable::NotOpened(NotOpened::TooMuchMemory { needed })
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let place = tempfile::tempdir().unwrap();
    let pipe = place.path().join("pipe.age");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    for path in [
        pipe.as_path(),
        std::path::Path::new("/dev/zero"),
        place.path(),
    ] {
        let refused = BackupFile::read(path).unwrap_err();
        assert!(
            matches!(refused, NotRestorable::Unreadable(_)),
            "{refused:?}"
        );
    }
}

#[cfg(target_os = "linux")]
mod with_little_address_space {
    use super::*;
    use crate::again::{again, place, run_again};

    /// Units of a kibibyte: enough for the tests themselves, not for 4 GiB.
    const LIMITED: [&str; 3] = ["sh", "-c", r#"ulimit -v 2000000; exec "$0" "$@""#];

    #[test]
    fn the_program_says_so_and_goes_on_where_the_system_would_end_it() {
        if place().is_none() {
            let folder = tempfile::tempdir().unwrap();
            let test = "costly_files::with_little_address_space::the_program_says_so_and_goes_on_where_the_system_would_end_it";
            return run_again(again(&LIMITED, test, folder.path()));
        }
        let refused = refused(&asking_for("22"));
        assert_eq!(
            refused,
            NotOpened::TooMuchMemory {
                needed: 4 * GIBIBYTE
            }
        );
        open_backup(&a_backup(), &typed(PASSPHRASE)).expect("what takes little still opens");
    }
}
