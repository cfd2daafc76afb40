//! Answers about another account or key than the one asked for, and answers that are no answers.

use crate::raw_server::{CHILD, KEY, PARENT, RawServer, Reply, account_json, child, parent};
use proptest::prelude::*;
use terms::KeySid;
use twilio::{Created, Error, NewStatus};

const NOT_FOUND: &str = r#"{"code":20404,"message":"not found","status":404}"#;
const STRANGER: &str = "AC00000000000000000000000000000009";

fn assert_wrong_account<T: std::fmt::Debug>(result: Result<T, Error>) {
    let error = result.unwrap_err();
    let Error::WrongAccount { asked, answered } = error else {
        panic!("{error:?}");
    };
    assert_ne!(asked, answered);
    assert_eq!(answered.as_str(), STRANGER);
}

#[tokio::test]
async fn an_answer_about_another_account_is_refused() {
    let server = RawServer::always(Reply::json(200, account_json(STRANGER, PARENT, "Other"))).await;
    let client = server.client();
    assert_wrong_account(client.account(&child()).await);
    assert_wrong_account(client.rename_account(&child(), "Acme").await);
    assert_wrong_account(client.set_account_status(&child(), NewStatus::Closed).await);
}

#[tokio::test]
async fn money_of_another_account_is_refused() {
    let usage = format!(
        r#"{{"usage_records":[{{"account_sid":"{STRANGER}","category":"totalprice","price":"1","price_unit":"usd"}}]}}"#
    );
    let server = RawServer::always(Reply::json(200, usage)).await;
    assert_wrong_account(server.client().spend_this_month(&child()).await);
    let balance = format!(r#"{{"account_sid":"{STRANGER}","balance":"1","currency":"USD"}}"#);
    let server = RawServer::always(Reply::json(200, balance)).await;
    assert_wrong_account(server.client().balance(&parent()).await);
}

#[tokio::test]
async fn an_empty_list_of_another_account_is_refused() {
    for list in ["keys", "usage_records"] {
        let uri = format!("/2010-04-01/Accounts/{STRANGER}/Something.json?PageSize=1000&Page=0");
        let body = format!(r#"{{"{list}":[],"uri":"{uri}","next_page_uri":null}}"#);
        let server = RawServer::always(Reply::json(200, body)).await;
        match list {
            "keys" => assert_wrong_account(server.client().keys(&child()).await),
            _ => assert_wrong_account(server.client().spend_this_month(&child()).await),
        }
    }
}

#[tokio::test]
async fn a_key_proves_itself_only_in_its_own_account() {
    let messages = |account: &str| {
        format!(
            r#"{{"messages":[],"uri":"/2010-04-01/Accounts/{account}/Messages.json?PageSize=1&Page=0"}}"#
        )
    };
    let server = RawServer::always(Reply::json(200, messages(STRANGER))).await;
    assert_wrong_account(server.client().prove_key(&child()).await);
    let server = RawServer::always(Reply::json(200, messages(CHILD))).await;
    server.client().prove_key(&child()).await.unwrap();
    assert_eq!(
        server.requests()[0].line,
        format!("GET /2010-04-01/Accounts/{CHILD}/Messages.json?PageSize=1 HTTP/1.1")
    );
    for body in [r#"{"messages":[]}"#, r#"{"messages":[],"uri":"/nothing"}"#] {
        let server = RawServer::always(Reply::json(200, body)).await;
        let error = server.client().prove_key(&child()).await.unwrap_err();
        assert!(matches!(error, Error::Unreadable { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn an_answer_about_another_key_is_refused() {
    let key: KeySid = KEY.parse().unwrap();
    let other = r#"{"sid":"SK00000000000000000000000000000009","friendly_name":"k"}"#;
    let server = RawServer::always(Reply::json(200, other)).await;
    let client = server.client();
    assert!(matches!(
        client.key(&child(), &key).await,
        Err(Error::Unreadable { .. })
    ));
    assert!(matches!(
        client.rename_key(&child(), &key, "k").await,
        Err(Error::Unreadable { .. })
    ));
}

#[tokio::test]
async fn no_error_gives_away_a_secret_in_an_answer_that_cannot_be_read() {
    const CANARY: &str = "canary7f3a9c51e0b24d68canary";
    for body in [
        format!(r#"{{"sid":1,"friendly_name":"x","secret":"{CANARY}"}}"#),
        format!(r#"{{"sid":"{CANARY}","friendly_name":"x","secret":"{CANARY}"}}"#),
        format!(r#"{{"sid":"{KEY}","friendly_name":"x","secret":{{"{CANARY}":1}}}}"#),
        format!(r#"{{"sid":"{KEY}","friendly_name":"x","secret":"{CANARY}"#),
        format!(
            r#"{{"account_sid":"{STRANGER}","sid":"{KEY}","auth_token":["{CANARY}"],"secret":[]}}"#
        ),
    ] {
        let server = RawServer::always(Reply::json(201, body.clone())).await;
        let Err(error) = server.client().create_key(&child(), "Acme").await else {
            panic!("it was read: {body}");
        };
        let told = format!("{error:?} {error:#?} {error}");
        assert!(!told.contains(CANARY), "{told}");
    }
}

#[tokio::test]
async fn a_key_that_twilio_does_not_have_counts_as_deleted() {
    let key: KeySid = KEY.parse().unwrap();
    let server = RawServer::start(|_, request| {
        if request.line.contains("/Keys.json") {
            Reply::json(200, r#"{"keys":[],"next_page_uri":null}"#)
        } else {
            Reply::json(404, NOT_FOUND)
        }
    })
    .await;
    server.client().delete_key(&child(), &key).await.unwrap();
    let server = RawServer::always(Reply::Bytes(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())).await;
    server.client().delete_key(&child(), &key).await.unwrap();
}

#[tokio::test]
async fn a_gateways_not_found_does_not_count_as_deleted() {
    let key: KeySid = KEY.parse().unwrap();
    for body in [
        "",
        "<html>no such page</html>",
        r#"{"code":404,"message":"no such page"}"#,
    ] {
        let server = RawServer::always(Reply::json(404, body)).await;
        let error = server
            .client()
            .delete_key(&child(), &key)
            .await
            .unwrap_err();
        assert_eq!(error.status(), Some(404));
        assert_eq!(error.created(), Created::Unknown);
    }
}

#[tokio::test]
async fn a_key_that_twilio_still_lists_is_not_taken_for_deleted() {
    let key: KeySid = KEY.parse().unwrap();
    let server = RawServer::start(|_, request| {
        if request.line.contains("/Keys.json") {
            Reply::json(
                200,
                format!(r#"{{"keys":[{{"sid":"{KEY}"}}],"next_page_uri":null}}"#),
            )
        } else {
            Reply::json(404, NOT_FOUND)
        }
    })
    .await;
    assert!(server.client().delete_key(&child(), &key).await.is_err());
}

#[tokio::test]
async fn a_refused_deletion_that_was_carried_out_all_the_same_counts_as_deleted() {
    let key: KeySid = KEY.parse().unwrap();
    let server = RawServer::start(|_, request| {
        if request.line.starts_with("DELETE") {
            Reply::json(
                401,
                r#"{"code":20003,"message":"Authenticate","status":401}"#,
            )
        } else if request.line.contains("/Keys.json") {
            Reply::json(200, r#"{"keys":[],"next_page_uri":null}"#)
        } else {
            Reply::json(404, NOT_FOUND)
        }
    })
    .await;
    server.client().delete_key(&child(), &key).await.unwrap();
}

#[tokio::test]
async fn a_hotel_sign_in_page_is_another_senders_answer_and_not_an_account() {
    let html = "<!doctype html><html><title>Accept the terms</title></html>";
    let server = RawServer::always(Reply::json(200, html)).await;
    let error = server.client().account(&parent()).await.unwrap_err();
    assert!(
        matches!(
            &error,
            Error::AnsweredByAnother { status: 200, title: Some(title), .. } if title == "Accept the terms"
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_that_drips_is_not_waited_for() {
    let bytes =
        crate::raw_server::answer_bytes(200, &[], account_json(PARENT, PARENT, "Main").as_bytes());
    let server = RawServer::always(Reply::Drip(bytes)).await;
    let error = server.hasty_client().account(&parent()).await.unwrap_err();
    assert_eq!(error, Error::TimedOut { request_sent: true });
}

#[tokio::test]
async fn an_early_hint_is_not_the_answer() {
    let mut bytes =
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".to_vec();
    bytes.extend(crate::raw_server::answer_bytes(
        200,
        &[],
        account_json(PARENT, PARENT, "Main").as_bytes(),
    ));
    let server = RawServer::always(Reply::Bytes(bytes)).await;
    server.client().account(&parent()).await.unwrap();
}

#[tokio::test]
async fn a_switch_of_protocols_nobody_asked_for_is_an_error() {
    let bytes =
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n".to_vec();
    let server = RawServer::always(Reply::Bytes(bytes)).await;
    assert!(server.client().account(&parent()).await.is_err());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let reply = Reply::json(302, "").with("Location", "http://127.0.0.1:1/");
    let server = RawServer::always(reply).await;
    let error = server.client().account(&parent()).await.unwrap_err();
    assert!(
        matches!(error, Error::AnsweredByAnother { status: 302, .. }),
        "{error:?}"
    );
    assert_eq!(server.requests().len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_body_breaks_reading_it(body in prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        damaged(r#"{"accounts":[{"sid":"AC00000000000000000000000000000001","type":null}],"keys":[{}],"next_page_uri":"?"}"#),
        damaged(r#"{"account_sid":"AC00000000000000000000000000000001","balance":"1e400","currency":"USD","uri":"/Accounts/AC"}"#),
        damaged(r#"{"usage_records":[{"account_sid":"AC00000000000000000000000000000002","category":"totalprice","price":-1.5,"price_unit":"usd"}]}"#),
    ]) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let reply = Reply::Answer { status: 200, headers: Vec::new(), body };
            let server = RawServer::always(reply).await;
            let client = server.client();
            let key: KeySid = KEY.parse().unwrap();
            // Whether each succeeds depends on the bytes; that each comes back is the rule.
            let _ = client.account(&parent()).await;
            let _ = client.accounts().await;
            let _ = client.keys(&child()).await;
            let _ = client.key(&child(), &key).await;
            let _ = client.create_key(&child(), "k").await;
            let _ = client.prove_key(&child()).await;
            let _ = client.spend_this_month(&child()).await;
            let _ = client.balance(&parent()).await;
            let _ = twilio::sign_in(&client).await;
        });
    }
}

/// A text with a few bytes changed.
fn damaged(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec((0..text.len(), any::<u8>()), 0..4).prop_map(move |changes| {
        let mut bytes = text.as_bytes().to_vec();
        for (place, byte) in changes {
            bytes[place] = byte;
        }
        bytes
    })
}
