//! Answers that are errors, or are not as they should be.

use std::time::{Duration, Instant};

use practice::{AnswerBody, Fault, Rule};

use super::create_under;
use crate::caller::{ACCOUNTS, Caller, practice};

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
