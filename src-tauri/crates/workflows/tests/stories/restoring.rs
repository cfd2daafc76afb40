//! From one computer to another: backed up, restored, proved; and files for other programs.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::SignedDuration;
use practice::Settings;
use vault::backup::{self, NotRestorable, WriteError};
use vault::keychain::file_store::{Call, Fault, Refusal, Script};
use vault::recovery::{NotOpened, testing};
use vault::{Passphrase, TypedPassphrase};
use workflows::view::MissingKeys;
use workflows::{ExportFormat, KeyState, News, Problem, Step};

use crate::bench::Bench;

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).expect("a passphrase")
}

/// An invented passphrase, and used for nothing else.
const GOOD: &str = "walnut ferry cobalt thursday";

fn typed(text: &str) -> TypedPassphrase {
    TypedPassphrase::new(text.to_owned()).expect("it may be tried")
}

fn good() -> Passphrase {
    passphrase(GOOD)
}

/// The same as it is typed.
pub(crate) fn the_good_one() -> TypedPassphrase {
    typed(GOOD)
}

/// A bench with saved keys, a passphrase and a folder for backups.
pub(crate) struct Old {
    pub bench: Bench,
    pub keys: Vec<terms::KeySid>,
    folder: tempfile::TempDir,
}

impl Old {
    pub async fn with_keys(names: &[&str]) -> Self {
        testing::quick();
        let bench = Bench::with_subaccounts(2).await;
        let mut keys = Vec::new();
        for name in names {
            let made = bench.create_subaccount(name).await.expect("it is made");
            keys.push(made.key);
        }
        let workspace = &bench.workspace;
        workspace.set_passphrase(good()).await.expect("it is set");
        let folder = tempfile::tempdir().expect("a folder");
        workspace
            .plan_backups(folder.path().to_owned(), true)
            .await
            .expect("it is planned");
        Self {
            bench,
            keys,
            folder,
        }
    }

    pub async fn back_up(&self) -> Result<PathBuf, Problem> {
        let made = self.bench.workspace.back_up().await?;
        Ok(made.path)
    }

    async fn due(&self) -> bool {
        self.bench
            .workspace
            .backup_is_due()
            .await
            .expect("the records can be read")
    }
}

/// Another computer that reaches the same Twilio.
pub(crate) async fn new_computer(old: &Old) -> Bench {
    let new = Bench::unconnected(Settings {
        subaccounts: 0,
        ..Settings::default()
    })
    .await;
    new.restart_at(&old.bench.practice.base_url()).await
}

#[tokio::test]
async fn another_computer_gets_every_key_and_proves_it() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    let report = new
        .workspace
        .restore_backup(file, typed(GOOD))
        .await
        .expect("it opens");
    assert_eq!((report.keys, report.already_here), (2, 0));
    // Before anything else was done, the sealed copies serve.
    for key in &old.keys {
        let secret = new.workspace.secret_of(key).await.expect("it is sealed");
        assert!(old.bench.practice.signs_in(key.as_str(), secret.expose()));
    }
    new.workspace
        .keep_restored()
        .await
        .expect("the keychain takes them");
    let proved = new
        .workspace
        .prove_restored()
        .await
        .expect("Twilio is reached");
    assert_eq!((proved.work, proved.refused, proved.waiting), (2, 0, 0));
    for key in &old.keys {
        let card = new
            .workspace
            .hand_over_card(key)
            .await
            .expect("it is saved");
        assert_eq!(card.state, KeyState::Saved);
        assert!(card.credential.proved_at.is_some());
    }
    let state = new.workspace.backup_state().await.expect("it is read");
    assert!(state.passphrase_set, "the passphrase goes with the backup");
    assert_eq!(state.proofs_due, 0);
}

#[tokio::test]
async fn a_backup_of_practice_mode_and_one_of_a_real_account_are_not_taken_for_each_other() {
    let mut old = Old::with_keys(&["Acme"]).await;
    let real = old.back_up().await.expect("it is backed up");
    let workspace = Arc::into_inner(old.bench.workspace).expect("nobody else has it");
    old.bench.workspace = Arc::new(workspace.of_practice_mode());
    let made_up = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    let refused = new
        .workspace
        .restore_backup(made_up.clone(), typed(GOOD))
        .await;
    assert!(
        matches!(
            refused,
            Err(Problem::NotRestorable(NotRestorable::OfPracticeMode))
        ),
        "{refused:?}"
    );
    let records = new.workspace.records();
    assert_eq!(records.credentials().await.expect("they are read"), []);
    assert_eq!(records.connection().await.expect("it is read"), None);
    let refused = old.bench.workspace.restore_backup(real, typed(GOOD)).await;
    assert!(
        matches!(
            refused,
            Err(Problem::NotRestorable(NotRestorable::OfARealAccount))
        ),
        "{refused:?}"
    );
    let restored = old
        .bench
        .workspace
        .restore_backup(made_up, typed(GOOD))
        .await;
    assert_eq!(restored.expect("it is of its kind").already_here, 1);
}

#[tokio::test]
async fn a_proof_that_the_network_interrupts_goes_on_later() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    new.workspace
        .restore_backup(file, typed(GOOD))
        .await
        .expect("restoring needs no network");
    old.bench.practice.go_offline().await;
    let cut = new.workspace.prove_restored().await;
    assert!(matches!(cut, Err(Problem::Twilio(_))), "{cut:?}");
    let state = new.workspace.backup_state().await.expect("it is read");
    assert_eq!(state.proofs_due, 2);
    old.bench
        .practice
        .go_online()
        .await
        .expect("the port is still free");
    let proved = new
        .workspace
        .prove_restored()
        .await
        .expect("Twilio is reached");
    assert_eq!(proved.work, 2);
}

