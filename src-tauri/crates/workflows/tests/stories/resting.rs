//! While the program is locked nothing works with saved secrets, and what can be gone on with goes on afterwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use practice::{Fault, Rule};
use terms::KeySid;
use vault::backup::WriteError;
use vault::keychain::FileStore;
use vault::keychain::file_store::{self, Call, Script};
use vault::recovery::testing;
use vault::{Kept, Passphrase, TypedPassphrase};
use workflows::{ExportFormat, KeyName, News, Problem, Step, Workspace};

use crate::bench::Bench;

/// Long enough for a few more keys to be looked at, if anything looked at them.
const A_WHILE: Duration = Duration::from_millis(300);
/// Sooner than a keychain that hangs answers, or is given up on.
const SOON: Duration = Duration::from_secs(10);

/// An invented passphrase, and used for nothing else.
const GOOD: &str = "walnut ferry cobalt thursday";

fn typed(text: &str) -> TypedPassphrase {
    TypedPassphrase::new(text.to_owned()).expect("it may be tried")
}

fn good() -> Passphrase {
    Passphrase::new(GOOD.to_owned()).expect("a passphrase")
}

/// This many saved keys, a passphrase, and a folder for backups.
async fn with_keys(count: usize) -> (Bench, tempfile::TempDir) {
    testing::quick();
    let bench = Bench::with_subaccounts(2).await;
    let account = bench.some_subaccount();
    for number in 0..count {
        bench
            .create_key(&account, &format!("Alarm {number}"))
            .await
            .expect("it is made");
    }
    let workspace = &bench.workspace;
    workspace.set_passphrase(good()).await.expect("it is set");
    let folder = tempfile::tempdir().expect("a folder");
    workspace
        .plan_backups(folder.path().to_owned(), true)
        .await
        .expect("it is planned");
    (bench, folder)
}

/// Lets every saved key count as one that only a sealed copy holds.
async fn only_sealed(workspace: &Workspace) {
    let credentials = workspace.records().credentials().await;
    for credential in credentials.expect("the records can be read") {
        let key: KeySid = credential.key;
        let marked = workspace.records().mark_kept(key, Kept::SealedOnly).await;
        marked.expect("the records can be written");
    }
}

/// Of how many secrets it was said that they are being put into the keychain.
fn keeping(news: &News) -> Option<usize> {
    match news {
        News::Progress {
            step: Step::FillKeychain,
            done,
            ..
        } => Some(*done),
        _ => None,
    }
}

fn is_empty(folder: &tempfile::TempDir) -> bool {
    std::fs::read_dir(folder.path())
        .expect("the folder is there")
        .next()
        .is_none()
}

#[tokio::test]
async fn settling_pauses_while_it_rests_and_goes_on_to_the_end() {
    let (bench, _folder) = with_keys(6).await;
    let workspace = &bench.workspace;
    only_sealed(workspace).await;
    let told = Arc::new(AtomicUsize::new(0));
    let (hears, locks) = (Arc::clone(&told), Arc::clone(workspace));
    let settling = workspace.settle().told_to(move |news| {
        let looked_at = keeping(news);
        hears.fetch_add(usize::from(looked_at.is_some()), Ordering::SeqCst);
        if looked_at == Some(2) && hears.load(Ordering::SeqCst) == 3 {
            locks.rest();
        }
    });
    let lock_and_unlock = async {
        while told.load(Ordering::SeqCst) < 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(A_WHILE).await;
        let told_while_resting = told.load(Ordering::SeqCst);
        let left = workspace
            .unsettled()
            .await
            .expect("the records can be read");
        workspace.wake();
        (told_while_resting, left.sealed_only)
    };
    let (settled, (told_while_resting, left)) = tokio::join!(settling.begin(), lock_and_unlock);
    assert_eq!(told_while_resting, 3, "nothing was looked at");
    // The one that was being looked at may have come to its end.
    assert!(left >= 3, "{left}");
    let settled = settled.expect("it goes on");
    assert_eq!(settled.left.sealed_only, 0);
}

