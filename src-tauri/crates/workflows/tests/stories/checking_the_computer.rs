//! Trying out this computer: what works, what does not, and that neither is told of the other.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use practice::{Fault as TwilioFault, Rule as TwilioRule, Settings};
use twilio::Stage;
use vault::KeychainError;
use vault::keychain::file_store::{Call, Fault, Refusal, Rule, Script};
#[cfg(unix)]
use workflows::DataFolderProblem;
use workflows::{Check, ClockProblem, Finding, KeychainProblem, Verdict, Workspace};

use crate::bench::{Bench, tried_out};

/// What was told, in order; and the findings.
async fn checked(workspace: &Arc<Workspace>) -> (Vec<Check>, Vec<Finding>) {
    tried_out(workspace).await
}

async fn finding(workspace: &Arc<Workspace>, check: Check) -> Finding {
    let (_, findings) = checked(workspace).await;
    let mut of_it = findings
        .into_iter()
        .filter(|finding| finding.check() == check);
    let finding = of_it.next().expect("everything is tried");
    assert!(of_it.next().is_none(), "and once");
    finding
}

async fn keychain_problem(bench: &Bench) -> (Verdict, KeychainProblem) {
    let finding = finding(&bench.workspace, Check::Keychain).await;
    let verdict = finding.verdict();
    match finding {
        Finding::Keychain(found) => (verdict, found.problem.expect("something is wrong")),
        other => panic!("{other:?}"),
    }
}

async fn clock_problem(bench: &Bench) -> Option<ClockProblem> {
    match finding(&bench.workspace, Check::Clock).await {
        Finding::Clock(found) => found.problem,
        other => panic!("{other:?}"),
    }
}

fn always(on: Call, fault: Fault) -> Script {
    let rule = Rule {
        on,
        skip: 0,
        times: None,
        fault,
    };
    Script {
        rules: vec![rule],
        ..Script::default()
    }
}

