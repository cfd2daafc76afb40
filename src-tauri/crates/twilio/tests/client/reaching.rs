//! Finding out whether Twilio can be reached, and where the way ends.

use crate::raw_server::{RawServer, Reply};
use crate::tls::{Authority, Certificate, GOOD, serve};
use jiff::Timestamp;
use practice::{AnswerBody, Fault, Practice, Rule, Settings};
use std::time::Duration;
use twilio::{Error, Hosts, Stage, Timeouts, Tried, Unreached, Way};

fn way(base: &str) -> Way {
    Way::to(Hosts::loopback(base).unwrap()).timeouts(Timeouts {
        connect: Duration::from_secs(2),
        total: Duration::from_secs(2),
        ..Timeouts::default()
    })
}

async fn tried(base: &str) -> Tried {
    way(base).try_out(Timestamp::now).await
}

async fn practice() -> Practice {
    let settings = Settings {
        subaccounts: 1,
        ..Settings::default()
    };
    Practice::start(settings).await.unwrap()
}

fn ended_at(tried: Tried) -> (Stage, Error) {
    let Unreached { stage, error } = tried.outcome.unwrap_err();
    (stage, error)
}

#[tokio::test]
async fn twilios_refusal_without_credentials_is_what_proves_it_is_there() {
    let practice = practice().await;
    let tried = tried(&practice.base_url()).await;
    assert_eq!((tried.host.as_str(), tried.proxy), ("127.0.0.1", None));
    let reached = tried.outcome.unwrap();
    assert!(reached.date.is_some());
    let sent = practice.requests();
    assert_eq!(sent.len(), 1, "it is asked once");
    assert!(sent[0].signed_by.is_none(), "and without credentials");
}

#[tokio::test]
async fn the_date_is_the_servers_and_not_this_computers() {
    let practice = practice().await;
    let there: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    practice.set_clock(there);
    let here: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    let tried = way(&practice.base_url()).try_out(|| here).await;
    let reached = tried.outcome.unwrap();
    assert_eq!(reached.date, Some(there));
    let waited = reached.answered_at.duration_since(here);
    assert!(waited >= jiff::SignedDuration::ZERO && waited < jiff::SignedDuration::from_secs(2));
}

#[tokio::test]
async fn nobody_there_is_no_connection() {
    let practice = practice().await;
    let base = practice.base_url();
    practice.stop().await;
    let (stage, error) = ended_at(tried(&base).await);
    assert_eq!(stage, Stage::Connection);
    assert!(
        matches!(error, Error::ConnectionRefused { .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_certificate_that_does_not_fit_ends_the_way_there() {
    for (certificate, clock_may_be_wrong) in [
        (
            Certificate {
                until: 2021,
                ..GOOD
            },
            true,
        ),
        (Certificate { from: 2399, ..GOOD }, true),
        (
            Certificate {
                host: "example.org",
                ..GOOD
            },
            false,
        ),
    ] {
        let authority = Authority::new();
        let (signed, key) = authority.sign(&certificate);
        let base = serve(signed, key).await;
        let way = way(&base).trusting(authority.der());
        let tried = way.try_out(Timestamp::now);
        assert_eq!(
            ended_at(tried.await),
            (
                Stage::Certificate,
                Error::Certificate { clock_may_be_wrong }
            )
        );
    }
    let (signed, key) = Authority::new().sign(&GOOD);
    let (stage, _) = ended_at(tried(&serve(signed, key).await).await);
    assert_eq!(
        stage,
        Stage::Certificate,
        "nobody here knows that authority"
    );
}

#[tokio::test]
async fn an_answer_that_is_not_twilios_is_not_taken_for_one() {
    for reply in [
        Reply::json(200, r#"{"accounts":[]}"#),
        Reply::json(401, "{}"),
        Reply::json(
            401,
            r#"{"code":"20003","message":"Authenticate","status":401}"#,
        ),
        Reply::json(403, "<html>Please sign in to this Wi-Fi</html>"),
        Reply::json(407, "<html><title>Proxy sign-in</title></html>"),
        Reply::json(503, "<html><title>Bad gateway</title></html>"),
    ] {
        let server = RawServer::start(move |_, _| reply.clone()).await;
        let (stage, error) = ended_at(tried(&server.base()).await);
        assert_eq!(stage, Stage::Answer);
        assert!(
            matches!(error, Error::AnsweredByAnother { .. }),
            "{error:?}"
        );
    }
    let away = |_: usize, _: &crate::raw_server::Request| {
        Reply::json(302, "").with("Location", "http://127.0.0.1:9/")
    };
    let server = RawServer::start(away).await;
    let (stage, error) = ended_at(tried(&server.base()).await);
    assert_eq!((stage, error.status()), (Stage::Answer, Some(302)));
}

#[tokio::test]
async fn trouble_at_twilio_and_silence_are_told_apart_and_asked_once() {
    let practice = practice().await;
    practice.faults().inject(
        Rule::new(Fault::Answer {
            status: 503,
            body: AnswerBody::Twilio,
            after: false,
        })
        .next(9),
    );
    let (stage, error) = ended_at(tried(&practice.base_url()).await);
    assert_eq!(stage, Stage::Answer);
    assert!(
        matches!(error, Error::Trouble(_)) && error.status() == Some(503),
        "{error:?}"
    );
    assert_eq!(practice.requests().len(), 1);

    let silent = RawServer::start(|_, _| Reply::Silence).await;
    let (stage, error) = ended_at(tried(&silent.base()).await);
    assert_eq!(stage, Stage::Answer);
    assert_eq!(error, Error::TimedOut { request_sent: true });
}