#[tokio::test]
async fn a_backup_that_is_being_made_stops_and_leaves_nothing_behind() {
    for at in [Step::Gather, Step::Encrypt] {
        let (bench, folder) = with_keys(2).await;
        let locks = bench.workspace.clone();
        let workspace = &bench.workspace;
        let making = workspace.back_up().told_to(move |news| {
            let running = workflows::StepState::Running;
            if matches!(news, News::Step { step, state } if *step == at && *state == running) {
                locks.rest();
            }
        });
        let stopped = making.await;
        assert!(
            matches!(stopped, Err(Problem::Backup(WriteError::Stopped))),
            "{at:?}: {stopped:?}"
        );
        assert!(is_empty(&folder), "{at:?}");
        let state = workspace.backup_state().await.expect("it is read");
        assert_eq!(state.failing, None, "{at:?}");
        assert!(workspace.backup_is_due().await.expect("it is read"));
        workspace.wake();
        workspace.back_up().await.expect("it is made up for");
    }
}

#[tokio::test]
async fn an_export_that_waits_for_the_keychain_stops_and_writes_nothing() {
    let (bench, folder) = with_keys(2).await;
    bench.direct_keychain(&Script::always(
        Call::Read,
        file_store::Fault::Hang { ms: 60_000 },
    ));
    let file = folder.path().join("keys.json");
    let exporting = bench
        .workspace
        .export_keys(None, ExportFormat::BitwardenJson, file.clone());
    let lock = async {
        tokio::time::sleep(A_WHILE).await;
        bench.workspace.rest();
    };
    let stopped = tokio::time::timeout(SOON, async { tokio::join!(exporting.begin(), lock).0 });
    let stopped = stopped.await.expect("it does not wait for the keychain");
    assert!(matches!(stopped, Err(Problem::Resting)), "{stopped:?}");
    assert!(is_empty(&folder));
    bench.direct_keychain(&Script::default());
    bench.workspace.wake();
    let written = bench
        .workspace
        .export_keys(None, ExportFormat::BitwardenJson, file)
        .await;
    assert_eq!(written.expect("it is written").keys, 2);
}

#[tokio::test]
async fn what_waits_for_twilio_with_a_secret_in_memory_stops() {
    let (bench, _folder) = with_keys(1).await;
    let workspace = &bench.workspace;
    let account = bench.some_subaccount();
    let saved = workspace.records().credentials().await.expect("read");
    let key = saved[0].key.as_str().parse().expect("a key");
    let slow = Rule::new(Fault::Delay { ms: 60_000 });
    bench.practice.faults().inject(slow);
    for what in ["prove_key", "refresh_subaccount", "connect"] {
        let waiting = async {
            match what {
                "prove_key" => workspace.prove_key(&key).await.map(drop),
                "refresh_subaccount" => workspace.refresh_subaccount(&account).await,
                _ => match workspace.connect(bench.sign_in_fields()).await {
                    Err(workflows::ConnectError::Problem(problem)) => Err(problem),
                    other => panic!("{other:?}"),
                },
            }
        };
        let lock = async {
            tokio::time::sleep(A_WHILE).await;
            workspace.rest();
        };
        let stopped = tokio::time::timeout(SOON, async { tokio::join!(waiting, lock).0 });
        let stopped = stopped.await.expect("it does not wait for Twilio");
        assert!(
            matches!(stopped, Err(Problem::Resting)),
            "{what}: {stopped:?}"
        );
        workspace.wake();
    }
}

#[tokio::test]
async fn putting_back_stops_and_can_be_done_again() {
    let (bench, _folder) = with_keys(2).await;
    std::fs::remove_file(bench.keychain_file()).expect("the keychain is emptied");
    bench.direct_keychain(&Script::always(
        Call::Write,
        file_store::Fault::Hang { ms: 60_000 },
    ));
    let putting_back = bench.workspace.put_back_missing(typed(GOOD));
    let lock = async {
        tokio::time::sleep(A_WHILE).await;
        bench.workspace.rest();
    };
    let stopped = tokio::time::timeout(SOON, async { tokio::join!(putting_back.begin(), lock).0 });
    let stopped = stopped.await.expect("it does not wait for the keychain");
    assert!(matches!(stopped, Err(Problem::Resting)), "{stopped:?}");
    bench.direct_keychain(&Script::default());
    bench.workspace.wake();
    let report = bench
        .workspace
        .put_back_missing(typed(GOOD))
        .await
        .expect("it opens");
    assert_eq!(report.secrets, 2);
}

