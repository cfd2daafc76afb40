//! Reading everything anew, and what is made of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use practice::{AnswerBody, Fault, Rule};
use workflows::view::SubaccountStatus;
use workflows::{KeyState, News, OperationKind, Problem, Refresh, Step};

use crate::bench::Bench;

async fn refresh(bench: &Bench) -> Result<Refresh, Problem> {
    bench.workspace.refresh().await
}

#[tokio::test]
async fn a_thousand_subaccounts_take_two_list_requests_and_the_parent_is_not_among_them() {
    let bench = Bench::with_subaccounts(1_000).await;
    let workspace = Arc::clone(&bench.workspace);
    let outcome = bench
        .workspace
        .refresh()
        .told_to(move |news| {
            if matches!(
                news,
                News::Progress {
                    step: Step::ReadDetails,
                    done: 0,
                    ..
                }
            ) {
                workspace.stop_all(OperationKind::Refresh);
            }
        })
        .await
        .expect("the list is read");
    assert_eq!(outcome, Refresh::Stopped);
    assert_eq!(bench.requests("GET", "/Accounts.json"), 2);
    let list = bench
        .workspace
        .list()
        .await
        .expect("the records can be read");
    let (lines, read_at) = (list.rows, list.read_at);
    assert_eq!(lines.len(), 1_000);
    assert!(read_at.is_some());
    let parent = bench.practice.parent().account_sid;
    assert!(lines.iter().all(|line| line.sid.as_str() != parent));
}

#[tokio::test]
async fn keys_and_spend_of_every_open_subaccount_arrive_one_after_the_other() {
    let bench = Bench::with_subaccounts(30).await;
    let arrived = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&arrived);
    let outcome = bench
        .workspace
        .refresh()
        .told_to(move |news| match news {
            News::Progress { done, total, .. } if *done > 0 => {
                let mut arrived = hears.lock().expect("news come one by one");
                arrived.push((*done, *total));
            }
            _ => {}
        })
        .await
        .expect("all is read");
    assert_eq!(outcome, Refresh::Complete { unread: 0 });
    let arrived = arrived.lock().expect("news come one by one").clone();
    let total = arrived.len();
    assert_eq!(
        arrived,
        (1..=total).map(|done| (done, total)).collect::<Vec<_>>()
    );
    let lines = bench
        .workspace
        .list()
        .await
        .expect("the records can be read")
        .rows;
    for line in lines {
        let closed = line.status == SubaccountStatus::Closed;
        assert_eq!(line.unsaved.is_none(), closed, "{}", line.name);
        assert_eq!(line.spend.is_none(), closed, "{}", line.name);
    }
}

#[tokio::test]
async fn one_subaccount_that_cannot_be_read_does_not_stop_the_others_and_is_counted() {
    let answer = |status, body| Fault::Answer {
        status,
        body,
        after: false,
    };
    // One that refuses the account's own credentials as well, although all others take them.
    for fault in [
        answer(403, AnswerBody::Page),
        answer(401, AnswerBody::Json),
        Fault::TooManyRequests { retry_after: None },
    ] {
        let bench = Bench::with_subaccounts(10).await;
        let unlucky = bench.some_subaccount();
        let name = format!("{fault:?}");
        bench
            .practice
            .faults()
            .inject(Rule::new(fault).on("GET", &format!("/2010-04-01/Accounts/{unlucky}/**")));
        assert_eq!(
            refresh(&bench).await.expect("the others are read"),
            Refresh::Complete { unread: 1 },
            "{name}"
        );
        let lines = bench
            .workspace
            .list()
            .await
            .expect("the records can be read")
            .rows;
        let unread = lines
            .iter()
            .filter(|line| line.status != SubaccountStatus::Closed && line.unsaved.is_none());
        assert_eq!(unread.count(), 1, "{name}");
    }
}