#[tokio::test]
async fn a_key_that_twilio_no_longer_knows_is_told() {
    let old = Old::with_keys(&["Acme"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let key = &old.keys[0];
    let card = old
        .bench
        .workspace
        .hand_over_card(key)
        .await
        .expect("saved");
    old.bench
        .elsewhere()
        .delete_key(&card.account, key)
        .await
        .expect("it is deleted");
    let new = new_computer(&old).await;
    new.workspace
        .restore_backup(file, typed(GOOD))
        .await
        .expect("it opens");
    let proved = new
        .workspace
        .prove_restored()
        .await
        .expect("Twilio is reached");
    assert_eq!((proved.work, proved.refused), (0, 1));
}

#[tokio::test]
async fn a_keychain_that_is_full_leaves_restored_secrets_in_sealed_copies() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    // Room for the identity, and for the check that is taken out again.
    new.direct_keychain(&Script {
        capacity: Some(2),
        ..Script::default()
    });
    new.workspace
        .restore_backup(file, typed(GOOD))
        .await
        .expect("it opens");
    let kept = new.workspace.keep_restored().await.expect("it ends");
    assert_eq!((kept.secrets, kept.sealed_only), (1, 1));
    for key in &old.keys {
        let secret = new.workspace.secret_of(key).await.expect("it is sealed");
        assert!(old.bench.practice.signs_in(key.as_str(), secret.expose()));
    }
}

#[tokio::test]
async fn a_keychain_that_could_not_be_filled_is_told_and_filled_another_time() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    new.workspace
        .restore_backup(file, typed(GOOD))
        .await
        .expect("it opens");
    for call in [Call::Read, Call::Write] {
        new.direct_keychain(&Script::always(call, Fault::Refuse(Refusal::Locked)));
        let settled = new.workspace.settle().await.expect("it is told");
        assert_eq!(settled.left.sealed_only, 2, "{call:?}");
        assert_eq!(settled.not_kept.is_some(), call == Call::Read, "{call:?}");
    }
    new.direct_keychain(&Script::default());
    let settled = new.workspace.settle().await.expect("it is told");
    assert_eq!((settled.left.sealed_only, settled.left.proofs_due), (0, 0));
    for key in &old.keys {
        let name = new.item_named(&format!("API Secret {key}"));
        assert!(new.keychain_items().contains(&name));
    }
}

#[tokio::test]
async fn one_settling_at_a_time_sees_to_everything() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    new.workspace
        .restore_backup(file, typed(GOOD))
        .await
        .expect("it opens");
    let told = Arc::new(AtomicUsize::new(0));
    let hears = Arc::clone(&told);
    let first = new.workspace.settle().told_to(move |_| {
        hears.fetch_add(1, Ordering::Relaxed);
    });
    let (first, second) = tokio::join!(first.begin(), new.workspace.settle().begin());
    assert!(told.load(Ordering::Relaxed) > 0);
    let first = first.expect("it settles");
    assert_eq!((first.left.sealed_only, first.left.proofs_due), (0, 0));
    assert!(matches!(second, Err(Problem::AlreadyRunning)), "{second:?}");
}

#[tokio::test]
async fn what_twilio_no_longer_knows_is_told_also_after_an_interruption() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let key = &old.keys[0];
    let card = old.bench.workspace.hand_over_card(key).await;
    let account = card.expect("it is saved").account;
    let deleted = old.bench.elsewhere().delete_key(&account, key).await;
    deleted.expect("it is deleted");
    let new = new_computer(&old).await;
    new.workspace
        .restore_backup(file, typed(GOOD))
        .await
        .expect("it opens");
    let interrupted = Arc::new(AtomicUsize::new(0));
    let (interrupts, workspace) = (Arc::clone(&interrupted), Arc::clone(&new.workspace));
    let tell = move |news: &News| {
        let is_first = interrupts.load(Ordering::SeqCst) == 0;
        let proving = Step::ProveRestored;
        let is_one = matches!(news, News::Progress { step, done: 1, .. } if *step == proving);
        if is_one && is_first {
            interrupts.store(1, Ordering::SeqCst);
            workspace.rest();
        }
    };
    let unlock = async {
        while interrupted.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        new.workspace.wake();
    };
    let (settled, ()) = tokio::join!(new.workspace.settle().told_to(tell).begin(), unlock);
    assert_eq!(settled.expect("it goes on").refused, 1);
}

#[tokio::test]
async fn what_does_not_open_changes_nothing() {
    let old = Old::with_keys(&["Acme"]).await;
    let file = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    let wrong = new
        .workspace
        .restore_backup(file.clone(), typed("another one altogether"))
        .await;
    assert!(
        matches!(
            wrong,
            Err(Problem::NotRestorable(NotRestorable::NotOpened(
                NotOpened::WrongPassphrase
            )))
        ),
        "{wrong:?}"
    );
    let mut bytes = fs::read(&file).expect("the backup is there");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&file, &bytes).expect("it can be spoilt");
    let damaged = new
        .workspace
        .restore_backup(file.clone(), typed(GOOD))
        .await;
    assert!(
        matches!(
            damaged,
            Err(Problem::NotRestorable(NotRestorable::NotOpened(
                NotOpened::Damaged
            )))
        ),
        "{damaged:?}"
    );
    fs::write(&file, &bytes[..bytes.len() / 2]).expect("it can be cut");
    assert!(
        new.workspace
            .restore_backup(file, typed(GOOD))
            .await
            .is_err()
    );
    assert!(new.keychain_items().is_empty());
    let lines = new
        .workspace
        .list()
        .await
        .expect("the records are read")
        .rows;
    assert!(lines.is_empty());
    assert!(!new.workspace.has_passphrase().await.expect("it is read"));
}

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