#[tokio::test]
async fn a_creation_that_is_under_way_goes_on() {
    let (bench, _folder) = with_keys(1).await;
    let account = bench.some_subaccount();
    bench.direct_keychain(&Script::once(
        Call::Write,
        file_store::Fault::Hang { ms: 400 },
    ));
    let creating = bench.create_key(&account, "Meanwhile");
    let lock = async {
        tokio::time::sleep(A_WHILE).await;
        bench.workspace.rest();
    };
    let (made, ()) = tokio::join!(creating, lock);
    let made = made.expect("it is made");
    bench.workspace.wake();
    assert!(bench.saved_secret_works(&made.key).await);
    assert_eq!(bench.open_entries().await, 0);
}

#[tokio::test]
async fn of_what_is_unfinished_nothing_more_is_taken_up_and_it_is_made_up_for() {
    let (bench, _folder) = with_keys(0).await;
    let account = bench.some_subaccount();
    for number in 0..3 {
        bench.direct_keychain(&Script::default());
        let keychain = bench.keychain_file();
        let tell = move |news: &News| {
            if matches!(
                news,
                News::Step {
                    step: Step::Seal,
                    ..
                }
            ) {
                let refuse = file_store::Fault::Refuse(file_store::Refusal::Locked);
                let script = Script::always(Call::Write, refuse);
                FileStore::direct(&keychain, &script).expect("the script can be written");
            }
        };
        let name = KeyName::parse(&format!("Alarm {number}")).expect("a usable name");
        bench
            .workspace
            .create_key(&account, &name)
            .told_to(tell)
            .await
            .expect_err("the keychain does not take it");
    }
    assert_eq!(bench.open_entries().await, 3);
    bench.direct_keychain(&Script::always(
        Call::Write,
        file_store::Fault::Hang { ms: 900 },
    ));
    let lock = async {
        tokio::time::sleep(A_WHILE).await;
        bench.workspace.rest();
    };
    let (reconciled, ()) = tokio::join!(bench.workspace.reconcile().begin(), lock);
    let reconciled = reconciled.expect("it can be asked");
    assert_eq!(reconciled.waiting, 2, "{reconciled:?}");
    assert_eq!(
        bench.open_entries().await,
        2,
        "the first went on to its end"
    );
    bench.direct_keychain(&Script::default());
    bench.workspace.wake();
    let rest = bench.workspace.reconcile().await.expect("it can be asked");
    assert_eq!(rest.finished, 2, "{rest:?}");
}

#[tokio::test]
async fn what_goes_on_in_a_workspace_that_is_left_ends_and_nothing_begins_there() {
    let (bench, folder) = with_keys(6).await;
    let workspace = &bench.workspace;
    only_sealed(workspace).await;
    let leaves = Arc::clone(workspace);
    let settling = workspace.settle().told_to(move |news| {
        if keeping(news) == Some(2) {
            assert!(leaves.leave(), "settling can be ended");
        }
    });
    let settled = tokio::time::timeout(SOON, settling.begin()).await;
    let settled = settled.expect("it does not wait to be woken");
    assert!(matches!(settled, Err(Problem::Resting)), "{settled:?}");
    workspace.wake();
    let again = workspace.settle().await;
    assert!(matches!(again, Err(Problem::AlreadyRunning)), "{again:?}");
    let account = bench.some_subaccount();
    bench
        .create_key(&account, "Late")
        .await
        .expect_err("nothing is made there any more");
    let backup = workspace.back_up().await;
    backup.expect_err("nor kept");
    assert!(is_empty(&folder));
    let names = bench.key_names(&account);
    assert!(!names.iter().any(|name| name.contains("Late")), "{names:?}");
}

#[tokio::test]
async fn nothing_is_left_while_a_key_is_being_made_not_even_before_twilio_is_asked() {
    let bench = Bench::with_subaccounts(2).await;
    let workspace = &bench.workspace;
    let refused = Arc::new(AtomicUsize::new(0));
    let (refuses, leaves) = (Arc::clone(&refused), Arc::clone(workspace));
    let tell = move |_: &News| {
        assert!(leaves.is_busy_with_secrets());
        assert!(!leaves.leave());
        refuses.fetch_add(1, Ordering::SeqCst);
    };
    let name = KeyName::parse("Alarm").expect("a usable name");
    workspace
        .create_key(&bench.some_subaccount(), &name)
        .told_to(tell)
        .await
        .expect("it is made to its end");
    assert!(refused.load(Ordering::SeqCst) > 2);
    assert!(workspace.leave());
}
