//! Accounts, keys and money as long as nothing goes wrong.

use super::{active_child, parent_client, parent_sid, practice_with};
use jiff::Timestamp;
use practice::{KeyKind, Practice, Settings};
use std::time::Duration;
use terms::{AccountSid, AccountStatus};
use twilio::{Credentials, NewStatus};

#[tokio::test]
async fn a_thousand_subaccounts_are_listed_with_two_requests() {
    let practice = practice_with(1000).await;
    let accounts = parent_client(&practice).accounts().await.unwrap().rows;
    assert_eq!(accounts.len(), 1001);
    assert_eq!(practice.requests().len(), 2);
    let parent = parent_sid(&practice);
    assert!(
        accounts
            .iter()
            .all(|account| account.owner.as_ref() == Some(&parent))
    );
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
    assert_eq!(made.owner, Some(parent_sid(&practice)));
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
    let before = client.keys(&child).await.unwrap().rows.len();
    let created = client.create_key(&child, "DicksonOne").await.unwrap();
    assert!(practice.signs_in(created.key.sid.as_str(), created.secret.expose()));
    assert_eq!(
        client.key(&child, &created.key.sid).await.unwrap(),
        created.key
    );
    assert_eq!(client.keys(&child).await.unwrap().rows.len(), before + 1);

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
async fn a_twilio_that_takes_only_two_at_once_refuses_nothing_for_good_and_little_at_all() {
    let settings = Settings {
        subaccounts: 200,
        latency: Some(Duration::from_millis(5)),
        concurrency: 2,
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
    let refused = practice.requests().len() - 200;
    assert!(refused <= 20, "{refused} of 200 were refused first");
}
