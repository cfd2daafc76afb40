//! Connecting the parent account.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use practice::{Fault, Rule, Settings};
use twilio::SignInError;
use vault::keychain::file_store::{self, Call, Script};
use workflows::{ConnectError, Problem, SignInFields};

use crate::bench::Bench;

fn fields(account_sid: &str, auth_token: &str) -> SignInFields {
    SignInFields {
        account_sid: account_sid.to_owned(),
        auth_token: auth_token.to_owned(),
    }
}

async fn unconnected() -> Bench {
    Bench::unconnected(Settings {
        subaccounts: 3,
        ..Settings::default()
    })
    .await
}

async fn refused(bench: &Bench, account_sid: &str, auth_token: &str) -> ConnectError {
    let error = bench
        .workspace
        .connect(fields(account_sid, auth_token))
        .await
        .expect_err("this must not connect");
    assert!(
        bench.keychain_items().is_empty(),
        "nothing is stored when the check fails"
    );
    let connection = bench
        .workspace
        .records()
        .connection()
        .await
        .expect("the records can be read");
    assert_eq!(connection, None, "nothing is recorded when the check fails");
    error
}

#[tokio::test]
async fn pasted_values_connect_whatever_came_along_with_them() {
    let bench = unconnected().await;
    let parent = bench.practice.parent();
    let connected = bench
        .workspace
        .connect(fields(
            &format!(" “{}”\r\n", parent.account_sid),
            &format!("\t'{}'\n", parent.auth_token),
        ))
        .await
        .expect("quotes, spaces and line breaks do not matter");
    assert_eq!(connected.name, parent.friendly_name);
    assert_eq!(
        bench.keychain_items(),
        [bench.item_named(&format!("Auth Token {}", parent.account_sid))]
    );
}

#[tokio::test]
async fn a_connection_that_nobody_wants_any_more_keeps_nothing_although_twilio_accepted_it() {
    let bench = unconnected().await;
    let parent = bench.practice.parent();
    let asked = Arc::new(AtomicUsize::new(0));
    let asks = Arc::clone(&asked);
    let error = bench
        .workspace
        .connect_if(fields(&parent.account_sid, &parent.auth_token), move || {
            asks.fetch_add(1, Ordering::Relaxed);
            false
        })
        .await
        .expect_err("it was cancelled");
    assert!(matches!(error, ConnectError::Cancelled), "{error}");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    assert!(bench.keychain_items().is_empty());
    let connection = bench.workspace.records().connection().await;
    assert_eq!(connection.expect("the records can be read"), None);
    let activity = bench.workspace.records().activity(None, 10).await;
    assert!(activity.expect("the records can be read").is_empty());

    bench.connect().await;
    assert_eq!(bench.keychain_items().len(), 1, "and it can be done later");
}

#[tokio::test]
async fn values_that_twilio_refuses_are_not_asked_about() {
    let bench = unconnected().await;
    let parent = bench.practice.parent();
    let wanted = || -> bool { panic!("there is nothing to keep") };
    let error = bench
        .workspace
        .connect_if(fields(&parent.account_sid, &"0".repeat(32)), wanted)
        .await
        .expect_err("the token is wrong");
    assert!(matches!(error, ConnectError::SignIn(_)), "{error}");
}

#[tokio::test]
async fn connecting_twice_updates() {
    let bench = unconnected().await;
    bench.connect().await;
    bench.connect().await;
    assert_eq!(bench.keychain_items().len(), 1);
}

#[tokio::test]
async fn each_wrong_pair_of_values_is_told_apart_and_nothing_is_kept() {
    let bench = unconnected().await;
    let parent = bench.practice.parent();
    let wrong_token = "0".repeat(32);

    assert!(matches!(
        refused(&bench, "", &parent.auth_token).await,
        ConnectError::AccountSidEmpty
    ));
    assert!(matches!(
        refused(&bench, "AC123", &parent.auth_token).await,
        ConnectError::AccountSidMalformed(_)
    ));
    assert!(matches!(
        refused(&bench, &parent.account_sid, " ").await,
        ConnectError::AuthTokenEmpty
    ));
    assert!(matches!(
        refused(&bench, &parent.account_sid, "too short").await,
        ConnectError::AuthTokenMalformed
    ));
    assert!(matches!(
        refused(&bench, &parent.account_sid, &wrong_token).await,
        ConnectError::SignIn(SignInError::Refused(_))
    ));
    let (main, main_secret) = &parent.main_key;
    assert!(matches!(
        refused(&bench, main, main_secret).await,
        ConnectError::MainKey
    ));
    let (standard, standard_secret) = &parent.standard_key;
    assert!(matches!(
        refused(&bench, standard, standard_secret).await,
        ConnectError::SignIn(SignInError::RefusedKey)
    ));
    assert!(matches!(
        refused(&bench, standard, "").await,
        ConnectError::KeySidInsteadOfAccountSid
    ));
    let (restricted, restricted_secret) = &parent.restricted_key;
    assert!(matches!(
        refused(&bench, restricted, restricted_secret).await,
        ConnectError::SignIn(SignInError::RestrictedKey)
    ));
    let (test_sid, test_token) = &parent.test_credentials;
    assert!(matches!(
        refused(&bench, test_sid, test_token).await,
        ConnectError::SignIn(SignInError::TestCredentials)
    ));
}

