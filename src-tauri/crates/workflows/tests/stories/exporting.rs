//! Readable files for other programs: written, remembered, and deleted again.

use std::fs;
use std::path::PathBuf;

use jiff::SignedDuration;
use vault::backup::WriteError;
use workflows::{ExportFormat, Problem};

use crate::two_computers::Old;

#[tokio::test]
async fn a_readable_file_is_offered_for_deletion_after_ten_minutes_also_after_a_restart() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let file = old.folder.path().join("keys.json");
    let count = old
        .bench
        .workspace
        .export_keys(
            Some(&old.keys[..1]),
            ExportFormat::BitwardenJson,
            file.clone(),
        )
        .await
        .expect("it is written");
    assert_eq!(count.keys, 1);
    let files = old.bench.workspace.plain_files().await.expect("read");
    assert!(!files[0].due);
    old.bench.later(SignedDuration::from_mins(11));
    let bench = old.bench.restart().await;
    let files = bench.workspace.plain_files().await.expect("read");
    assert!(files[0].due);
    let other = bench.workspace.delete_plain_file("/etc/hostname").await;
    assert!(matches!(other, Err(Problem::UnknownHere)), "{other:?}");
    bench
        .workspace
        .delete_plain_file(&files[0].file)
        .await
        .expect("it is deleted");
    assert!(!file.exists());
    assert!(
        bench
            .workspace
            .plain_files()
            .await
            .expect("read")
            .is_empty()
    );
}

#[tokio::test]
async fn what_an_export_wrote_before_it_was_ended_is_remembered_and_deleted() {
    let old = Old::with_keys(&["Acme"]).await;
    let file = old.folder.path().join("keys.json");
    fs::create_dir(&file).expect("something is in the way");
    let workspace = &old.bench.workspace;
    workspace
        .export_keys(None, ExportFormat::BitwardenJson, file.clone())
        .await
        .expect_err("a folder is in its place");
    fs::remove_dir(&file).expect("it is out of the way");
    let remembered = workspace.records().plain_exports().await.expect("read");
    let partial = remembered
        .iter()
        .map(|export| PathBuf::from(&export.file))
        .find(|path| vault::export::is_partial(path))
        .expect("where it was written first is remembered");
    // As a kill before the last step leaves it.
    fs::write(&partial, "readable secrets").expect("it can be written");
    let bench = old.bench.restart().await;
    let files = bench.workspace.plain_files().await.expect("read");
    assert!(files.is_empty(), "{files:?}");
    assert!(!partial.exists());
    let remembered = bench.workspace.records().plain_exports().await;
    assert!(remembered.expect("read").is_empty());
}

#[tokio::test]
async fn a_readable_file_that_is_being_written_is_not_taken_for_one_that_is_gone() {
    let old = Old::with_keys(&["Acme"]).await;
    let workspace = &old.bench.workspace;
    for number in 0..20 {
        let file = old.folder.path().join(format!("keys {number}.json"));
        let exporting = workspace.export_keys(None, ExportFormat::BitwardenJson, file.clone());
        let looking = async {
            loop {
                workspace.plain_files().await.expect("read");
            }
        };
        tokio::select! {
            exported = exporting => exported.expect("it is written"),
            never = looking => never,
        };
        let remembered = workspace.plain_files().await.expect("read");
        let named = |kept: &workflows::PlainFile| kept.file == file.display().to_string();
        assert!(remembered.iter().any(named), "{number}: {remembered:?}");
    }
}

#[tokio::test]
async fn a_readable_file_on_a_stick_that_was_taken_out_is_not_forgotten() {
    let old = Old::with_keys(&["Acme"]).await;
    let (stick, out) = (
        old.folder.path().join("stick"),
        old.folder.path().join("out"),
    );
    fs::create_dir(&stick).expect("it is plugged in");
    let workspace = &old.bench.workspace;
    workspace
        .export_keys(None, ExportFormat::BitwardenJson, stick.join("keys.json"))
        .await
        .expect("it is written");
    fs::rename(&stick, &out).expect("it is taken out");
    for _ in 0..2 {
        let files = workspace.plain_files().await.expect("read");
        assert_eq!(files.len(), 1);
        let deleted = workspace.delete_plain_file(&files[0].file).await;
        assert!(
            matches!(deleted, Err(Problem::Backup(WriteError::FolderMissing))),
            "{deleted:?}"
        );
    }
    let missing = workspace
        .export_keys(None, ExportFormat::OnePasswordCsv, stick.join("keys.csv"))
        .await;
    assert!(matches!(missing, Err(Problem::Export(_))), "{missing:?}");
    fs::rename(&out, &stick).expect("it is back");
    let files = workspace.plain_files().await.expect("read");
    assert_eq!(files.len(), 1, "what was never written is not spoken of");
    fs::remove_file(&files[0].file).expect("somebody deletes it");
    let files = workspace.plain_files().await.expect("read");
    assert!(files.is_empty(), "{files:?}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_readable_file_is_not_written_where_it_could_not_be_remembered() {
    use std::os::unix::ffi::OsStrExt as _;
    let old = Old::with_keys(&["Acme"]).await;
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.json");
    let file = old.folder.path().join(name);
    let written = old
        .bench
        .workspace
        .export_keys(None, ExportFormat::BitwardenJson, file.clone())
        .await;
    assert!(
        matches!(
            written,
            Err(Problem::Export(vault::export::ExportError::Write(
                WriteError::NotUnicode
            )))
        ),
        "{written:?}"
    );
    assert!(!file.exists());
}
