//! `accounts.twilio.com/v1/AuthTokens`: rotating the Auth Token of the account that signs.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Value, json};

use super::{Answer, Outcome, caller};
use crate::asked::Asked;
use crate::clock::iso8601;
use crate::credentials::Action;
use crate::errors::ApiError;
use crate::store::{Place, Store};
use crate::twilio::Twilio;

pub(super) async fn create_secondary(State(twilio): State<Arc<Twilio>>, asked: Asked) -> Outcome {
    let mut store = twilio.store();
    let place = signing_account(&store, &asked)?;
    let token = store.create_secondary_token(place, asked.region, twilio.clock.now());
    Ok(Answer::Created(body(
        &store,
        place,
        "secondary_auth_token",
        &token,
        &asked,
    )))
}

pub(super) async fn promote(State(twilio): State<Arc<Twilio>>, asked: Asked) -> Outcome {
    let mut store = twilio.store();
    let place = signing_account(&store, &asked)?;
    let token = store
        .promote_secondary_token(place, asked.region, twilio.clock.now())
        .ok_or_else(|| ApiError::not_found(&asked.path))?;
    Ok(Answer::Found(body(
        &store,
        place,
        "auth_token",
        &token,
        &asked,
    )))
}

pub(super) async fn delete_secondary(State(twilio): State<Arc<Twilio>>, asked: Asked) -> Outcome {
    let mut store = twilio.store();
    let place = signing_account(&store, &asked)?;
    match store.delete_secondary_token(place, asked.region, twilio.clock.now()) {
        true => Ok(Answer::Deleted),
        false => Err(ApiError::not_found(&asked.path)),
    }
}

fn signing_account(store: &Store, asked: &Asked) -> Result<Place, ApiError> {
    let caller = caller(store, asked)?;
    let own = store.account(caller.place).sid.clone();
    caller.may(store, Action::RotateAuthToken, &own, &asked.path)
}

fn body(store: &Store, place: Place, name: &str, token: &str, asked: &Asked) -> Value {
    let account = store.account(place);
    json!({
        "account_sid": account.sid,
        name: token,
        "date_created": iso8601(account.updated),
        "date_updated": iso8601(account.updated),
        "url": format!("{}{}", asked.base, asked.path),
    })
}
