//! A folder whose rights let files be written in it and do not let it be opened.

use std::fs;

use vault::backup::{BackupFile, Document, open as open_backup};

use super::{series, write_to};
use crate::again::place;
use crate::passphrases::{PASSPHRASE, typed};
use crate::time;

/// A process of nobody's, to whom the rights of a folder mean something: the superuser may open everything.
const NOBODY: [&str; 5] = [
    "setpriv",
    "--reuid=65534",
    "--regid=65534",
    "--clear-groups",
    "--no-new-privs",
];

/// Runs a test again as somebody to whom rights mean something, in a folder of theirs with this mode.
fn as_nobody(test: &str, mode: u32) {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("vault tests");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let place = folder.path().join("place");
    fs::create_dir(&place).unwrap();
    fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
    let wrapper: &[&str] = match chown(&place, Some(65_534), Some(65_534)) {
        Ok(()) => &NOBODY,
        Err(_) => &[],
    };
    crate::again::run_again(crate::again::again_as(&program, wrapper, test, &place));
    if !wrapper.is_empty() {
        assert_eq!(series().in_folder(&place).len(), 2);
    }
}

#[tokio::test]
async fn a_folder_that_takes_files_and_does_not_open_takes_backups_that_are_compared() {
    let Some(folder) = place() else {
        let test = "backup::folder_rights::a_folder_that_takes_files_and_does_not_open_takes_backups_that_are_compared";
        return as_nobody(test, 0o300);
    };
    assert!(fs::read_dir(&folder).is_err(), "it does not open");
    for day in 1..=2 {
        let at = time(&format!("2026-01-0{day}T08:00:00Z"));
        let made = write_to(&folder, &Document::new(at)).unwrap();
        assert!(!made.settled, "that it reached the disk is not known");
        let bytes = BackupFile::read(&made.path).unwrap();
        open_backup(&bytes, &typed(PASSPHRASE)).unwrap();
    }
}
