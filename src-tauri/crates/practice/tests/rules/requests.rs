//! How requests are read, counted, logged and answered.

use std::time::Duration;

use practice::Settings;
use reqwest::Method;

use crate::caller::{ACCOUNTS, Caller, path, practice, start, subaccount};

#[tokio::test]
async fn every_answer_carries_its_own_request_id_and_the_load() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (one, two) = (
        parent.get(ACCOUNTS).await,
        parent.get("/2010-04-01/Nothing.json").await,
    );
    let id = |answer: &crate::caller::Answer| {
        answer.headers["twilio-request-id"]
            .to_str()
            .expect("text")
            .to_owned()
    };
    assert!(
        id(&one).len() == 34
            && id(&one).starts_with("RQ")
            && id(&one)[2..].bytes().all(|byte| byte.is_ascii_hexdigit())
    );
    assert_ne!(id(&one), id(&two));
    assert_eq!(one.headers["twilio-concurrent-requests"], "1");
    assert_eq!(practice.requests()[0].request_id, id(&one));
}

#[tokio::test]
async fn requests_over_the_limit_are_refused_and_not_carried_out() {
    let settings = Settings {
        subaccounts: 0,
        concurrency: 2,
        latency: Some(Duration::from_secs(2)),
        ..Settings::default()
    };
    let practice = start(settings).await;
    let parent = Caller::parent(&practice);
    let form = [("FriendlyName", "Acme")];
    let answers = tokio::join!(
        parent.post(ACCOUNTS, &form),
        parent.post(ACCOUNTS, &form),
        parent.post(ACCOUNTS, &form)
    );
    let mut outcomes = [
        answers.0.refusal(),
        answers.1.refusal(),
        answers.2.refusal(),
    ];
    outcomes.sort_unstable();
    assert_eq!(outcomes, [(201, 0), (201, 0), (429, 20429)]);
    assert_eq!(practice.state().subaccounts, 2);
    assert_eq!(
        parent.get(ACCOUNTS).await.status,
        200,
        "the count goes down again"
    );
}

#[tokio::test]
async fn a_path_without_json_and_an_unknown_one_are_not_found_and_a_wrong_method_is_not_allowed() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let own = practice.parent().account_sid;
    assert_eq!(parent.get("/2010-04-01/Accounts").await.status, 404);
    assert_eq!(
        parent
            .get(&format!("/2010-04-01/Accounts/{own}"))
            .await
            .status,
        404
    );
    assert_eq!(
        parent.get("/2010-04-01/Nothing.json").await.refusal(),
        (404, 20404)
    );
    assert_eq!(parent.delete(&path(&own, "")).await.refusal(), (405, 20004));
    let put = parent
        .try_send(Method::PUT, &path(&own, ""), &[])
        .await
        .expect("an answer");
    assert_eq!(put.refusal(), (405, 20004));
}

#[tokio::test]
async fn only_forms_are_read() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let json = parent
        .request(Method::POST, ACCOUNTS)
        .json(&serde_json::json!({"FriendlyName": "Acme"}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(json.status(), 400);
    let huge = parent
        .post(ACCOUNTS, &[("FriendlyName", &"x".repeat(2_000_000))])
        .await;
    assert_eq!(huge.refusal(), (400, 20001));
    let other_case = parent.post(ACCOUNTS, &[("friendlyname", "Acme")]).await;
    assert!(
        other_case
            .text_of("friendly_name")
            .starts_with("SubAccount Created at "),
        "names of fields are case-sensitive"
    );
    assert_eq!(practice.state().subaccounts, 1);
}

#[tokio::test]
async fn the_log_tells_who_asked_for_what_and_how_it_ended_without_secrets() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sub, token) = subaccount(&parent, "Acme & Sons").await;
    let own = Caller::new(&practice, &sub, &token);
    let policy = r#"{"allow":["/twilio/messaging/messages/create"]}"#;
    own.post(
        "/v1/Keys",
        &[
            ("AccountSid", &sub),
            ("KeyType", "restricted"),
            ("Policy", policy),
        ],
    )
    .await;
    Caller::new(&practice, &sub, "wrong")
        .get("/2010-04-01/Accounts.json?PageSize=7")
        .await;

    let log = practice.requests();
    assert_eq!(log.len(), 3);
    assert_eq!(
        (
            log[0].method.as_str(),
            log[0].path.as_str(),
            log[0].answered
        ),
        ("POST", ACCOUNTS, Some(201))
    );
    assert_eq!(log[0].field("FriendlyName"), Some("Acme & Sons"));
    assert_eq!(
        log[0].signed_by.as_ref().map(|signer| signer.kind),
        Some("auth_token")
    );
    assert_eq!(
        log[1].signed_by.as_ref().map(|signer| signer.sid.as_str()),
        Some(sub.as_str())
    );
    assert_eq!(
        (log[2].query.as_str(), log[2].answered),
        ("PageSize=7", Some(401))
    );
    assert_eq!(
        log[2].signed_by.as_ref().map(|signer| signer.kind),
        Some("unknown")
    );
    let everything = serde_json::to_string(&log).expect("JSON");
    assert!(
        !everything.contains(&token)
            && !everything.contains("messages/create")
            && !everything.contains("wrong\"")
    );
    practice.forget_requests();
    assert!(practice.requests().is_empty());
}
