//! Connections that are cut, refused, or kept waiting.

use std::time::Duration;

use practice::{Fault, Rule};
use reqwest::Method;

use super::{FORM, create_under};
use crate::caller::{ACCOUNTS, Caller, practice};

#[tokio::test]
async fn a_reset_before_makes_no_change_and_a_reset_after_makes_it() {
    let practice = practice(0).await;
    for (fault, made) in [
        (Fault::ResetBefore, 0),
        (Fault::ResetAfter, 1),
        (Fault::Close, 0),
    ] {
        let (answer, count) = create_under(&practice, fault.clone()).await;
        assert!(
            answer.is_err_and(|error| !error.is_timeout() && !error.is_connect()),
            "{fault:?}"
        );
        assert_eq!(count, made, "{fault:?}");
    }
    let log = practice.requests();
    assert_eq!(log[1].fault.as_deref(), Some("reset_after"));
    assert_eq!(
        (log[0].handled, log[1].handled, log[1].answered),
        (None, Some(201), None)
    );
    assert_eq!(
        create_under(&practice, Fault::Delay { ms: 0 }).await.1,
        1,
        "used-up rules hit no more"
    );
}

// Wine tells its programs of a reset as of an orderly end, so only Unix can see the difference in these tests.
#[cfg(unix)]
#[tokio::test]
async fn a_reset_is_one_on_the_wire_and_a_close_is_not() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let practice = practice(0).await;
    let parent = practice.parent();
    practice
        .faults()
        .inject(Rule::new(Fault::ResetBefore).on("GET", "/reset"));
    practice
        .faults()
        .inject(Rule::new(Fault::Close).on("GET", "/close"));
    let ask = async |path: &str| {
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", practice.port()))
            .await
            .expect("a connection");
        stream
            .write_all(
                format!(
                    "GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n",
                    parent.account_sid
                )
                .as_bytes(),
            )
            .await
            .expect("sent");
        stream.read(&mut [0; 16]).await
    };
    assert_eq!(
        ask("/reset").await.expect_err("a reset").kind(),
        std::io::ErrorKind::ConnectionReset
    );
    assert_eq!(ask("/close").await.expect("an orderly end"), 0);
}

#[tokio::test]
async fn a_time_out_before_makes_no_change_and_one_after_makes_it() {
    let practice = practice(0).await;
    for (fault, made) in [(Fault::TimeoutBefore, 0), (Fault::TimeoutAfter, 1)] {
        practice
            .faults()
            .inject(Rule::new(fault).on("POST", ACCOUNTS).next(1));
        let caller = Caller::parent(&practice);
        let request = caller
            .request(Method::POST, ACCOUNTS)
            .form(&FORM)
            .timeout(Duration::from_secs(2));
        assert!(request.send().await.is_err_and(|error| error.is_timeout()));
        assert_eq!(practice.state().subaccounts, made);
    }
}

#[tokio::test]
async fn a_delayed_change_is_made_even_if_the_caller_has_hung_up() {
    let practice = practice(0).await;
    practice.faults().inject(
        Rule::new(Fault::Delay { ms: 3_000 })
            .on("POST", ACCOUNTS)
            .next(1),
    );
    let request = Caller::parent(&practice)
        .request(Method::POST, ACCOUNTS)
        .form(&FORM)
        .timeout(Duration::from_secs(1));
    assert!(request.send().await.is_err_and(|error| error.is_timeout()));
    assert_eq!(practice.state().subaccounts, 0);
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(practice.state().subaccounts, 1);
}

#[tokio::test]
async fn refused_connections_come_back_after_a_while() {
    let practice = practice(0).await;
    let (answer, made) = create_under(&practice, Fault::Refuse { for_ms: 3_000 }).await;
    assert!(answer.is_err() && made == 0);
    let refused = Caller::parent(&practice)
        .try_send(Method::GET, ACCOUNTS, &[])
        .await;
    assert!(refused.is_err_and(|error| error.is_connect()));
    tokio::time::sleep(Duration::from_millis(3_500)).await;
    assert_eq!(Caller::parent(&practice).get(ACCOUNTS).await.status, 200);
}

#[tokio::test]
async fn offline_refuses_old_and_new_connections_until_online_again_on_the_same_port() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    assert_eq!(parent.get(ACCOUNTS).await.status, 200);
    practice.go_offline().await;
    assert!(
        parent
            .try_send(Method::GET, ACCOUNTS, &[])
            .await
            .is_err_and(|error| error.is_connect())
    );
    let url = practice.base_url();
    practice.go_online().await.expect("the same port");
    assert_eq!(practice.base_url(), url);
    assert_eq!(parent.get(ACCOUNTS).await.status, 200);
}

#[tokio::test]
async fn a_stopped_server_makes_no_late_change_and_frees_its_port() {
    let practice = practice(0).await;
    let port = practice.port();
    practice
        .faults()
        .inject(Rule::new(Fault::Delay { ms: 10_000 }));
    let request = Caller::parent(&practice)
        .request(Method::POST, ACCOUNTS)
        .form(&FORM);
    let sending = tokio::spawn(request.send());
    tokio::time::sleep(Duration::from_millis(100)).await;
    practice.stop().await;
    assert!(sending.await.expect("sent").is_err());
    tokio::net::TcpListener::bind(("127.0.0.1", port))
        .await
        .expect("a free port");
}
