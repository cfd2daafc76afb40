//! A create that fails: sent how often, and whether something may exist all the same.

use crate::raw_server::{
    CHILD, PARENT, RawServer, Reply, account_json, answer_bytes, child, created_key_json,
    hasty_client, parent_client,
};
use proptest::prelude::*;
use std::time::Duration;
use tokio::net::TcpListener;
use twilio::{Created, Error};

fn truncated(status: u16) -> Vec<u8> {
    let mut bytes = answer_bytes(status, &[], account_json(CHILD, PARENT, "Acme").as_bytes());
    bytes.truncate(bytes.len() - 40);
    bytes
}

/// Sends both kinds of create once each and gives back their errors.
async fn both_creates(reply: Reply) -> Vec<Error> {
    let answers_in_time = !matches!(reply, Reply::Silence | Reply::Drip(_));
    let server = RawServer::always(reply).await;
    let client = if answers_in_time {
        server.client()
    } else {
        server.hasty_client()
    };
    let account = client.create_account("Acme").await.unwrap_err();
    assert_eq!(
        server.requests().len(),
        1,
        "the account was asked for again: {account}"
    );
    let key = client.create_key(&child(), "Acme").await.unwrap_err();
    assert_eq!(
        server.requests().len(),
        2,
        "the key was asked for again: {key}"
    );
    vec![account, key]
}

async fn assert_unknown(reply: Reply, expected: fn(&Error) -> bool) {
    for error in both_creates(reply.clone()).await {
        assert!(expected(&error), "{error:?} after {reply:?}");
        assert_eq!(
            error.created(),
            Created::Unknown,
            "{error:?} after {reply:?}"
        );
    }
}

async fn assert_not_created(reply: Reply, expected: fn(&Error) -> bool) {
    for error in both_creates(reply.clone()).await {
        assert!(expected(&error), "{error:?} after {reply:?}");
        assert_eq!(error.created(), Created::No, "{error:?} after {reply:?}");
    }
}

#[tokio::test]
async fn a_lost_reply_is_never_answered_by_sending_again() {
    let lost = |error: &Error| {
        matches!(
            error,
            Error::ConnectionLost {
                request_sent: true,
                ..
            }
        )
    };
    assert_unknown(Reply::Bytes(Vec::new()), lost).await;
    assert_unknown(Reply::BytesThenReset(Vec::new()), lost).await;
    assert_unknown(Reply::Bytes(b"HTTP/1.1 201 Crea".to_vec()), lost).await;
    assert_unknown(Reply::Bytes(truncated(201)), lost).await;
    assert_unknown(Reply::BytesThenReset(truncated(201)), lost).await;
    assert_unknown(Reply::Bytes(b"not HTTP at all\r\n\r\n".to_vec()), lost).await;
}

#[tokio::test]
async fn a_create_without_an_answer_in_time_is_unknown() {
    let timed_out = |error: &Error| *error == Error::TimedOut { request_sent: true };
    assert_unknown(Reply::Silence, timed_out).await;
    assert_unknown(Reply::Drip(truncated(201)), timed_out).await;
}

