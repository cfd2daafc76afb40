//! Restricted keys: made with permissions, proven, read and changed.

use super::{active_child, hasty_client, parent_client, practice_with};
use practice::{Fault, KeyKind, Practice, Rule};
use terms::{AccountSid, KeySid};
use twilio::{Client, Created, CreatedKey, Credentials, Permissions, Proof, RestrictedKeyError};

const SEND: &str = "/twilio/messaging/messages/create";
const LIST: &str = "/twilio/messaging/messages/list";

fn permissions(paths: &[&str]) -> Permissions {
    Permissions::new(paths.iter().copied()).unwrap()
}

fn signed_by(client: &Client, created: &CreatedKey) -> Client {
    client.signed_by(Credentials::ApiKey {
        key: created.key.sid.clone(),
        secret: created.secret.duplicate(),
    })
}

/// The permissions that the practice server has of a key, in the order of the alphabet.
fn at_twilio(practice: &Practice, key: &KeySid) -> Option<Vec<String>> {
    let state = practice.state();
    match &state.key(key.as_str())?.1.kind {
        KeyKind::Restricted { allow } => {
            let mut allow = allow.clone();
            allow.sort();
            Some(allow)
        }
        KeyKind::Main | KeyKind::Standard => None,
    }
}

fn posts_by(practice: &Practice) -> Vec<(String, &'static str, String)> {
    let requests = practice.requests().into_iter();
    requests
        .filter(|request| request.method == "POST")
        .map(|request| {
            let signer = request.signed_by.unwrap();
            (request.path, signer.kind, signer.sid)
        })
        .collect()
}

#[tokio::test]
async fn a_restricted_key_is_made_by_the_account_itself_and_proven_by_what_it_may_do() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    let asked = permissions(&[SEND, LIST]);
    let created = client
        .create_restricted_key(&child, "Texts", &asked)
        .await
        .unwrap();
    assert_eq!(created.key.friendly_name, "Texts");
    assert_eq!(
        at_twilio(&practice, &created.key.sid).unwrap(),
        [SEND, LIST]
    );
    assert_eq!(
        posts_by(&practice),
        [("/v1/Keys".to_owned(), "auth_token", child.to_string())]
    );
    let by_key = signed_by(&client, &created);
    let proof = by_key.prove_restricted_key(&child, &asked).await;
    assert_eq!(proof.unwrap(), Proof::Proven);
    client.delete_key(&child, &created.key.sid).await.unwrap();
    let error = by_key.prove_restricted_key(&child, &asked).await;
    assert!(error.unwrap_err().is_of_the_signer());
}

#[tokio::test]
async fn every_permission_that_can_be_tried_is_tried_and_the_others_are_not() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    for path in [
        LIST,
        "/twilio/voice/calls/list",
        "/twilio/phone-numbers/active-numbers/list",
        "/twilio/billing/usage/read",
        "/twilio/iam/api-keys/list",
        "/twilio/iam/accounts/read",
    ] {
        let asked = permissions(&[path]);
        let created = client.create_restricted_key(&child, "One", &asked).await;
        let by_key = signed_by(&client, &created.unwrap());
        let proof = by_key.prove_restricted_key(&child, &asked).await;
        assert_eq!(proof, Ok(Proof::Proven), "{path}");
        // And nowhere else.
        let parent = super::parent_sid(&practice);
        let elsewhere = by_key.prove_restricted_key(&parent, &asked).await;
        assert!(elsewhere.is_err(), "{path}");
    }
    let asked = permissions(&[SEND, "/twilio/voice/calls/create"]);
    let created = client.create_restricted_key(&child, "Send", &asked).await;
    let by_key = signed_by(&client, &created.unwrap());
    practice.forget_requests();
    let proof = by_key.prove_restricted_key(&child, &asked).await;
    assert_eq!(proof, Ok(Proof::NothingToTry));
    assert!(practice.requests().is_empty());
}

#[tokio::test]
async fn a_missing_permission_is_told_from_a_key_that_is_not_accepted() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    let created = client
        .create_restricted_key(&child, "Send", &permissions(&[SEND]))
        .await;
    let by_key = signed_by(&client, &created.unwrap());
    let believed = permissions(&[LIST]);
    let error = by_key.prove_restricted_key(&child, &believed).await;
    let error = error.unwrap_err();
    assert_eq!(error.code(), Some(70051));
    assert!(!error.is_of_the_signer());
    assert!(error.refusal().unwrap().message.contains(LIST));
}

