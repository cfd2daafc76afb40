//! Which older backups stay when a newer one is made.

use std::fs;
use std::path::Path;

use vault::backup::Document;

use super::{holding, names, series, write_to};
use crate::time;

#[tokio::test]
async fn backups_of_another_installation_and_other_files_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let others = [
        "Subvault-backup-zzzz-here-2020-01-01T00-00-00Z.age",
        "Subvault-backup-k3f9-there-2020-01-01T00-00-00Z.age",
        "Subvault-backup-k3f9-2020-01-01T00-00-00Z.age",
        "holiday.age",
    ];
    for other in others {
        fs::write(folder.path().join(other), b"x").unwrap();
    }
    for month in 1..=24 {
        let at = format!(
            "20{:02}-{:02}-02T08:00:00Z",
            26 + month / 12,
            month % 12 + 1
        );
        write_to(folder.path(), &Document::new(time(&at))).unwrap();
    }
    assert_eq!(series().in_folder(folder.path()).len(), vault::backup::DAYS);
    for other in others {
        assert!(folder.path().join(other).exists(), "{other}");
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_cost_the_backup_just_made() {
    let folder = tempfile::tempdir().unwrap();
    for day in 1..=14 {
        let at = time(&format!("2030-01-{day:02}T08:00:00Z"));
        write_to(folder.path(), &Document::new(at)).unwrap();
    }
    let made = write_to(folder.path(), &Document::new(time("2026-01-01T08:00:00Z"))).unwrap();
    assert!(made.path.exists());
    assert_eq!(names(folder.path()).len(), 15);
}

/// The times in the names of the backups that are there, oldest first.
fn dates(folder: &Path) -> Vec<String> {
    let found = series().in_folder(folder);
    found
        .iter()
        .map(|(at, _)| at.strftime("%F").to_string())
        .collect()
}

#[tokio::test]
async fn a_backup_that_holds_a_secret_which_the_newer_ones_lack_stays_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let full = write_to(folder.path(), &holding("2026-01-01T08:00:00Z", &[1, 2, 3])).unwrap();
    let start = time("2026-01-02T08:00:00Z");
    for day in 0..20 {
        let at = (start + jiff::SignedDuration::from_hours(24 * day)).to_string();
        write_to(folder.path(), &holding(&at, &[1])).unwrap();
    }
    assert!(full.path.exists());
    // Once a newer one has them too, it goes with its time.
    write_to(folder.path(), &holding("2026-03-20T08:00:00Z", &[1, 2, 3])).unwrap();
    let later = time("2027-06-01T08:00:00Z");
    for month in 0..14 {
        let at = (later + jiff::SignedDuration::from_hours(31 * 24 * month)).to_string();
        write_to(folder.path(), &holding(&at, &[1, 2, 3])).unwrap();
    }
    assert!(!full.path.exists());
}

#[tokio::test]
async fn a_clock_that_was_once_ahead_costs_no_backup() {
    let folder = tempfile::tempdir().unwrap();
    for day in 1..=14 {
        let at = format!("2026-01-{day:02}T08:00:00Z");
        write_to(folder.path(), &holding(&at, &[1])).unwrap();
    }
    for day in 1..=20 {
        let at = format!("2031-05-{day:02}T08:00:00Z");
        write_to(folder.path(), &holding(&at, &[1])).unwrap();
    }
    let kept = dates(folder.path());
    assert!(kept.iter().any(|date| date == "2026-01-14"), "{kept:?}");
    for day in 15..=28 {
        let at = format!("2026-01-{day:02}T08:00:00Z");
        write_to(folder.path(), &holding(&at, &[1])).unwrap();
    }
    let kept = dates(folder.path());
    for day in 15..=28 {
        let date = format!("2026-01-{day:02}");
        assert!(kept.contains(&date), "{date}: {kept:?}");
    }
}