#[tokio::test]
async fn trouble_at_the_server_leaves_a_create_unknown() {
    for status in [500, 502, 503, 504, 520, 599] {
        let json = format!(r#"{{"code":20500,"message":"trouble","status":{status}}}"#);
        assert_unknown(Reply::json(status, json), |e| {
            matches!(e, Error::Trouble(_))
        })
        .await;
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_leaves_a_create_unknown() {
    let unreadable = |error: &Error| matches!(error, Error::Unreadable { .. });
    for body in ["", "{}", "[]", "null", "{\"sid\":\"AC1\"}", "\u{feff}{}"] {
        assert_unknown(Reply::json(201, body), unreadable).await;
        assert_unknown(Reply::json(200, body), unreadable).await;
    }
    assert_unknown(
        Reply::Bytes(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        unreadable,
    )
    .await;
    let endless = vec![b' '; 10 * 1024 * 1024];
    assert_unknown(
        Reply::Answer {
            status: 201,
            headers: Vec::new(),
            body: endless,
        },
        |error| *error == Error::TooLarge,
    )
    .await;
}

#[tokio::test]
async fn a_key_without_its_secret_is_not_taken_for_created() {
    let without = created_key_json().replace("made-up-secret", "");
    let server = RawServer::always(Reply::json(201, without)).await;
    let error = server.client().create_key(&child(), "k").await.unwrap_err();
    assert_eq!(error.created(), Created::Unknown);
}

#[tokio::test]
async fn a_redirected_create_is_unknown_and_not_followed() {
    for status in [300, 301, 302, 303, 307, 308] {
        let reply = Reply::json(status, "{}").with("Location", "/2010-04-01/Accounts.json");
        assert_unknown(reply, |error| {
            matches!(error, Error::AnsweredByAnother { .. })
        })
        .await;
    }
}

#[tokio::test]
async fn a_create_answered_about_another_owner_is_unknown() {
    let stranger = "AC00000000000000000000000000000009";
    let server = RawServer::always(Reply::json(201, account_json(CHILD, stranger, "Acme"))).await;
    let error = server.client().create_account("Acme").await.unwrap_err();
    assert!(matches!(error, Error::WrongAccount { .. }), "{error:?}");
    assert_eq!(error.created(), Created::Unknown);
}

/// Twilio's own body.
fn twilios(status: u16, code: u32) -> String {
    format!(
        r#"{{"code":{code},"message":"no","more_info":"https://www.twilio.com/docs/errors/{code}","status":{status}}}"#
    )
}

/// Bodies of whatever may stand between this computer and Twilio.
fn of_others(status: u16) -> Vec<Vec<u8>> {
    let cut_off = twilios(status, 20003);
    [
        "",
        "<html><head><title>Blocked by the filter</title></head></html>",
        "Access denied",
        r#"{"message":"Missing Authentication Token"}"#,
        r#"{"success":false,"errors":[{"code":1020,"message":"Access denied"}]}"#,
        r#"{"code":"20003","message":"no","status":403}"#,
        r#"{"code":null,"message":"no"}"#,
        r#"{"code":403,"message":"Forbidden"}"#,
        r#"{"code":20003}"#,
        r#"{"code":20003,"message":"no","status":200}"#,
        r#"{"error":{"code":20003,"message":"no"}}"#,
        r#"[{"code":20003,"message":"no"}]"#,
        r#"{"code":40301,"message":"Blocked","more_info":"https://gateway.example/help"}"#,
        &cut_off[..cut_off.len() - 1],
    ]
    .into_iter()
    .map(|body| body.as_bytes().to_vec())
    .collect()
}

#[tokio::test]
async fn a_create_that_twilio_itself_refused_created_nothing() {
    for status in (400..500).filter(|status| ![408, 429, 499].contains(status)) {
        assert_not_created(Reply::json(status, twilios(status, 21480)), |e| {
            matches!(e, Error::Refused(_)) && e.code() == Some(21480)
        })
        .await;
    }
}

#[tokio::test]
async fn whoever_else_answers_a_create_says_nothing_of_whether_it_happened() {
    // All of them where networks and gateways do so, and two for each other status.
    const COMMON: [u16; 16] = [
        302, 400, 401, 403, 404, 407, 408, 409, 422, 429, 451, 499, 500, 502, 503, 504,
    ];
    for status in 300..600 {
        let mut bodies = of_others(status);
        if !COMMON.contains(&status) {
            // What is read of a status is the same everywhere, and Wine takes its time over each connection.
            if cfg!(windows) {
                continue;
            }
            bodies.rotate_left(usize::from(status) % 14);
            bodies.truncate(2);
        }
        for body in bodies {
            let reply = Reply::Answer {
                status,
                headers: Vec::new(),
                body,
            };
            assert_unknown(reply, |error| {
                matches!(error, Error::AnsweredByAnother { .. })
            })
            .await;
        }
        if COMMON.contains(&status) {
            assert_unknown(Reply::Bytes(truncated(status)), |_| true).await;
        }
    }
}

#[tokio::test]
async fn another_senders_page_is_called_by_its_status_and_title() {
    let page = "<html><head><title>Blocked by the filter</title></head><body>…</body></html>";
    for error in both_creates(Reply::json(403, page)).await {
        assert_eq!(error.status(), Some(403));
        assert_eq!(error.code(), None);
        let told = error.to_string();
        assert!(
            told.contains("403") && told.contains("Blocked by the filter"),
            "{told}"
        );
    }
    // Also where it calls itself a success.
    assert_unknown(Reply::json(200, page), |e| {
        matches!(e, Error::AnsweredByAnother { status: 200, title: Some(title), .. } if title == "Blocked by the filter")
    })
    .await;
}

#[tokio::test]
async fn a_server_that_stopped_waiting_leaves_a_create_unknown() {
    for status in [408, 499] {
        assert_unknown(Reply::json(status, twilios(status, 20001)), |e| {
            matches!(e, Error::Refused(_))
        })
        .await;
    }
}

#[tokio::test]
async fn a_create_that_found_nobody_listening_created_nothing() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = parent_client(&base)
        .create_account("Acme")
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::ConnectionRefused { .. }),
        "{error:?}"
    );
    assert_eq!(error.created(), Created::No);
}

#[tokio::test]
async fn a_create_whose_encryption_never_began_created_nothing() {
    let breaking_off = |reply: Reply| async move {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("https://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut hello = [0; 64];
            tokio::io::AsyncReadExt::read(&mut stream, &mut hello)
                .await
                .unwrap();
            match reply {
                Reply::Bytes(bytes) => {
                    tokio::io::AsyncWriteExt::write_all(&mut stream, &bytes)
                        .await
                        .unwrap();
                }
                Reply::BytesThenReset(_) => stream.set_zero_linger().unwrap(),
                _ => tokio::time::sleep(Duration::from_secs(5)).await,
            }
        });
        let error = hasty_client(&base)
            .create_account("Acme")
            .await
            .unwrap_err();
        server.abort();
        assert_eq!(error.created(), Created::No, "{error:?}");
        error
    };
    let error = breaking_off(Reply::Bytes(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())).await;
    assert!(matches!(error, Error::EncryptionFailed { .. }), "{error:?}");
    let error = breaking_off(Reply::BytesThenReset(Vec::new())).await;
    assert!(
        matches!(
            error,
            Error::ConnectionLost {
                request_sent: false,
                ..
            }
        ),
        "{error:?}"
    );
    let error = breaking_off(Reply::Silence).await;
    assert_eq!(
        error,
        Error::TimedOut {
            request_sent: false
        }
    );
}