#[tokio::test]
async fn a_subaccount_instead_of_the_parent_names_the_parent() {
    let bench = unconnected().await;
    let (sid, token) = bench
        .practice
        .subaccount_token()
        .expect("there are subaccounts");
    let error = refused(&bench, &sid, &token).await;
    let ConnectError::SignIn(SignInError::SubaccountInsteadOfParent { parent, .. }) = error else {
        panic!("{error}");
    };
    assert_eq!(parent.as_str(), bench.practice.parent().account_sid);
}

#[tokio::test]
async fn without_a_network_nothing_is_kept() {
    let bench = unconnected().await;
    let parent = bench.practice.parent();
    bench.practice.go_offline().await;
    let error = refused(&bench, &parent.account_sid, &parent.auth_token).await;
    assert!(
        matches!(error, ConnectError::SignIn(SignInError::Other(_))),
        "{error}"
    );
}

#[tokio::test]
async fn answers_that_are_not_twilios_connect_nothing() {
    let bench = unconnected().await;
    let parent = bench.practice.parent();
    for fault in [
        Fault::ErrorPage {
            status: 502,
            after: false,
        },
        Fault::Truncated,
        Fault::WrongTypes { field: None },
        Fault::MissingFields { field: None },
        Fault::Huge { bytes: 10_000_000 },
    ] {
        bench.practice.faults().inject(Rule::new(fault));
        refused(&bench, &parent.account_sid, &parent.auth_token).await;
        bench.practice.faults().clear();
    }
}

#[tokio::test]
async fn disconnecting_takes_the_token_out_of_the_keychain_and_leaves_saved_secrets() {
    let bench = Bench::with_subaccounts(3).await;
    let made = bench
        .create_subaccount("Acme Cold Storage")
        .await
        .expect("it is made");
    bench.workspace.disconnect().await.expect("it disconnects");
    assert!(
        !bench
            .keychain_items()
            .iter()
            .any(|item| item.starts_with("Auth Token"))
    );
    assert!(bench.saved_secret_works(&made.key).await);
    let lines = bench
        .workspace
        .list()
        .await
        .expect("the records can be read")
        .rows;
    assert!(
        lines.iter().any(|line| line.name == "Acme Cold Storage"),
        "still to be found"
    );
    let error = bench
        .create_key(&made.account, "Another")
        .await
        .expect_err("nobody is signed in");
    assert!(matches!(error.problem, Problem::NotConnected));
}

/// Long enough for a sign-in to come as far as it does.
const A_WHILE: Duration = Duration::from_millis(300);

#[tokio::test]
async fn one_that_is_cancelled_while_twilio_does_not_answer_ends_at_once_and_keeps_nothing() {
    let bench = unconnected().await;
    let slow = Rule::new(Fault::Delay { ms: 60_000 });
    bench.practice.faults().inject(slow.next(1));
    let first = bench.workspace.connect(bench.sign_in_fields()).begin();
    tokio::time::sleep(A_WHILE).await;
    bench.workspace.cancel_connect();
    let second = bench.workspace.connect(bench.sign_in_fields()).begin();
    let error = first.await.expect_err("it was cancelled");
    assert!(matches!(error, ConnectError::Cancelled), "{error}");
    second
        .await
        .expect("the later one is the one that is wanted");
    assert_eq!(bench.keychain_items().len(), 1);
}

#[tokio::test]
async fn one_that_is_being_kept_is_neither_cancelled_nor_overtaken() {
    let bench = unconnected().await;
    bench.direct_keychain(&Script::once(
        Call::Write,
        file_store::Fault::Hang { ms: 900 },
    ));
    let kept = bench.workspace.connect(bench.sign_in_fields()).begin();
    tokio::time::sleep(A_WHILE).await;
    bench.workspace.cancel_connect();
    let other = bench.workspace.connect(bench.sign_in_fields()).await;
    assert!(
        matches!(other, Err(ConnectError::Problem(Problem::AlreadyRunning))),
        "{other:?}"
    );
    kept.await.expect("it is kept to its end");
    bench.connect().await;
    assert_eq!(bench.keychain_items().len(), 1, "and then another may be");
}
