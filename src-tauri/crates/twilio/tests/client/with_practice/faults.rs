//! What exists afterwards when something goes wrong.

use super::{active_child, hasty_client, parent_client, posts, practice_with};
use practice::{Fault, Practice, Rule, Settings};
use std::time::Duration;
use twilio::{Created, Error};

const ACCOUNTS: &str = "/2010-04-01/Accounts.json";
const KEYS: &str = "/2010-04-01/Accounts/*/Keys.json";

#[tokio::test]
async fn a_subaccount_that_was_made_without_a_reply_exists_once() {
    let faults = [
        Fault::ResetAfter,
        Fault::Truncated,
        Fault::TimeoutAfter,
        Fault::ErrorPage {
            status: 502,
            after: true,
        },
        Fault::MissingFields { field: None },
        Fault::WrongTypes {
            field: Some("sid".to_owned()),
        },
        Fault::Huge { bytes: 10_000_000 },
        Fault::Delay { ms: 3000 },
        Fault::SlowDrip {
            bytes: 1,
            every_ms: 100,
        },
    ];
    for fault in faults {
        let practice = practice_with(0).await;
        practice
            .faults()
            .inject(Rule::new(fault.clone()).on("POST", ACCOUNTS).next(1));
        let client = hasty_client(&practice);
        let error = client.create_account("Acme").await.unwrap_err();
        assert_eq!(
            error.created(),
            Created::Unknown,
            "{error:?} after {fault:?}"
        );
        assert_eq!(posts(&practice).len(), 1, "{fault:?}");
        if matches!(fault, Fault::Delay { .. }) {
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
        assert_eq!(practice.state().subaccounts, 1, "{fault:?}");
        assert_eq!(
            client.accounts_named("Acme").await.unwrap().len(),
            1,
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn a_key_that_was_not_made_is_not_made_by_a_second_try() {
    for fault in [
        Fault::Close,
        Fault::ResetBefore,
        Fault::TimeoutBefore,
        Fault::ErrorPage {
            status: 503,
            after: false,
        },
    ] {
        let practice = practice_with(1).await;
        let keys = practice.state().keys;
        practice
            .faults()
            .inject(Rule::new(fault.clone()).on("POST", KEYS).next(1));
        let child = active_child(&practice);
        let error = hasty_client(&practice)
            .create_key(&child, "k")
            .await
            .unwrap_err();
        assert_eq!(
            error.created(),
            Created::Unknown,
            "{error:?} after {fault:?}"
        );
        assert_eq!(posts(&practice).len(), 1, "{fault:?}");
        assert_eq!(practice.state().keys, keys, "{fault:?}");
    }
}

#[tokio::test]
async fn a_busy_twilio_is_asked_again_until_it_makes_one_subaccount() {
    let practice = practice_with(0).await;
    let busy = Fault::TooManyRequests { retry_after: None };
    practice
        .faults()
        .inject(Rule::new(busy).on("POST", ACCOUNTS).next(3));
    parent_client(&practice)
        .create_account("Acme")
        .await
        .unwrap();
    assert_eq!(posts(&practice).len(), 4);
    assert_eq!(practice.state().subaccounts, 1);
}

#[tokio::test]
async fn the_limit_of_subaccounts_is_a_refusal_that_made_nothing() {
    let settings = Settings {
        subaccounts: 1,
        trial: true,
        ..Settings::default()
    };
    let practice = Practice::start(settings).await.unwrap();
    let error = parent_client(&practice)
        .create_account("Acme")
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some(21480));
    assert_eq!(error.created(), Created::No);
    assert!(error.request_id().is_some());
    assert_eq!(practice.state().subaccounts, 1);
}

#[tokio::test]
async fn offline_nothing_is_made_and_online_it_works_again() {
    let practice = practice_with(0).await;
    let client = parent_client(&practice);
    client.accounts().await.unwrap();
    practice.go_offline().await;
    let error = client.create_account("Acme").await.unwrap_err();
    assert!(
        matches!(error, Error::ConnectionRefused { .. }),
        "{error:?}"
    );
    assert_eq!(error.created(), Created::No);
    practice.go_online().await.unwrap();
    client.create_account("Acme").await.unwrap();
    assert_eq!(practice.state().subaccounts, 1);
}

#[tokio::test]
async fn reads_outlast_what_writes_do_not() {
    for fault in [
        Fault::ErrorPage {
            status: 500,
            after: false,
        },
        Fault::ResetAfter,
        Fault::Truncated,
        Fault::TooManyRequests { retry_after: None },
    ] {
        let practice = practice_with(2).await;
        practice
            .faults()
            .inject(Rule::new(fault.clone()).on("GET", ACCOUNTS).next(4));
        let accounts = parent_client(&practice).accounts().await.unwrap().rows;
        assert_eq!(accounts.len(), 3, "{fault:?}");
        assert_eq!(practice.requests().len(), 5, "{fault:?}");
    }
}

#[tokio::test]
async fn an_answer_for_another_account_is_refused() {
    let practice = practice_with(3).await;
    practice
        .faults()
        .inject(Rule::new(Fault::OtherAccount { sid: None }));
    let client = parent_client(&practice);
    let child = active_child(&practice);
    for error in [
        client.account(&child).await.unwrap_err(),
        client
            .spend_this_month(&child)
            .await
            .map(|_| ())
            .unwrap_err(),
        client.prove_key(&child).await.unwrap_err(),
        client.keys(&child).await.map(|_| ()).unwrap_err(),
    ] {
        assert!(matches!(error, Error::WrongAccount { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_list_without_an_end_is_given_up() {
    let practice = practice_with(2).await;
    practice.faults().inject(Rule::new(Fault::EndlessPages));
    let error = parent_client(&practice).accounts().await.unwrap_err();
    assert_eq!(error, Error::TooManyPages);
    assert!(practice.requests().len() <= 200);
}
