//! `/practice/…`: the switchboard, the log and the state for tests that run in another process. Only there if switched on.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::faults::Rule;
use crate::inspect::State;
use crate::intake::Intake;
use crate::twilio::Twilio;

type Control = Shared<Arc<Twilio>>;

/// The routes of the control surface.
pub(crate) fn router(twilio: Arc<Twilio>) -> Router<Intake> {
    Router::new()
        .route("/practice/faults", get(faults).post(inject).delete(clear))
        .route("/practice/requests", get(requests).delete(forget))
        .route("/practice/state", get(state))
        .route("/practice/clock", post(clock))
        .route("/practice/offline", post(offline))
        .route("/practice/suspend", post(suspend))
        .route("/practice/catch-up", post(catch_up))
        .with_state(twilio)
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(Box<Rule>),
    More(Vec<Rule>),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum ClockChange {
    Now(Timestamp),
    AdvanceSeconds(i64),
    Run,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offline {
    for_ms: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatchUp {
    within_ms: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suspend {
    sid: String,
}

async fn faults(Shared(twilio): Control) -> Response {
    answer(StatusCode::OK, &twilio.faults.in_force())
}

async fn inject(Shared(twilio): Control, body: Bytes) -> Response {
    with(&body, |rules: OneOrMore| {
        let rules = match rules {
            OneOrMore::One(rule) => vec![*rule],
            OneOrMore::More(rules) => rules,
        };
        let ids: Vec<u64> = rules
            .into_iter()
            .map(|rule| twilio.faults.inject(rule))
            .collect();
        answer(StatusCode::CREATED, &json!({ "ids": ids }))
    })
}

async fn clear(Shared(twilio): Control) -> StatusCode {
    twilio.faults.clear();
    StatusCode::NO_CONTENT
}

async fn requests(Shared(twilio): Control) -> Response {
    answer(StatusCode::OK, &twilio.log.all())
}

async fn forget(Shared(twilio): Control) -> StatusCode {
    twilio.log.clear();
    StatusCode::NO_CONTENT
}

async fn state(Shared(twilio): Control) -> Response {
    let state = State::of(twilio.store().world());
    answer(StatusCode::OK, &state)
}

async fn clock(Shared(twilio): Control, body: Bytes) -> Response {
    with(&body, |change: ClockChange| {
        match change {
            ClockChange::Now(time) => twilio.clock.stand_at(Some(time)),
            ClockChange::AdvanceSeconds(seconds) => {
                twilio.clock.advance(SignedDuration::from_secs(seconds))
            }
            ClockChange::Run => twilio.clock.stand_at(None),
        }
        answer(StatusCode::OK, &json!({ "now": twilio.clock.now() }))
    })
}

async fn offline(Shared(twilio): Control, body: Bytes) -> Response {
    with(&body, |offline: Offline| {
        let line = twilio.line.clone();
        // The answer has to leave before its own connection is dropped.
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(50)).await;
            line.offline_for(Duration::from_millis(offline.for_ms))
                .await;
        });
        answer(StatusCode::ACCEPTED, &json!({}))
    })
}

async fn suspend(Shared(twilio): Control, body: Bytes) -> Response {
    with(&body, |suspend: Suspend| {
        let mut store = twilio.store();
        let Some(place) = store.place(&suspend.sid) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        store.suspend_by_twilio(place, twilio.clock.now());
        StatusCode::NO_CONTENT.into_response()
    })
}

async fn catch_up(Shared(twilio): Control, body: Bytes) -> Response {
    with(&body, |catch_up: CatchUp| {
        let within = Duration::from_millis(catch_up.within_ms);
        twilio.store().catch_up_within(within);
        StatusCode::NO_CONTENT.into_response()
    })
}

fn with<T: for<'a> Deserialize<'a>>(body: &Bytes, act: impl FnOnce(T) -> Response) -> Response {
    match serde_json::from_slice(body) {
        Ok(read) => act(read),
        Err(error) => (StatusCode::BAD_REQUEST, format!("{error}\n")).into_response(),
    }
}

fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(text) => (status, [(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
