//! The client against the made-up Twilio, which knows nothing of how the client works.

use jiff::Timestamp;
use practice::{Fault, KeyKind, Practice, RequestEntry, Rule, Settings, Status};
use std::time::Duration;
use twilio::{
    AccountSid, AccountStatus, ApiSecret, AuthToken, Client, Created, Credentials, Error, Hosts,
    NewStatus, SignIn, SignInError, Timeouts, sign_in,
};

const ACCOUNTS: &str = "/2010-04-01/Accounts.json";
const KEYS: &str = "/2010-04-01/Accounts/*/Keys.json";

async fn practice_with(subaccounts: usize) -> Practice {
    let settings = Settings {
        subaccounts,
        ..Settings::default()
    };
    Practice::start(settings).await.unwrap()
}

fn client(practice: &Practice, credentials: Credentials) -> Client {
    Client::builder(Hosts::loopback(&practice.base_url()).unwrap(), credentials)
        .timeouts(Timeouts {
            connect: Duration::from_secs(1),
            total: Duration::from_secs(2),
        })
        .build()
        .unwrap()
}

fn token_pair(pair: (String, String)) -> Credentials {
    Credentials::AuthToken {
        account: pair.0.parse().unwrap(),
        token: AuthToken::new(pair.1),
    }
}

fn key_pair(pair: (String, String)) -> Credentials {
    Credentials::ApiKey {
        key: pair.0.parse().unwrap(),
        secret: ApiSecret::new(pair.1),
    }
}

fn parent_client(practice: &Practice) -> Client {
    let parent = practice.parent();
    client(
        practice,
        token_pair((parent.account_sid, parent.auth_token)),
    )
}

fn parent_sid(practice: &Practice) -> AccountSid {
    practice.parent().account_sid.parse().unwrap()
}

fn active_child(practice: &Practice) -> AccountSid {
    let (sid, _) = practice.subaccount_token().unwrap();
    sid.parse().unwrap()
}

fn posts(practice: &Practice) -> Vec<RequestEntry> {
    let mut requests = practice.requests();
    requests.retain(|request| request.method == "POST");
    requests
}

#[tokio::test]
async fn a_thousand_subaccounts_are_listed_with_two_requests() {
    let practice = practice_with(1000).await;
    let accounts = parent_client(&practice).accounts().await.unwrap();
    assert_eq!(accounts.len(), 1001);
    assert_eq!(practice.requests().len(), 2);
    let parent = parent_sid(&practice);
    assert!(accounts.iter().all(|account| account.owner == parent));
    assert_eq!(
        accounts
            .iter()
            .filter(|account| account.is_parent())
            .count(),
        1
    );
}

#[tokio::test]
async fn an_account_is_made_found_renamed_suspended_and_closed() {
    let practice = practice_with(3).await;
    let client = parent_client(&practice);
    let made = client.create_account("Bäckerei Süß & Co").await.unwrap();
    assert_eq!(made.owner, parent_sid(&practice));
    assert_eq!(made.status, AccountStatus::Active);
    assert!(made.created.is_some());
    let found = client.accounts_named("Bäckerei Süß & Co").await.unwrap();
    assert_eq!(found, std::slice::from_ref(&made));
    assert_eq!(client.account(&made.sid).await.unwrap(), made);

    let renamed = client.rename_account(&made.sid, "Bakery").await.unwrap();
    assert_eq!(renamed.friendly_name, "Bakery");
    assert!(
        client
            .accounts_named("Bäckerei Süß & Co")
            .await
            .unwrap()
            .is_empty()
    );
    for (status, expected) in [
        (NewStatus::Suspended, AccountStatus::Suspended),
        (NewStatus::Active, AccountStatus::Active),
        (NewStatus::Closed, AccountStatus::Closed),
    ] {
        let changed = client.set_account_status(&made.sid, status).await.unwrap();
        assert_eq!(changed.status, expected);
    }
    let reopened = client
        .set_account_status(&made.sid, NewStatus::Active)
        .await;
    assert_eq!(reopened.unwrap_err().code(), Some(21479));
}

#[tokio::test]
async fn a_key_is_made_proven_renamed_and_deleted_twice() {
    let practice = practice_with(3).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    let before = client.keys(&child).await.unwrap().len();
    let created = client.create_key(&child, "DicksonOne").await.unwrap();
    assert!(practice.signs_in(created.key.sid.as_str(), created.secret.expose()));
    assert_eq!(
        client.key(&child, &created.key.sid).await.unwrap(),
        created.key
    );
    assert_eq!(client.keys(&child).await.unwrap().len(), before + 1);

    let signed_by_key = client.signed_by(Credentials::ApiKey {
        key: created.key.sid.clone(),
        secret: created.secret.duplicate(),
    });
    signed_by_key.prove_key(&child).await.unwrap();
    assert!(
        signed_by_key
            .prove_key(&parent_sid(&practice))
            .await
            .is_err()
    );

    let renamed = client
        .rename_key(&child, &created.key.sid, "Renamed")
        .await
        .unwrap();
    assert_eq!(renamed.friendly_name, "Renamed");
    client.delete_key(&child, &created.key.sid).await.unwrap();
    client.delete_key(&child, &created.key.sid).await.unwrap();
    assert!(practice.state().key(created.key.sid.as_str()).is_none());
    assert!(signed_by_key.prove_key(&child).await.is_err());
}

