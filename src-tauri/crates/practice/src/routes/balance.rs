//! `/2010-04-01/Accounts/{account}/Balance`: the parent's one balance.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::json;

use super::{Answer, Outcome, caller};
use crate::asked::Asked;
use crate::credentials::Action;
use crate::twilio::Twilio;

pub(super) async fn fetch(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    let store = twilio.store();
    let place = caller(&store, &asked)?.may(&store, Action::ReadBalance, &account, &asked.path)?;
    Ok(Answer::Found(json!({
        "account_sid": store.account(place).sid,
        "balance": store.world().balance.to_string(),
        "currency": "USD",
    })))
}
