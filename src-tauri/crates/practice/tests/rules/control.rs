//! The control surface for tests that run in another process.

use practice::{Practice, Settings};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::caller::{ACCOUNTS, Caller, practice, start};

async fn control(practice: &Practice, method: Method, path: &str, body: Value) -> (u16, Value) {
    // Building a caller makes sure that the TLS provider is there.
    let _ = Caller::parent(practice);
    let request = Client::new().request(method, format!("{}/practice/{path}", practice.base_url()));
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let response = request.body(body).send().await.expect("an answer");
    let status = response.status().as_u16();
    (
        status,
        serde_json::from_str(&response.text().await.expect("a body")).unwrap_or(Value::Null),
    )
}

#[tokio::test]
async fn faults_are_switched_on_and_off_from_outside() {
    let practice = start(Settings {
        control: true,
        subaccounts: 0,
        ..Settings::default()
    })
    .await;
    let rules = json!([
        {"method": "GET", "path": ACCOUNTS, "when": {"nth": 2}, "fault": {"kind": "error_page", "status": 502}},
        {"path": "/v1/**", "fault": {"kind": "too_many_requests", "retry_after": 1}},
    ]);
    assert_eq!(
        control(&practice, Method::POST, "faults", rules).await,
        (201, json!({"ids": [1, 2]}))
    );
    let parent = Caller::parent(&practice);
    let statuses = [
        parent.get(ACCOUNTS).await.status,
        parent.get(ACCOUNTS).await.status,
        parent.get("/v1/Keys").await.status,
    ];
    assert_eq!(statuses, [200, 502, 429]);
    let in_force = control(&practice, Method::GET, "faults", Value::Null)
        .await
        .1;
    assert_eq!(
        (&in_force[0]["matched"], &in_force[0]["applied"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(
        control(&practice, Method::DELETE, "faults", Value::Null)
            .await
            .0,
        204
    );
    assert_eq!(parent.get("/v1/Keys").await.status, 400);
    assert_eq!(
        control(
            &practice,
            Method::POST,
            "faults",
            json!({"fault": {"kind": "unheard_of"}})
        )
        .await
        .0,
        400
    );
}

#[tokio::test]
async fn the_log_and_the_state_are_told_without_secrets() {
    let practice = start(Settings {
        control: true,
        subaccounts: 3,
        ..Settings::default()
    })
    .await;
    Caller::parent(&practice).get(ACCOUNTS).await;
    let requests = control(&practice, Method::GET, "requests", Value::Null)
        .await
        .1;
    assert_eq!(
        requests.as_array().map(Vec::len),
        Some(1),
        "its own requests are not in the log"
    );
    assert_eq!(requests[0]["signed_by"]["kind"], "auth_token");
    let state = control(&practice, Method::GET, "state", Value::Null)
        .await
        .1;
    assert_eq!(
        (
            &state["subaccounts"],
            &state["accounts"][0]["friendly_name"]
        ),
        (&json!(3), &json!("Northwind Monitoring"))
    );
    let parent = practice.parent();
    let told = format!("{requests}{state}");
    for secret in [
        &parent.auth_token,
        &parent.main_key.1,
        &parent.standard_key.1,
        &parent.restricted_key.1,
    ] {
        assert!(!told.contains(secret.as_str()));
    }
    assert_eq!(
        control(&practice, Method::DELETE, "requests", Value::Null)
            .await
            .0,
        204
    );
    assert_eq!(
        control(&practice, Method::GET, "requests", Value::Null)
            .await
            .1,
        json!([])
    );
}

#[tokio::test]
async fn the_clock_is_set_moved_and_let_go() {
    let practice = start(Settings {
        control: true,
        subaccounts: 0,
        ..Settings::default()
    })
    .await;
    let set = control(
        &practice,
        Method::POST,
        "clock",
        json!({"now": "2027-01-31T00:00:00Z"}),
    )
    .await;
    assert_eq!(set, (200, json!({"now": "2027-01-31T00:00:00Z"})));
    let moved = control(
        &practice,
        Method::POST,
        "clock",
        json!({"advance_seconds": 86_400}),
    )
    .await
    .1;
    assert_eq!(moved["now"], "2027-02-01T00:00:00Z");
    let made = Caller::parent(&practice).post(ACCOUNTS, &[]).await;
    assert_eq!(
        made.text_of("date_created"),
        "Mon, 01 Feb 2027 00:00:00 +0000"
    );
    assert_eq!(
        control(&practice, Method::POST, "clock", json!("run"))
            .await
            .0,
        200
    );
    assert_eq!(
        control(&practice, Method::POST, "clock", json!({"then": 1}))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn offline_and_suspension_are_there_too() {
    let practice = start(Settings {
        control: true,
        subaccounts: 1,
        ..Settings::default()
    })
    .await;
    let sid = practice.subaccounts().remove(0).account_sid;
    assert_eq!(
        control(&practice, Method::POST, "suspend", json!({"sid": sid}))
            .await
            .0,
        204
    );
    assert_eq!(
        practice.state().accounts[1].status,
        practice::Status::Suspended
    );
    assert_eq!(
        control(&practice, Method::POST, "suspend", json!({"sid": "AC"}))
            .await
            .0,
        404
    );

    assert_eq!(
        control(&practice, Method::POST, "offline", json!({"for_ms": 3_000}))
            .await
            .0,
        202
    );
    let parent = Caller::parent(&practice);
    let refused = async {
        while !parent
            .try_send(Method::GET, ACCOUNTS, &[])
            .await
            .is_err_and(|error| error.is_connect())
        {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_millis(2_500), refused)
        .await
        .expect("nothing connects while it is offline");
    tokio::time::sleep(std::time::Duration::from_millis(3_500)).await;
    assert_eq!(parent.get(ACCOUNTS).await.status, 200);
}

#[tokio::test]
async fn without_being_switched_on_there_is_no_control_surface() {
    let practice = practice(0).await;
    assert_eq!(
        control(&practice, Method::GET, "state", Value::Null)
            .await
            .0,
        404
    );
}
