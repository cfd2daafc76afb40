//! What is said where the proxy does not connect.

use jiff::Timestamp;
use twilio::{Created, Error, Hosts, ProxySource, ProxyTrouble, UnreadableProxy, Way};

use super::{Computer, client, trouble, trouble_by_the_check};
use crate::proxy_servers::{HttpProxy, SocksProxy};

#[tokio::test]
async fn a_proxy_that_wants_a_sign_in_says_by_which_schemes() {
    let computer = Computer::new().await;
    let offered = "Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n";
    let basic = "Proxy-Authenticate: Basic realm=\"office\"\r\n";
    for (headers, names, lack_basic) in [
        (offered.to_owned(), vec!["Negotiate", "NTLM"], true),
        (
            format!("{offered}{basic}"),
            vec!["Negotiate", "NTLM", "Basic"],
            false,
        ),
    ] {
        let answer = format!("HTTP/1.1 407 Proxy Authentication Required\r\n{headers}\r\n");
        let proxy = HttpProxy::answering(&answer).await;
        let environment = computer.set(&[("HTTPS_PROXY", &proxy.place())]);
        assert!(matches!(
            trouble(&environment).await,
            ProxyTrouble::WantsSignIn(_)
        ));
        let ProxyTrouble::WantsSignIn(schemes) = trouble_by_the_check(&environment).await else {
            panic!("it wants a sign-in");
        };
        assert_eq!(
            (schemes.names(), schemes.lack_basic()),
            (&*names, lack_basic)
        );

        let address = format!("http://jo:hunter2@{}", proxy.place());
        let environment = computer.set(&[("HTTPS_PROXY", &address)]);
        assert!(matches!(
            trouble(&environment).await,
            ProxyTrouble::SignInRefused(_)
        ));
        let ProxyTrouble::SignInRefused(schemes) = trouble_by_the_check(&environment).await else {
            panic!("it refused the sign-in");
        };
        assert_eq!(schemes.names(), names);
    }
}

#[tokio::test]
async fn each_answer_of_an_http_proxy_is_told_apart() {
    let computer = Computer::new().await;
    let refused = |status| ProxyTrouble::Refused {
        status: Some(status),
    };
    for (answer, at_once, looked_into) in [
        (
            "HTTP/1.1 403 Forbidden\r\n\r\n",
            ProxyTrouble::Refused { status: None },
            refused(403),
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n",
            ProxyTrouble::Refused { status: None },
            refused(302),
        ),
        (
            "HTTP/1.1 511 Network Authentication Required\r\n\r\n",
            ProxyTrouble::Refused { status: None },
            refused(511),
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\n",
            ProxyTrouble::Refused { status: None },
            ProxyTrouble::TwilioNotReached,
        ),
        (
            "HTTP/1.1 503 Unavailable\r\n\r\n",
            ProxyTrouble::Refused { status: None },
            ProxyTrouble::TwilioNotReached,
        ),
        (
            "SSH-2.0-OpenSSH_9.2\r\n",
            ProxyTrouble::Refused { status: None },
            ProxyTrouble::NotAProxy,
        ),
        ("", ProxyTrouble::NotAProxy, ProxyTrouble::NotAProxy),
    ] {
        let proxy = HttpProxy::answering(answer).await;
        let environment = computer.set(&[("HTTPS_PROXY", &proxy.place())]);
        assert_eq!(trouble(&environment).await, at_once, "{answer}");
        assert_eq!(
            trouble_by_the_check(&environment).await,
            looked_into,
            "{answer}"
        );
    }
}