#[tokio::test]
async fn permissions_are_read_and_replaced_as_a_whole() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    let first = permissions(&[SEND, LIST]);
    let created = client.create_restricted_key(&child, "Texts", &first).await;
    let key = created.unwrap().key.sid;
    assert_eq!(
        client.key_permissions(&child, &key).await.unwrap(),
        Some(first)
    );
    let second = permissions(&["/twilio/voice/calls/create"]);
    for _ in 0..2 {
        client
            .set_key_permissions(&child, &key, &second)
            .await
            .unwrap();
    }
    assert_eq!(
        client.key_permissions(&child, &key).await.unwrap(),
        Some(second)
    );
    let standard = client.create_key(&child, "Standard").await.unwrap().key.sid;
    assert_eq!(
        client.key_permissions(&child, &standard).await.unwrap(),
        None
    );
    let refused = client
        .set_key_permissions(&child, &standard, &permissions(&[SEND]))
        .await
        .unwrap_err();
    assert_eq!(refused.error().unwrap().code(), Some(70001));
}

#[tokio::test]
async fn a_permission_that_twilio_does_not_know_makes_no_key() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    let keys = practice.state().keys;
    let asked = permissions(&[SEND, "/twilio/messaging/pigeons/create"]);
    let error = client.create_restricted_key(&child, "Texts", &asked).await;
    let error = error.unwrap_err();
    assert_eq!(error.error().unwrap().code(), Some(70002));
    assert_eq!(error.created(), Created::No);
    assert_eq!(practice.state().keys, keys);
}

/// Makes a key while the answer to the making is spoilt, and gives back what went wrong.
async fn spoilt(practice: &Practice, fault: Fault, account: &AccountSid) -> RestrictedKeyError {
    practice
        .faults()
        .inject(Rule::new(fault).on("POST", "/v1/Keys").next(1));
    let client = hasty_client(practice);
    let asked = permissions(&[SEND, LIST]);
    let made = client.create_restricted_key(account, "Texts", &asked).await;
    made.unwrap_err()
}

#[tokio::test]
async fn a_key_whose_permissions_are_not_confirmed_is_named_so_that_it_can_be_deleted() {
    for fault in [
        Fault::MissingFields {
            field: Some("policy".to_owned()),
        },
        Fault::WrongTypes {
            field: Some("policy".to_owned()),
        },
        Fault::WrongTypes {
            field: Some("allow".to_owned()),
        },
    ] {
        let practice = practice_with(2).await;
        let child = active_child(&practice);
        let error = spoilt(&practice, fault.clone(), &child).await;
        let RestrictedKeyError::OtherPermissions { key, .. } = &error else {
            panic!("{error:?} after {fault:?}");
        };
        assert!(at_twilio(&practice, key).is_some());
        let client = parent_client(&practice);
        client.delete_key(&child, key).await.unwrap();
        assert!(practice.state().key(key.as_str()).is_none());
    }
}

#[tokio::test]
async fn a_key_that_was_made_without_a_reply_is_found_by_its_name() {
    for fault in [Fault::ResetAfter, Fault::Truncated, Fault::TimeoutAfter] {
        let practice = practice_with(2).await;
        let child = active_child(&practice);
        let error = spoilt(&practice, fault.clone(), &child).await;
        assert_eq!(error.created(), Created::Unknown, "{fault:?}");
        let keys = parent_client(&practice).keys(&child).await.unwrap().rows;
        let found = keys.iter().filter(|key| key.friendly_name == "Texts");
        assert_eq!(found.count(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn where_the_accounts_own_token_cannot_be_read_nothing_was_asked_for() {
    let practice = practice_with(2).await;
    let child = active_child(&practice);
    practice
        .faults()
        .inject(Rule::new(Fault::TimeoutBefore).on("GET", "/2010-04-01/Accounts/*"));
    let client = hasty_client(&practice);
    let asked = permissions(&[SEND]);
    let error = client.create_restricted_key(&child, "Texts", &asked).await;
    let error = error.unwrap_err();
    assert!(
        matches!(error, RestrictedKeyError::NotAsked(_)),
        "{error:?}"
    );
    assert_eq!(error.created(), Created::No);
    assert!(posts_by(&practice).is_empty());
}
