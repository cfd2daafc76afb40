//! Answers about Restricted keys that are not what was asked for.

use crate::raw_server::{CHILD, KEY, PARENT, RawServer, Reply, account_json, child};
use terms::KeySid;
use twilio::{Created, Error, Permissions, RestrictedKeyError};

const SEND: &str = "/twilio/messaging/messages/create";
const LIST: &str = "/twilio/messaging/messages/list";

fn both() -> Permissions {
    Permissions::new([SEND, LIST]).unwrap()
}

fn key_json(policy: &str) -> String {
    format!(r#"{{"sid":"{KEY}","friendly_name":"k","secret":"made-up-secret"{policy}}}"#)
}

/// Answers `key` for every request about keys.
async fn server(key: String) -> RawServer {
    RawServer::start(move |_, request| {
        if request.line.contains("/v1/Keys") {
            Reply::json(200, key.clone())
        } else {
            Reply::json(200, account_json(CHILD, PARENT, "Acme"))
        }
    })
    .await
}

#[tokio::test]
async fn what_is_asked_for_is_in_one_form_and_its_order_in_the_answer_does_not_matter() {
    let server = server(key_json(&format!(
        r#","policy":{{"allow":["{LIST}","{SEND}"]}}"#
    )))
    .await;
    let created = server
        .client()
        .create_restricted_key(&child(), "k & l", &both())
        .await
        .unwrap();
    assert_eq!(created.secret.expose(), "made-up-secret");
    let request = server.requests().pop().unwrap();
    assert_eq!(request.line, "POST /v1/Keys HTTP/1.1");
    let path = |path: &str| format!("%22{}%22", path.replace('/', "%2F"));
    assert_eq!(
        request.body,
        format!(
            "AccountSid={CHILD}&FriendlyName=k+%26+l&KeyType=restricted&Policy=%7B%22allow%22%3A%5B{}%2C{}%5D%7D",
            path(SEND),
            path(LIST)
        )
    );
}

#[tokio::test]
async fn a_key_with_any_other_policy_is_not_taken_for_the_one_asked_for() {
    let other = |policy: &str| format!(r#","policy":{policy}"#);
    for (policy, is_unrestricted) in [
        (other("null"), true),
        (String::new(), false),
        (other("7"), false),
        (other(&format!(r#"{{"allow":["{SEND}"]}}"#)), false),
        (
            other(&format!(
                r#"{{"allow":["{SEND}","{LIST}","/twilio/voice/calls/list"]}}"#
            )),
            false,
        ),
        (
            other(r#"{"allow":["/twilio/messaging/messages/*"]}"#),
            false,
        ),
    ] {
        let server = server(key_json(&policy)).await;
        let client = server.client();
        let key: KeySid = KEY.parse().unwrap();
        let expected = RestrictedKeyError::OtherPermissions {
            key: key.clone(),
            is_unrestricted,
            request_id: None,
        };
        let created = client.create_restricted_key(&child(), "k", &both()).await;
        let error = created.unwrap_err();
        assert_eq!(error, expected, "{policy}");
        assert_eq!(error.created(), Created::Unknown);
        let changed = client.set_key_permissions(&child(), &key, &both()).await;
        assert_eq!(changed.unwrap_err(), expected, "{policy}");
    }
}

#[tokio::test]
async fn a_policy_that_cannot_be_read_is_not_none() {
    let key: KeySid = KEY.parse().unwrap();
    for policy in ["", r#","policy":7"#, r#","policy":{"allow":[]}"#] {
        let server = server(key_json(policy)).await;
        let read = server.client().key_permissions(&child(), &key).await;
        assert!(matches!(read, Err(Error::Odd { .. })), "{policy}: {read:?}");
    }
    let server = server(key_json(r#","policy":null"#)).await;
    let client = server.client();
    assert_eq!(client.key_permissions(&child(), &key).await, Ok(None));
    let other: KeySid = "SK00000000000000000000000000000009".parse().unwrap();
    assert!(client.key_permissions(&child(), &other).await.is_err());
}