#[tokio::test]
async fn a_create_goes_out_on_a_connection_of_its_own() {
    let server = RawServer::start(|_, request| {
        if request.line.starts_with("POST") {
            Reply::json(201, account_json(CHILD, PARENT, "Acme"))
        } else {
            Reply::json(200, account_json(PARENT, PARENT, "Main"))
        }
    })
    .await;
    let client = server.client();
    let parent = crate::raw_server::parent();
    client.account(&parent).await.unwrap();
    client.account(&parent).await.unwrap();
    client.create_account("Acme").await.unwrap();
    client.create_account("Acme").await.unwrap();
    client.account(&parent).await.unwrap();
    let connections: Vec<usize> = server.requests().iter().map(|r| r.connection).collect();
    assert_eq!(connections, [1, 1, 2, 3, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_bytes_come_back_a_create_is_sent_once_and_never_called_undone(
        start in prop_oneof![
            Just(""), Just("HTTP/1.1 201 Created\r\n"), Just("HTTP/1.1 201 Created\r\nContent-Length: 30\r\n\r\n"),
            Just("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), Just("HTTP/1.1 503 \r\n"),
        ],
        rest in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut bytes = start.as_bytes().to_vec();
        bytes.extend(rest);
        runtime.block_on(async {
            let server = RawServer::always(Reply::Bytes(bytes)).await;
            let error = server.client().create_account("Acme").await.unwrap_err();
            assert_eq!(error.created(), Created::Unknown, "{error:?}");
            assert_eq!(server.requests().len(), 1);
        });
    }
}