#[tokio::test]
async fn an_auth_token_that_was_changed_meanwhile_ends_a_refresh() {
    let bench = Bench::with_subaccounts(40).await;
    let bench = Arc::new(bench);
    let told = Arc::new(AtomicUsize::new(0));
    let (hears, twilio) = (Arc::clone(&told), Arc::clone(&bench));
    let hear = move |news: &News| match news {
        News::Progress { done: 0, .. } => {
            let refusal = Fault::Answer {
                status: 401,
                body: AnswerBody::Twilio,
                after: false,
            };
            twilio.practice.faults().inject(Rule::new(refusal));
        }
        News::Progress { .. } => {
            hears.fetch_add(1, Ordering::SeqCst);
        }
        _ => {}
    };
    let outcome = bench.workspace.refresh().told_to(hear).await;
    assert!(
        matches!(&outcome, Err(Problem::Twilio(error)) if error.status() == Some(401)),
        "{outcome:?}"
    );
    assert_eq!(told.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn what_was_saved_stays_when_the_network_is_gone() {
    let bench = Bench::with_subaccounts(10).await;
    refresh(&bench).await.expect("all is read");
    bench.practice.go_offline().await;
    refresh(&bench).await.expect_err("there is no network");
    let list = bench
        .workspace
        .list()
        .await
        .expect("the records can be read");
    let (lines, read_at) = (list.rows, list.read_at);
    assert_eq!(lines.len(), 10);
    assert!(read_at.is_some());
}

#[tokio::test]
async fn a_saved_key_that_is_deleted_elsewhere_is_marked() {
    let bench = Bench::with_subaccounts(3).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let elsewhere = bench.elsewhere();
    elsewhere
        .delete_key(&made.account, &made.key)
        .await
        .expect("it is deleted");
    bench.later(jiff::SignedDuration::from_mins(6));
    refresh(&bench).await.expect("all is read");
    let view = bench
        .workspace
        .subaccount(&made.account)
        .await
        .expect("the records can be read");
    assert_eq!(view.keys[0].state, KeyState::RemovedAtTwilio);
    assert_eq!(view.row.removed, 1);
}

#[tokio::test]
async fn lists_that_are_not_lists_change_nothing_here() {
    let bench = Bench::with_subaccounts(5).await;
    refresh(&bench).await.expect("all is read");
    for fault in [
        Fault::ErrorPage {
            status: 404,
            after: false,
        },
        Fault::Truncated,
        Fault::WrongTypes { field: None },
        Fault::MissingFields { field: None },
        Fault::EndlessPages,
        Fault::Huge { bytes: 10_000_000 },
    ] {
        let name = fault.kind();
        bench
            .practice
            .faults()
            .inject(Rule::new(fault).on("GET", "/2010-04-01/Accounts.json"));
        refresh(&bench).await.expect_err(name);
        bench.practice.faults().clear();
        let lines = bench
            .workspace
            .list()
            .await
            .expect("the records can be read")
            .rows;
        assert_eq!(lines.len(), 5, "{name}");
    }
}

#[tokio::test]
async fn what_was_read_while_the_clock_was_ahead_does_not_outlast_what_is_read_now() {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    let elsewhere = bench.elsewhere();
    let key = elsewhere.create_key(&account, "Passing").await;
    let key = key.expect("it is made").key.sid;
    let ahead = jiff::SignedDuration::from_hours(3);
    bench.set_clock_ahead(ahead);
    refresh(&bench).await.expect("all is read");
    bench.set_clock_ahead(-ahead);
    elsewhere
        .rename_account(&account, "Renamed")
        .await
        .expect("it is renamed");
    elsewhere
        .delete_key(&account, &key)
        .await
        .expect("it is deleted");
    refresh(&bench).await.expect("all is read");
    let view = bench.workspace.subaccount(&account).await;
    let view = view.expect("the records can be read");
    assert_eq!(view.row.name, "Renamed");
    assert!(!view.keys.iter().any(|line| line.name == "Passing"));
}
