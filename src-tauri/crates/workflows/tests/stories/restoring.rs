//! From one computer to another: restored, put into the keychain, and proved.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use vault::backup::NotRestorable;
use vault::keychain::file_store::{Call, Fault, Refusal, Script};
use vault::recovery::NotOpened;
use workflows::{KeyState, News, Problem, Step};

use crate::two_computers::{GOOD, Old, new_computer, typed};

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