#[tokio::test]
async fn each_answer_of_a_socks_proxy_is_told_apart() {
    let computer = Computer::new().await;
    for (reply, expected) in [
        (1, ProxyTrouble::TwilioNotReached),
        (2, ProxyTrouble::Refused { status: None }),
        (3, ProxyTrouble::TwilioNotReached),
        (4, ProxyTrouble::TwilioNotReached),
        (5, ProxyTrouble::TwilioNotReached),
        (6, ProxyTrouble::TwilioNotReached),
        (7, ProxyTrouble::Refused { status: None }),
        (8, ProxyTrouble::Refused { status: None }),
    ] {
        let proxy = SocksProxy::replying(reply).await;
        let address = format!("socks5://{}", proxy.place());
        let environment = computer.set(&[("ALL_PROXY", &address)]);
        assert_eq!(trouble(&environment).await, expected, "{reply}");
        assert_eq!(
            trouble_by_the_check(&environment).await,
            expected,
            "{reply}"
        );
    }
    let proxy = SocksProxy::leading_to(&computer.twilio, Some(("jo", "hunter2"))).await;
    let without = computer.set(&[("ALL_PROXY", &format!("socks5://{}", proxy.place()))]);
    assert!(matches!(
        trouble(&without).await,
        ProxyTrouble::WantsSignIn(_)
    ));
    let wrong = format!("socks5://jo:hunter3@{}", proxy.place());
    let wrong = computer.set(&[("ALL_PROXY", &wrong)]);
    assert!(matches!(
        trouble(&wrong).await,
        ProxyTrouble::SignInRefused(_)
    ));

    let http = HttpProxy::answering("HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let not_socks = computer.set(&[("ALL_PROXY", &format!("socks5://{}", http.place()))]);
    assert_eq!(trouble(&not_socks).await, ProxyTrouble::NotAProxy);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_not_said_to_have_refused() {
    let computer = Computer::new().await;
    let gone = HttpProxy::answering("").await.place_after_its_end().await;
    for scheme in ["http", "https", "socks5", "socks4a"] {
        let environment = computer.set(&[("HTTPS_PROXY", &format!("{scheme}://{gone}"))]);
        assert_eq!(
            trouble(&environment).await,
            ProxyTrouble::NotThere,
            "{scheme}"
        );
        assert_eq!(
            trouble_by_the_check(&environment).await,
            ProxyTrouble::NotThere,
            "{scheme}"
        );
        // Longer than a name may be, so that nobody is asked for it.
        let nowhere = format!("{scheme}://{}.example:3128", "x".repeat(300));
        let environment = computer.set(&[("HTTPS_PROXY", &nowhere)]);
        assert_eq!(
            trouble_by_the_check(&environment).await,
            ProxyTrouble::NotFound,
            "{scheme}"
        );
    }
    let nowhere = format!("{}.example:3128", "x".repeat(300));
    let environment = computer.set(&[("HTTPS_PROXY", &nowhere)]);
    assert_eq!(trouble(&environment).await, ProxyTrouble::NotFound);
}

#[tokio::test]
async fn a_proxy_that_says_nothing_is_not_taken_for_a_silent_twilio() {
    let computer = Computer::new().await;
    let silent = HttpProxy::silent().await;
    for scheme in ["http", "https", "socks5"] {
        let address = format!("{scheme}://{}", silent.place());
        let environment = computer.set(&[("HTTPS_PROXY", &address)]);
        assert_eq!(
            trouble(&environment).await,
            ProxyTrouble::TimedOut,
            "{scheme}"
        );
    }
    let environment = computer.set(&[("HTTPS_PROXY", &silent.place())]);
    assert_eq!(
        trouble_by_the_check(&environment).await,
        ProxyTrouble::TimedOut
    );
}

#[tokio::test]
async fn a_sign_in_page_behind_a_proxy_is_not_taken_for_twilio() {
    let computer = Computer::new().await;
    let page = "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html>Please sign in</html>";
    let proxy = HttpProxy::answering(page).await;
    let environment = computer.set(&[("HTTPS_PROXY", &proxy.place())]);
    let error = client(&environment)
        .unwrap()
        .create_account("Acme")
        .await
        .unwrap_err();
    assert_eq!(error.created(), Created::No);
    assert!(
        matches!(
            error,
            Error::EncryptionFailed { .. }
                | Error::ConnectionLost {
                    request_sent: false,
                    ..
                }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn where_the_address_cannot_be_read_nobody_is_asked_and_nothing_of_it_is_told() {
    let computer = Computer::new().await;
    let proxy = HttpProxy::leading_to(&computer.twilio).await;
    for (user_info, why) in [
        (r"CORP\erika:hunter2", UnreadableProxy::Characters),
        ("erika:hun#ter2", UnreadableProxy::Characters),
        ("erika:hunter 2", UnreadableProxy::Characters),
    ] {
        let address = format!("http://{user_info}@{}", proxy.place());
        let environment = computer.set(&[("HTTPS_PROXY", &address), ("ALL_PROXY", &proxy.place())]);
        let unreadable = Error::ProxyUnreadable {
            source_of_it: ProxySource::Variable("HTTPS_PROXY"),
            why,
        };
        let error = client(&environment).unwrap_err();
        assert_eq!(error, unreadable);
        assert_eq!(error.created(), Created::No);
        let way = Way::to(Hosts::twilio()).environment(environment);
        let tried = way.try_out(Timestamp::now).await;
        let said = format!("{tried:?} {error} {error:?}");
        assert_eq!(tried.outcome.unwrap_err().error, unreadable);
        for secret in ["erika", "hunter", "ter2"] {
            assert!(!said.contains(secret), "{said}");
        }
    }
    assert_eq!(proxy.asked(), Vec::<String>::new());
}
