//! What is sent again, how often, and after how long.

use crate::raw_server::{
    CHILD, KEY, PARENT, RawServer, Reply, account_json, child, created_key_json, parent,
    parent_client, parent_credentials,
};
use std::time::{Duration, Instant};
use terms::KeySid;
use tokio::net::TcpListener;
use twilio::{Created, Error, NewStatus};

const BUSY: &str = r#"{"code":20429,"message":"Too Many Requests","status":429}"#;

fn key() -> KeySid {
    KEY.parse().unwrap()
}

/// Fails as told, then answers about the parent.
async fn failing_first(times: usize, fault: Reply) -> RawServer {
    RawServer::start(move |number, _| {
        if number < times {
            fault.clone()
        } else {
            Reply::json(200, account_json(PARENT, PARENT, "Main"))
        }
    })
    .await
}

#[tokio::test]
async fn a_read_outlasts_four_faults() {
    let faults = [
        Reply::json(429, BUSY),
        Reply::json(500, "{}"),
        Reply::json(503, "<html>"),
        Reply::Bytes(Vec::new()),
        Reply::BytesThenReset(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{".to_vec()),
    ];
    for fault in faults {
        let server = failing_first(4, fault.clone()).await;
        let account = server.client().account(&parent()).await;
        assert!(account.is_ok(), "{account:?} after {fault:?}");
        assert_eq!(server.requests().len(), 5, "{fault:?}");
    }
}

#[tokio::test]
async fn a_read_gives_up_after_five_tries() {
    let trouble = r#"{"code":20503,"message":"Service unavailable","status":503}"#;
    let server =
        RawServer::always(Reply::json(503, trouble).with("Twilio-Request-Id", "RQ1")).await;
    let error = server.client().account(&parent()).await.unwrap_err();
    assert!(matches!(error, Error::Trouble(_)), "{error:?}");
    assert_eq!(error.status(), Some(503));
    assert_eq!(error.request_id(), Some("RQ1"));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_read_that_timed_out_is_tried_once_more() {
    let server = RawServer::always(Reply::Silence).await;
    let error = server.hasty_client().account(&parent()).await.unwrap_err();
    assert_eq!(error, Error::TimedOut { request_sent: true });
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_server_that_comes_back_is_found_by_the_next_try() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = parent_client(&format!("http://{address}"));
    let reading = tokio::spawn(async move { client.account(&parent()).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let listener = TcpListener::bind(address).await.unwrap();
    let (mut stream, _) = listener.accept().await.unwrap();
    crate::raw_server::read_request(&mut stream, 1)
        .await
        .unwrap()
        .unwrap();
    let body = account_json(PARENT, PARENT, "Main");
    let bytes = crate::raw_server::answer_bytes(200, &[], body.as_bytes());
    tokio::io::AsyncWriteExt::write_all(&mut stream, &bytes)
        .await
        .unwrap();
    assert!(reading.await.unwrap().is_ok());
}

#[tokio::test]
async fn a_refused_read_is_not_repeated() {
    for status in [400, 401, 403, 404, 409] {
        let server = RawServer::always(Reply::json(status, "{}")).await;
        let error = server.client().account(&parent()).await.unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_create_that_was_not_processed_is_sent_again() {
    let server = RawServer::start(|number, _| match number {
        0..=2 => Reply::json(429, BUSY),
        _ => Reply::json(201, account_json(CHILD, PARENT, "Acme")),
    })
    .await;
    let account = server.client().create_account("Acme").await.unwrap();
    assert_eq!(account.sid, child());
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_create_that_was_never_processed_created_nothing() {
    let server = RawServer::always(Reply::json(429, BUSY)).await;
    let error = server.client().create_key(&child(), "k").await.unwrap_err();
    assert!(matches!(error, Error::TooManyRequests(_)), "{error:?}");
    assert_eq!(error.created(), Created::No);
    assert_eq!(error.code(), Some(20429));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_gateways_busy_answer_to_a_change_is_not_followed_by_a_second_change() {
    for body in [
        "",
        "{}",
        "<html><title>Slow down</title></html>",
        r#"{"message":"API rate limit exceeded"}"#,
        r#"{"code":429,"message":"Too Many Requests","status":429}"#,
    ] {
        let server = RawServer::always(Reply::json(429, body).with("Retry-After", "0")).await;
        let client = server.client();
        for error in [
            client.create_account("Acme").await.unwrap_err(),
            client.create_key(&child(), "k").await.unwrap_err(),
            client.rename_account(&child(), "Acme").await.unwrap_err(),
            client.rename_key(&child(), &key(), "k").await.unwrap_err(),
            client.delete_key(&child(), &key()).await.unwrap_err(),
        ] {
            assert_eq!(error.created(), Created::Unknown, "{body}");
        }
        assert_eq!(server.requests().len(), 5, "{body}");
        // A read may be repeated.
        assert!(client.account(&parent()).await.is_err());
        assert_eq!(server.requests().len(), 10, "{body}");
    }
}

#[tokio::test]
async fn a_busy_server_that_asks_for_no_pause_gets_one_all_the_same() {
    let server = RawServer::start(|number, _| match number {
        0..=2 => Reply::json(429, BUSY).with("Retry-After", "0"),
        _ => Reply::json(201, created_key_json()),
    })
    .await;
    let started = Instant::now();
    server.client().create_key(&child(), "k").await.unwrap();
    // 100, 200 and 400 ms, ten per cent less at most.
    assert!(
        started.elapsed() >= Duration::from_millis(630),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn a_create_that_is_lost_after_a_busy_answer_is_unknown() {
    let server = RawServer::start(|number, _| match number {
        0 => Reply::json(429, BUSY),
        _ => Reply::Bytes(Vec::new()),
    })
    .await;
    let error = server.client().create_key(&child(), "k").await.unwrap_err();
    assert_eq!(error.created(), Created::Unknown);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_change_is_not_repeated_after_a_fault() {
    for fault in [
        Reply::json(503, "{}"),
        Reply::Bytes(Vec::new()),
        Reply::Silence,
    ] {
        let server = RawServer::always(fault).await;
        let client = server.hasty_client();
        assert!(client.rename_account(&child(), "Acme").await.is_err());
        assert!(
            client
                .set_account_status(&child(), NewStatus::Suspended)
                .await
                .is_err()
        );
        assert!(client.rename_key(&child(), &key(), "k").await.is_err());
        assert!(client.delete_key(&child(), &key()).await.is_err());
        assert_eq!(server.requests().len(), 4);
    }
}

#[tokio::test]
async fn the_time_a_busy_server_asks_for_is_given() {
    let server = RawServer::start(|number, _| match number {
        0 => Reply::json(429, BUSY).with("Retry-After", "1"),
        _ => Reply::json(201, created_key_json()),
    })
    .await;
    let started = Instant::now();
    server.client().create_key(&child(), "k").await.unwrap();
    assert!(
        started.elapsed() >= Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn no_more_than_sixteen_requests_run_at_once_whoever_signs_and_that_only_while_answers_are_quick()
 {
    let answer = Reply::json(200, account_json(PARENT, PARENT, "Main"));
    let server = RawServer::always(Reply::Later(Duration::from_millis(40), Box::new(answer))).await;
    let first = server.client();
    let second = first.signed_by(parent_credentials());
    let reads: Vec<_> = (0..128)
        .map(|number| {
            let client = if number % 2 == 0 {
                first.clone()
            } else {
                second.clone()
            };
            tokio::spawn(async move { client.account(&parent()).await })
        })
        .collect();
    for read in reads {
        read.await.unwrap().unwrap();
    }
    assert_eq!(server.most_in_flight(), 16);
    assert_eq!(server.requests().len(), 128);
}
