//! The daily backup: when it is due, and which keys it lacks.

use jiff::SignedDuration;
use vault::backup::{self, WriteError};
use workflows::Problem;
use workflows::view::MissingKeys;

use crate::two_computers::Old;

#[tokio::test]
async fn the_daily_backup_is_due_once_a_day_and_an_hour_after_a_failure() {
    let old = Old::with_keys(&["Acme"]).await;
    assert!(old.due().await);
    old.back_up().await.expect("it is backed up");
    assert!(!old.due().await);
    old.bench.later(SignedDuration::from_hours(21));
    assert!(old.due().await);
    let gone = old.folder.path().join("gone");
    old.bench
        .workspace
        .plan_backups(gone, true)
        .await
        .expect("it is planned");
    let failed = old.back_up().await;
    assert!(
        matches!(failed, Err(Problem::Backup(WriteError::FolderMissing))),
        "{failed:?}"
    );
    let state = old.bench.workspace.backup_state().await.expect("read");
    assert_eq!(state.failing.as_deref(), Some("folder_missing"));
    assert!(state.last_good.is_some() && !state.old);
    assert!(!old.due().await);
    old.bench.later(SignedDuration::from_hours(2));
    assert!(old.due().await);
    old.bench.later(SignedDuration::from_hours(72));
    let state = old.bench.workspace.backup_state().await.expect("read");
    assert!(state.old);
}

#[tokio::test]
async fn a_key_that_was_saved_since_the_last_backup_is_named_until_the_next() {
    let old = Old::with_keys(&["Acme"]).await;
    old.back_up().await.expect("it is backed up");
    let missing = || async {
        let state = old.bench.workspace.backup_state().await.expect("read");
        state.missing
    };
    assert_eq!(missing().await, MissingKeys::default());
    old.bench
        .create_subaccount("Zenith")
        .await
        .expect("it is made");
    let named = missing().await;
    assert!(named.unread.is_empty() && named.unknown == 0);
    let names: Vec<_> = named
        .saved_since
        .iter()
        .map(|one| one.account_name.as_str())
        .collect();
    assert_eq!(names, ["Zenith"]);
    old.bench.later(SignedDuration::from_hours(1));
    old.back_up().await.expect("it is backed up");
    assert_eq!(missing().await, MissingKeys::default());
}

#[tokio::test]
async fn a_key_whose_secret_could_not_be_read_for_the_backup_is_named() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let records = old.bench.workspace.records();
    let key = old.keys[0].clone();
    let copy = records
        .sealed_copy(key.clone())
        .await
        .expect("read")
        .expect("sealed");
    // Neither its sealed copy nor its keychain item gives the secret.
    old.bench.spoil_sealed_copy(&old.keys[0]).await;
    let item = vault::Item::ApiSecret {
        account: copy.account().clone(),
        key,
    };
    old.bench
        .workspace
        .keychain()
        .delete(&item)
        .await
        .expect("it is deleted");
    old.back_up().await.expect("it is backed up");
    let state = old.bench.workspace.backup_state().await.expect("read");
    assert_eq!(
        (state.saved_keys, state.last_good.expect("made").credentials),
        (2, 1)
    );
    let names: Vec<_> = state
        .missing
        .unread
        .iter()
        .map(|one| one.account_name.as_str())
        .collect();
    assert_eq!(names, ["Acme"]);
    assert!(state.missing.saved_since.is_empty());
}

#[tokio::test]
async fn a_backup_of_a_clock_that_was_ahead_is_not_taken_for_a_fresh_one() {
    let old = Old::with_keys(&["Acme"]).await;
    old.back_up().await.expect("it is backed up");
    old.bench
        .set_clock_ahead(SignedDuration::from_hours(-24 * 30));
    let state = old.bench.workspace.backup_state().await.expect("read");
    assert!(state.old);
    assert!(old.due().await);
}

#[tokio::test]
async fn a_folder_that_keeps_what_it_does_not_give_back_is_not_filled_each_hour() {
    let old = Old::with_keys(&["Acme"]).await;
    let run = vault::BackupRun {
        at: jiff::Timestamp::now(),
        file: "a folder".to_owned(),
        credentials: 0,
        problem: Some(WriteError::LeftBehind.kind().to_owned()),
    };
    let records = old.bench.workspace.records();
    records.note_backup(run).await.expect("written");
    old.bench.later(SignedDuration::from_hours(3));
    assert!(!old.due().await);
    old.bench.later(SignedDuration::from_hours(18));
    assert!(old.due().await);
}

#[tokio::test]
async fn two_computers_with_one_copied_folder_leave_each_others_backups_alone() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let first = old.back_up().await.expect("it is backed up");
    let id = old
        .bench
        .workspace
        .records()
        .sealing()
        .await
        .expect("read")
        .id;
    let elsewhere = tempfile::tempdir().expect("a folder");
    let here = backup::installation(old.bench.workspace.records().folder(), &id);
    assert_ne!(backup::installation(elsewhere.path(), &id), here);
    let name = first
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    assert!(name.contains(&format!("-{here}-")), "{name}");
}