#[tokio::test]
async fn on_a_computer_in_order_everything_is_fine_and_nothing_is_left_behind() {
    let bench = Bench::with_subaccounts(3).await;
    bench
        .create_key(&bench.some_subaccount(), "The first")
        .await
        .expect("it is made");
    let items = bench.keychain_items();
    bench.practice.forget_requests();

    let (began, findings) = checked(&bench.workspace).await;
    assert_eq!((began.len(), findings.len()), (6, 6));
    for finding in &findings {
        let zone_unknown = matches!(
            finding,
            Finding::Clock(found) if found.problem == Some(ClockProblem::ZoneUnknown)
        );
        assert!(
            finding.verdict() == Verdict::Fine || zone_unknown,
            "{finding:?}"
        );
    }
    assert_eq!(bench.keychain_items(), items, "the test entries are gone");
    let sent = bench.practice.requests();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].signed_by.is_none(), "nothing was signed");
    let left: Vec<_> = std::fs::read_dir(bench.workspace.records().folder())
        .expect("the folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains("try"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[tokio::test]
async fn nothing_is_connected_and_everything_is_tried_all_the_same() {
    let bench = Bench::unconnected(Settings::default()).await;
    let (_, findings) = checked(&bench.workspace).await;
    assert!(
        findings
            .iter()
            .all(|finding| finding.verdict() != Verdict::Broken),
        "{findings:?}"
    );
}

#[tokio::test]
async fn a_keychain_that_refuses_says_why_and_keeps_nothing_else_from_being_tried() {
    for (call, fault, expected) in [
        (
            Call::Write,
            Fault::Refuse(Refusal::NoKeychain),
            KeychainError::NoKeychain,
        ),
        (
            Call::Write,
            Fault::Refuse(Refusal::Locked),
            KeychainError::Locked,
        ),
        (
            Call::Write,
            Fault::Refuse(Refusal::Dismissed),
            KeychainError::Dismissed,
        ),
        (
            Call::Write,
            Fault::Refuse(Refusal::Full),
            KeychainError::Full,
        ),
        (Call::Write, Fault::Lose, KeychainError::SaveNotConfirmed),
        (
            Call::Read,
            Fault::Refuse(Refusal::Locked),
            KeychainError::SaveNotConfirmed,
        ),
        (
            Call::Delete,
            Fault::Refuse(Refusal::Blocked),
            KeychainError::Blocked,
        ),
    ] {
        let bench = Bench::with_subaccounts(1).await;
        bench.direct_keychain(&always(call, fault));
        let (_, findings) = checked(&bench.workspace).await;
        assert_eq!(findings.len(), 6);
        for finding in findings {
            match finding {
                Finding::Keychain(found) => match found.problem {
                    Some(KeychainProblem::DoesNotWork(error)) => {
                        assert_eq!(error, expected, "{call:?} {fault:?}");
                    }
                    other => panic!("{call:?} {fault:?}: {other:?}"),
                },
                other => assert_ne!(other.verdict(), Verdict::Broken, "{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_keychain_that_hangs_is_given_up_on_and_holds_up_nothing_else() {
    let bench = Bench::with_subaccounts(1).await.restart_impatient().await;
    bench.direct_keychain(&always(Call::Any, Fault::Hang { ms: 60_000 }));
    let order = bench.findings().await;
    match order.last() {
        Some(Finding::Keychain(found)) => assert!(
            matches!(
                found.problem,
                Some(KeychainProblem::DoesNotWork(KeychainError::NoAnswer))
            ),
            "{found:?}"
        ),
        other => panic!("all the others ended before it: {other:?}"),
    }
}

#[tokio::test]
async fn a_keychain_that_is_nearly_full_is_told_before_it_is_full() {
    let bench = Bench::with_subaccounts(1).await;
    let items = bench.keychain_items();
    bench.direct_keychain(&Script {
        capacity: Some(items.len() + 4),
        ..Script::default()
    });
    let (verdict, problem) = keychain_problem(&bench).await;
    assert_eq!(verdict, Verdict::Attention);
    assert!(
        matches!(problem, KeychainProblem::NearlyFull { room: 4 }),
        "{problem:?}"
    );
    assert_eq!(bench.keychain_items(), items, "the test entries are gone");
}

#[tokio::test]
async fn a_keychain_that_was_emptied_lacks_the_auth_token() {
    let bench = Bench::with_subaccounts(1).await;
    std::fs::remove_file(bench.keychain_file()).expect("somebody deletes everything");
    let (verdict, problem) = keychain_problem(&bench).await;
    assert_eq!(verdict, Verdict::Broken);
    assert!(
        matches!(problem, KeychainProblem::AuthTokenMissing),
        "{problem:?}"
    );
}

#[tokio::test]
async fn a_keychain_without_the_sealing_key_is_told() {
    let bench = Bench::with_subaccounts(3).await;
    bench
        .create_key(&bench.some_subaccount(), "The first")
        .await
        .expect("it is made");
    std::fs::remove_file(bench.keychain_file()).expect("somebody deletes everything");
    bench.connect().await;
    let (verdict, problem) = keychain_problem(&bench).await;
    assert_eq!(verdict, Verdict::Attention);
    assert!(
        matches!(problem, KeychainProblem::SealingKeyMissing),
        "{problem:?}"
    );
}

#[tokio::test]
async fn a_clock_that_is_two_hours_ahead_is_noticed_from_the_date_of_twilios_answer() {
    let bench = Bench::with_subaccounts(1).await;
    bench.set_clock_ahead(SignedDuration::from_hours(2));
    match clock_problem(&bench).await {
        Some(ClockProblem::WrongZone(ahead)) => {
            let beyond = ahead - SignedDuration::from_hours(2);
            assert!(beyond.abs() < SignedDuration::from_secs(60), "{ahead}");
        }
        other => panic!("{other:?}"),
    }
    bench.set_clock_ahead(SignedDuration::from_mins(-125));
    let problem = clock_problem(&bench).await;
    assert!(
        matches!(problem, Some(ClockProblem::Wrong(ahead)) if ahead.is_negative()),
        "{problem:?}"
    );
}

#[tokio::test]
async fn twilio_that_is_wrong_about_the_time_cannot_be_told_from_a_wrong_clock() {
    let bench = Bench::with_subaccounts(1).await;
    bench.practice.advance_clock(SignedDuration::from_mins(40));
    let problem = clock_problem(&bench).await;
    assert!(
        matches!(problem, Some(ClockProblem::Wrong(ahead)) if ahead.is_negative()),
        "{problem:?}"
    );
}

#[tokio::test]
async fn without_a_way_to_twilio_the_clock_is_not_compared_and_the_rest_is_fine() {
    let bench = Bench::with_subaccounts(1).await;
    bench.practice.go_offline().await;
    let (_, findings) = checked(&bench.workspace).await;
    for finding in findings {
        match finding {
            Finding::Twilio(tried) => {
                let unreached = tried.outcome.expect_err("nobody is there");
                assert_eq!(unreached.stage, Stage::Connection);
            }
            Finding::Clock(found) => {
                assert_eq!(found.problem, Some(ClockProblem::NotCompared));
            }
            other => assert_eq!(other.verdict(), Verdict::Fine, "{other:?}"),
        }
    }
}

#[tokio::test]
async fn trouble_at_twilio_is_told_with_its_stage_and_asked_once() {
    let bench = Bench::with_subaccounts(1).await;
    bench.practice.faults().inject(
        TwilioRule::new(TwilioFault::ErrorPage {
            status: 503,
            after: false,
        })
        .next(9),
    );
    match finding(&bench.workspace, Check::Twilio).await {
        Finding::Twilio(tried) => {
            assert_eq!(tried.outcome.expect_err("trouble").stage, Stage::Answer);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(bench.practice.requests().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_data_folder_that_cannot_be_written_to_is_told() {
    let bench = Bench::with_subaccounts(1).await;
    let folder = bench.workspace.records().folder().to_owned();
    // A folder of the trial's own name: for root, a missing permission is none.
    let in_the_way = folder.join("written to try the disk.tmp");
    std::fs::create_dir(&in_the_way).expect("a folder in the way");
    match finding(&bench.workspace, Check::DataFolder).await {
        Finding::DataFolder(found) => {
            assert!(
                matches!(
                    found.problem,
                    Some(DataFolderProblem::DoesNotWork(
                        vault::RecordsError::NoAccess(_)
                    ))
                ),
                "{found:?}"
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(in_the_way.is_dir(), "what is somebody else's is left alone");
}

#[tokio::test]
async fn records_with_a_value_that_cannot_be_read_are_told() {
    let bench = Bench::with_subaccounts(30).await;
    let bench = bench
        .restart_after(|file| {
            let elsewhere = rusqlite::Connection::open(file).expect("another program");
            elsewhere
                .execute("UPDATE connection SET connected_at = 'some day'", [])
                .expect("somebody changes a row");
        })
        .await;
    let finding = finding(&bench.workspace, Check::Records).await;
    assert_eq!(finding.verdict(), Verdict::Broken, "{finding:?}");
    tokio::time::timeout(Duration::from_secs(5), bench.workspace.list())
        .await
        .expect("the records still answer")
        .expect("and what is sound can be read");
}
