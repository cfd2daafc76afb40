//! Records that are opened: their folder, their layout, and a copy in the place of what is broken.

mod brought_over;
mod dated_ahead;
mod folder;
mod kept_copies;
mod layout;

use std::fs;
use std::path::{Path, PathBuf};

use vault::{EntryId, OpenNotice, Records};

use super::reopening::{close, reopen};

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
    records
        .seal(entry.id, super::sealed(1), None)
        .await
        .unwrap();
    close_with_something_large(records, folder.path()).await;
    (folder, entry.id)
}

/// Something large is at the end of the database, and no copy has what was written since the first ones.
async fn close_with_something_large(records: Records, folder: &Path) {
    let large = "x".repeat(100_000);
    records.set_preference("large", &large).await.unwrap();
    close(records, folder).await;
    for copy in copies(folder) {
        if !copy.to_str().unwrap().contains("2026-01-0") {
            fs::remove_file(copy).unwrap();
        }
    }
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
