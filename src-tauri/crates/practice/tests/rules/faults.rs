//! The switchboard: what goes wrong, and whether the change was made.

use std::time::{Duration, Instant};

use practice::{AnswerBody, Fault, Practice, Rule};
use reqwest::Method;

use crate::caller::{ACCOUNTS, Caller, path, practice, subaccount};

const FORM: [(&str, &str); 1] = [("FriendlyName", "Acme")];

/// Makes a subaccount under a fault; tells the answer, and how many subaccounts there are then.
async fn create_under(
    practice: &Practice,
    fault: Fault,
) -> (reqwest::Result<crate::caller::Answer>, usize) {
    let before = practice.state().subaccounts;
    practice
        .faults()
        .inject(Rule::new(fault).on("POST", ACCOUNTS).next(1));
    let answer = Caller::parent(practice)
        .try_send(Method::POST, ACCOUNTS, &FORM)
        .await;
    (answer, practice.state().subaccounts - before)
}

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
async fn any_answer_can_be_given_before_and_after_the_change() {
    let practice = practice(0).await;
    for status in [
        300, 302, 400, 401, 403, 404, 407, 429, 451, 499, 500, 503, 599,
    ] {
        for body in AnswerBody::ALL {
            for after in [false, true] {
                let fault = Fault::Answer {
                    status,
                    body,
                    after,
                };
                let (answer, made) = create_under(&practice, fault.clone()).await;
                let answer = answer.expect("an answer");
                assert_eq!(answer.status, status, "{fault:?}");
                assert_eq!(made, usize::from(after), "{fault:?}");
                let is_twilios = answer.body["code"].is_u64() && answer.body["status"] == status;
                assert_eq!(is_twilios, body == AnswerBody::Twilio, "{fault:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_policy_refuses_in_twilios_words_and_makes_nothing() {
    let practice = practice(0).await;
    let (answer, made) = create_under(&practice, Fault::PolicyRefusal).await;
    let answer = answer.expect("an answer");
    assert_eq!((answer.status, made), (401, 0));
    assert_eq!(answer.body["code"], 20003);
    assert_eq!(answer.body["message"], "Policy evaluation failed");
}

#[tokio::test]
async fn what_was_just_made_is_not_known_until_the_server_has_caught_up() {
    let practice = practice(0).await;
    let caught_up = Duration::from_secs(2);
    practice.catch_up_within(caught_up);
    let parent = Caller::parent(&practice);
    let (account, token) = subaccount(&parent, "Acme").await;
    let account_path = path(&account, "");
    assert_eq!(
        parent.post(&account_path, &FORM).await.refusal(),
        (404, 20404)
    );
    let own = Caller::new(&practice, &account, &token);
    assert_eq!(own.get(&account_path).await.refusal(), (401, 20003));
    assert_eq!(parent.get(ACCOUNTS).await.list("accounts").len(), 2);
    tokio::time::sleep(caught_up).await;
    assert_eq!(parent.post(&account_path, &FORM).await.status, 200);
}

#[tokio::test]
async fn too_many_requests_come_with_and_without_retry_after() {
    let practice = practice(0).await;
    for seconds in [None, Some(3)] {
        let (answer, made) = create_under(
            &practice,
            Fault::TooManyRequests {
                retry_after: seconds,
            },
        )
        .await;
        let answer = answer.expect("an answer");
        assert_eq!((answer.refusal(), made), ((429, 20429), 0));
        let header = answer
            .headers
            .get("retry-after")
            .map(|value| value.to_str().expect("text").to_owned());
        assert_eq!(header, seconds.map(|seconds| seconds.to_string()));
    }
}

#[tokio::test]
async fn an_error_page_is_html_before_or_after_the_change() {
    let practice = practice(0).await;
    for (status, after) in [(500, false), (502, true)] {
        let (answer, made) = create_under(&practice, Fault::ErrorPage { status, after }).await;
        let answer = answer.expect("an answer");
        assert_eq!((answer.status, made), (status, usize::from(after)));
        assert!(
            answer.text.starts_with("<!DOCTYPE html>")
                && answer.headers["content-type"] == "text/html"
        );
    }
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
async fn a_truncated_answer_ends_before_its_length_and_the_change_is_made() {
    let practice = practice(0).await;
    let (answer, made) = create_under(&practice, Fault::Truncated).await;
    assert!(answer.is_err_and(|error| error.is_body() || error.is_decode()));
    assert_eq!(made, 1);
}

#[tokio::test]
async fn wrong_types_and_missing_fields_hit_what_they_name() {
    let practice = practice(0).await;
    let wrong = create_under(
        &practice,
        Fault::WrongTypes {
            field: Some("sid".into()),
        },
    )
    .await
    .0
    .expect("an answer");
    assert_eq!((wrong.status, &wrong.body["sid"]), (201, &7.into()));
    assert_eq!(wrong.body["friendly_name"], "Acme");
    let missing = create_under(
        &practice,
        Fault::MissingFields {
            field: Some("sid".into()),
        },
    )
    .await
    .0
    .expect("an answer");
    assert!(missing.body.get("sid").is_none() && missing.body["friendly_name"] == "Acme");
    let empty = create_under(&practice, Fault::MissingFields { field: None })
        .await
        .0
        .expect("an answer");
    assert_eq!(empty.text, "{}");
}

#[tokio::test]
async fn a_slow_answer_drips_and_is_whole_in_the_end() {
    let practice = practice(0).await;
    let begun = Instant::now();
    let answer = create_under(
        &practice,
        Fault::SlowDrip {
            bytes: 400,
            every_ms: 50,
        },
    )
    .await
    .0
    .expect("an answer");
    assert_eq!(answer.text_of("friendly_name"), "Acme");
    let pieces = u32::try_from(answer.text.len().div_ceil(400)).expect("a few");
    assert!(pieces > 3 && begun.elapsed() >= Duration::from_millis(50) * pieces);
}

#[tokio::test]
async fn a_huge_answer_has_ten_million_bytes_of_padding() {
    let practice = practice(0).await;
    let rule = r#"{"fault":{"kind":"huge"},"when":{"next":1}}"#;
    practice
        .faults()
        .inject(serde_json::from_str::<Rule>(rule).expect("a rule"));
    let answer = Caller::parent(&practice).get(ACCOUNTS).await;
    assert!(answer.text.len() > 10_000_000 && answer.list("accounts").len() == 1);
}

#[tokio::test]
async fn endless_pages_go_on_for_both_hosts() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let own = practice.parent().account_sid;
    practice.faults().inject(Rule::new(Fault::EndlessPages));
    let mut uri = ACCOUNTS.to_owned();
    for page in 0..20 {
        let answer = parent.get(&uri).await;
        assert_eq!(
            (answer.status, answer.body["page"].as_u64()),
            (200, Some(page))
        );
        uri = answer.text_of("next_page_uri");
    }
    let mut url = format!("/v1/Keys?AccountSid={own}");
    for page in 0..20 {
        let answer = parent.get(&url).await;
        assert_eq!(
            (answer.status, answer.body["meta"]["page"].as_u64()),
            (200, Some(page))
        );
        url = answer.body["meta"]["next_page_url"]
            .as_str()
            .expect("a link")
            .to_owned();
        assert!(url.starts_with(&practice.base_url()));
    }
}

#[tokio::test]
async fn another_accounts_answer_is_whole_and_belongs_to_someone_else() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (acme, token) = subaccount(&parent, "Acme").await;
    let (other, _) = subaccount(&parent, "Other").await;
    practice
        .faults()
        .inject(Rule::new(Fault::OtherAccount { sid: None }));
    assert_eq!(parent.get(&path(&acme, "")).await.text_of("sid"), other);
    let made = parent
        .post(&path(&acme, "Keys"), &FORM)
        .await
        .text_of("sid");
    let state = practice.state();
    assert_eq!(
        state.key(&made).expect("the key").0.sid,
        other,
        "the key was made for the other account"
    );

    let rotated = Caller::new(&practice, &acme, &token)
        .post("/v1/AuthTokens/Secondary", &[])
        .await;
    assert_eq!(rotated.text_of("account_sid"), other);
}

#[tokio::test]
async fn a_stale_list_is_the_one_from_before_the_last_change() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (first, _) = subaccount(&parent, "First").await;
    subaccount(&parent, "Second").await;
    practice
        .faults()
        .inject(Rule::new(Fault::Stale).on("GET", "**").next(2));
    let stale = parent.get(ACCOUNTS).await.list("accounts");
    assert_eq!(
        stale
            .iter()
            .map(|account| &account["friendly_name"])
            .collect::<Vec<_>>(),
        ["First", "Northwind Monitoring"]
    );

    let key = parent.post(&path(&first, "Keys"), &[]).await.text_of("sid");
    assert!(
        parent
            .get(&path(&first, "Keys"))
            .await
            .list("keys")
            .is_empty()
    );
    assert_eq!(
        parent.get(&path(&first, "Keys")).await.list("keys")[0]["sid"],
        key.as_str()
    );
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
