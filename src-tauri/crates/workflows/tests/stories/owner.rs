//! The account's Auth Token, as the last way to open a lock.

use practice::Settings;
use twilio::SignInError;
use workflows::{ConnectError, Problem};

use crate::bench::Bench;

#[tokio::test]
async fn only_the_auth_token_of_the_account_shows_who_its_owner_is() {
    let bench = Bench::with_subaccounts(2).await;
    let workspace = &bench.workspace;
    let right = bench.sign_in_fields().auth_token;
    // Locked, nothing is signed in, nor is it afterwards.
    workspace.rest();
    for typed in [right.clone(), format!(" “{right}”\n")] {
        workspace
            .check_auth_token(&typed)
            .await
            .expect("Twilio takes it");
    }
    let wrong = workspace.check_auth_token(&"0".repeat(32)).await;
    assert!(
        matches!(wrong, Err(ConnectError::SignIn(SignInError::Refused(_)))),
        "{wrong:?}"
    );
    for (typed, empty) in [("", true), ("  ", true), ("not a token", false)] {
        let refused = workspace.check_auth_token(typed).await;
        assert!(
            match refused {
                Err(ConnectError::AuthTokenEmpty) => empty,
                Err(ConnectError::AuthTokenMalformed) => !empty,
                _ => false,
            },
            "{typed:?}"
        );
    }
}

#[tokio::test]
async fn a_twilio_that_cannot_be_asked_says_neither_yes_nor_no() {
    let bench = Bench::with_subaccounts(2).await;
    let right = bench.sign_in_fields().auth_token;
    bench.practice.go_offline().await;
    let unknown = bench.workspace.check_auth_token(&right).await;
    assert!(
        matches!(unknown, Err(ConnectError::Problem(Problem::Twilio(_)))),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn the_account_that_was_connected_last_stays_its_owners_after_it_was_disconnected() {
    let bench = Bench::unconnected(Settings {
        subaccounts: 1,
        ..Settings::default()
    })
    .await;
    let owner = async |bench: &Bench| {
        let account = bench.workspace.owners_account().await;
        account.expect("the records can be read")
    };
    assert_eq!(owner(&bench).await, None);
    let anything = bench.workspace.has_anything_to_lock().await;
    assert!(!anything.expect("the records can be read"));
    let nobody = bench.workspace.check_auth_token(&"0".repeat(32)).await;
    assert!(
        matches!(nobody, Err(ConnectError::Problem(Problem::NotConnected))),
        "{nobody:?}"
    );
    bench.connect().await;
    let connected = owner(&bench).await.expect("it is connected");
    bench.workspace.disconnect().await.expect("it is done");
    let bench = bench.restart().await;
    assert_eq!(owner(&bench).await, Some(connected));
    let anything = bench.workspace.has_anything_to_lock().await;
    assert!(anything.expect("the records can be read"));
    bench
        .workspace
        .check_auth_token(&bench.sign_in_fields().auth_token)
        .await
        .expect("Twilio takes it");
}
