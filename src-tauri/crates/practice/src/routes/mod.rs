//! The paths of Twilio's three hosts that this server answers, one file a resource.

mod accounts;
mod auth_tokens;
mod balance;
mod calls;
mod iam_keys;
mod keys;
mod messages;
mod numbers;
mod usage;

use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;

use crate::asked::Asked;
use crate::credentials::{Caller, authenticate};
use crate::errors::ApiError;
use crate::model::Key;
use crate::store::Store;
use crate::twilio::Twilio;

/// What a handler answers.
type Outcome = Result<Answer, ApiError>;

/// A success.
enum Answer {
    Found(Value),
    Created(Value),
    Deleted,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let json = [(header::CONTENT_TYPE, "application/json")];
        match self {
            Self::Found(body) => (StatusCode::OK, json, body.to_string()).into_response(),
            Self::Created(body) => (StatusCode::CREATED, json, body.to_string()).into_response(),
            Self::Deleted => StatusCode::NO_CONTENT.into_response(),
        }
    }
}

/// All routes. Those of `api` end in `.json`, which the handlers see to.
pub(crate) fn router(twilio: Arc<Twilio>) -> Router {
    let account = "/2010-04-01/Accounts/{account}";
    let mut router = Router::new()
        .route(
            "/2010-04-01/Accounts.json",
            get(accounts::list).post(accounts::create),
        )
        .route(account, get(accounts::fetch).post(accounts::update))
        .route(&format!("{account}/Balance.json"), get(balance::fetch))
        .route(&format!("{account}/Usage/Records.json"), get(usage::whole))
        .route(
            &format!("{account}/Usage/Records/{{period}}"),
            get(usage::by_period),
        )
        .route(
            &format!("{account}/IncomingPhoneNumbers.json"),
            get(numbers::list),
        )
        .route(
            &format!("{account}/IncomingPhoneNumbers/{{number}}"),
            get(numbers::fetch)
                .post(numbers::update)
                .delete(numbers::release),
        )
        .route(&format!("{account}/Messages.json"), get(messages::list))
        .route(&format!("{account}/Calls.json"), get(calls::list))
        .route("/v1/Keys", get(iam_keys::list).post(iam_keys::create))
        .route(
            "/v1/Keys/{key}",
            get(iam_keys::fetch)
                .post(iam_keys::update)
                .delete(iam_keys::delete),
        )
        .route("/v1/AuthTokens/Promote", post(auth_tokens::promote))
        .route(
            "/v1/AuthTokens/Secondary",
            post(auth_tokens::create_secondary).delete(auth_tokens::delete_secondary),
        );
    // The same keys under their older name.
    for name in ["Keys", "SigningKeys"] {
        router = router
            .route(
                &format!("{account}/{name}.json"),
                get(keys::list).post(keys::create),
            )
            .route(
                &format!("{account}/{name}/{{key}}"),
                get(keys::fetch).post(keys::update).delete(keys::delete),
            );
    }
    router
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .with_state(twilio)
}

async fn unknown_path(asked: Asked) -> Response {
    if asked.path.starts_with("/2010-04-01/") && !asked.path.ends_with(".json") {
        return (
            StatusCode::NOT_FOUND,
            "This path answers in XML, which is not made up here. End it with .json.\n",
        )
            .into_response();
    }
    ApiError::not_found(&asked.path).into_response()
}

async fn wrong_method(asked: Asked) -> ApiError {
    match asked.path.ends_with(".json") || asked.path.starts_with("/v1/") {
        true => ApiError::method_not_allowed(),
        false => ApiError::not_found(&asked.path),
    }
}

/// Who signed, unless the account is suspended or closed.
fn caller(store: &Store, asked: &Asked) -> Result<Caller, ApiError> {
    authenticate(store, asked.sign_in.as_ref(), false)
}

/// The SID of a last path part such as `AC….json`.
fn sid_of<'a>(part: &'a str, asked: &Asked) -> Result<&'a str, ApiError> {
    part.strip_suffix(".json")
        .ok_or_else(|| ApiError::not_found(&asked.path))
}

/// The keys that can sign where it was asked.
fn of_region<'a>(keys: &'a [Key], asked: &Asked) -> Vec<&'a Key> {
    let of_region = |key: &&Key| key.region == asked.region;
    keys.iter().filter(of_region).collect()
}

/// Whether a list is to have what has this value; without a filter of that name, everything.
fn wanted(asked: &Asked, filter: &str, value: &str) -> bool {
    let filter = asked.query.get(filter);
    filter.is_none_or(|only| only.is_empty() || only == value)
}

/// A number of the United States as people write it.
fn in_words(digits: &str) -> String {
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    format!("({}) {}-{}", part(2..5), part(5..8), part(8..12))
}

/// A place in the order newest first, as an ascending text.
fn newest_first(time: jiff::Timestamp, ordinal: u32) -> String {
    let seconds = u64::try_from(time.as_second()).unwrap_or_default();
    format!("{:016x}{:08x}", u64::MAX - seconds, u32::MAX - ordinal)
}