#[tokio::test]
async fn a_made_key_is_a_standard_key() {
    let practice = practice_with(1).await;
    let child = active_child(&practice);
    let created = parent_client(&practice)
        .create_key(&child, "k")
        .await
        .unwrap();
    let state = practice.state();
    let (account, key) = state.key(created.key.sid.as_str()).unwrap();
    assert_eq!(account.sid, child.as_str());
    assert_eq!(key.kind, KeyKind::Standard);
}

#[tokio::test]
async fn money_is_read() {
    let settings = Settings {
        subaccounts: 5,
        now: Some("2026-06-24T12:00:00Z".parse::<Timestamp>().unwrap()),
        ..Settings::default()
    };
    let practice = Practice::start(settings).await.unwrap();
    let client = parent_client(&practice);
    let balance = client.balance(&parent_sid(&practice)).await.unwrap();
    assert_eq!(balance.currency.len(), 3);
    for account in practice.subaccounts() {
        let sid: AccountSid = account.account_sid.parse().unwrap();
        if let Some(spend) = client.spend_this_month(&sid).await.unwrap() {
            assert_eq!(spend.money.currency, balance.currency);
            assert!(spend.as_of.is_some());
        }
    }
}

#[tokio::test]
async fn each_kind_of_credentials_is_told_by_signing_in() {
    let practice = practice_with(60).await;
    let parent = practice.parent();
    let parent_account = parent_sid(&practice);
    let tries = |credentials| {
        let client = client(&practice, credentials);
        async move { sign_in(&client).await }
    };

    let full = tries(token_pair((parent.account_sid.clone(), parent.auth_token))).await;
    let Ok(SignIn::Full { account }) = full else {
        panic!("{full:?}")
    };
    assert_eq!(account.sid, parent_account);
    let main = tries(key_pair(parent.main_key)).await;
    let Ok(SignIn::Main { account }) = main else {
        panic!("{main:?}")
    };
    assert_eq!(account.sid, parent_account);

    let wrong_token = (parent.account_sid, "0".repeat(32));
    assert_eq!(
        tries(token_pair(wrong_token)).await.unwrap_err(),
        SignInError::Refused
    );
    let wrong_secret = (parent.standard_key.0.clone(), "0".repeat(32));
    assert_eq!(
        tries(key_pair(wrong_secret)).await.unwrap_err(),
        SignInError::RefusedKey
    );
    let standard = tries(key_pair(parent.standard_key)).await;
    assert_eq!(standard.unwrap_err(), SignInError::RefusedKey);
    let restricted = tries(key_pair(parent.restricted_key)).await;
    assert_eq!(restricted.unwrap_err(), SignInError::RestrictedKey);
    let test = tries(token_pair(parent.test_credentials)).await;
    assert_eq!(test.unwrap_err(), SignInError::TestCredentials);
}

#[tokio::test]
async fn a_subaccounts_credentials_are_told_from_the_parents() {
    let practice = practice_with(60).await;
    let parent = parent_sid(&practice);
    let mut main_keys = 0;
    for account in practice.subaccounts() {
        if account.status != Status::Active {
            continue;
        }
        let sid: AccountSid = account.account_sid.parse().unwrap();
        let expected = SignInError::SubaccountInsteadOfParent {
            sid,
            parent: parent.clone(),
        };
        let token = token_pair((account.account_sid, account.auth_token));
        let error = sign_in(&client(&practice, token)).await.unwrap_err();
        assert_eq!(error, expected);
        if let Some(main_key) = account.main_key {
            main_keys += 1;
            let error = sign_in(&client(&practice, key_pair(main_key)))
                .await
                .unwrap_err();
            // Reports differ on whether such a key may list its own account or nothing at all.
            assert!(
                error == expected || error == SignInError::RefusedKey,
                "{error:?}"
            );
        }
    }
    assert!(main_keys > 0, "no subaccount had a Main key to try");
}

#[tokio::test]
async fn a_suspended_parent_is_told_from_a_wrong_token() {
    let practice = practice_with(1).await;
    practice.suspend_by_twilio(&practice.parent().account_sid);
    let error = sign_in(&parent_client(&practice)).await.unwrap_err();
    assert_eq!(error, SignInError::Suspended);
}

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
        let client = parent_client(&practice);
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
        let error = parent_client(&practice)
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
        let accounts = parent_client(&practice).accounts().await.unwrap();
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

#[tokio::test]
async fn what_the_shared_gate_lets_through_never_overloads_twilio() {
    let settings = Settings {
        subaccounts: 40,
        latency: Some(Duration::from_millis(20)),
        concurrency: 4,
        ..Settings::default()
    };
    let practice = Practice::start(settings).await.unwrap();
    let client = parent_client(&practice);
    let reads: Vec<_> = practice
        .subaccounts()
        .into_iter()
        .map(|account| {
            let client = client.clone();
            let sid: AccountSid = account.account_sid.parse().unwrap();
            tokio::spawn(async move { client.account(&sid).await })
        })
        .collect();
    for read in reads {
        read.await.unwrap().unwrap();
    }
    assert_eq!(practice.requests().len(), 40);
}
