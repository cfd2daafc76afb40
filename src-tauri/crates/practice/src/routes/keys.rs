//! `/2010-04-01/Accounts/{account}/Keys` and, the same set under its older name, `…/SigningKeys`.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::{Answer, Outcome, caller, newest_first, of_region, sid_of};
use crate::asked::Asked;
use crate::clock::rfc2822;
use crate::credentials::Action;
use crate::errors::ApiError;
use crate::model::Key;
use crate::paging::PageRequest;
use crate::store::{KeyChange, KeyRequest, Place, Store};
use crate::twilio::Twilio;

pub(super) async fn list(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    let store = twilio.store();
    let place = caller(&store, &asked)?.may(&store, Action::ListKeys, &account, &asked.path)?;
    let page = PageRequest::read(&asked.path, &asked.query)?;
    let account = store.listed(asked.stale).accounts.get(place);
    let mut keys: Vec<&Key> = account
        .map(|account| of_region(&account.keys, &asked))
        .unwrap_or_default();
    let order = |key: &&Key| newest_first(key.created, key.ordinal);
    keys.sort_by_cached_key(order);
    Ok(Answer::Found(
        page.cut(keys, order)
            .map(body)
            .into_api_answer(list_name(&asked)),
    ))
}

pub(super) async fn create(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    let place = caller(&store, &asked)?.may(&store, Action::CreateKey, &account, &asked.path)?;
    // KeyType and Policy are not looked at here, so the key becomes a Standard one: as Twilio does.
    let request = KeyRequest {
        friendly_name: asked.form()?.get("FriendlyName"),
        region: asked.region,
        ..KeyRequest::default()
    };
    let key = store.create_key(place, &request, twilio.clock.now())?;
    let mut answer = body(&key);
    answer["secret"] = json!(key.secret);
    Ok(Answer::Created(answer))
}

pub(super) async fn fetch(
    State(twilio): State<Arc<Twilio>>,
    Path(parts): Path<(String, String)>,
    asked: Asked,
) -> Outcome {
    let store = twilio.store();
    let (_, key) = find(&store, Action::ReadKey, &parts, &asked)?;
    Ok(Answer::Found(body(key)))
}

pub(super) async fn update(
    State(twilio): State<Arc<Twilio>>,
    Path(parts): Path<(String, String)>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    let sid = find(&store, Action::UpdateKey, &parts, &asked)?
        .1
        .sid
        .clone();
    let change = KeyChange {
        friendly_name: asked.form()?.get("FriendlyName"),
        ..KeyChange::default()
    };
    store.update_key(&sid, &change, twilio.clock.now())?;
    let (_, key) = find(&store, Action::UpdateKey, &parts, &asked)?;
    Ok(Answer::Found(body(key)))
}

pub(super) async fn delete(
    State(twilio): State<Arc<Twilio>>,
    Path(parts): Path<(String, String)>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    let (place, sid) = find(&store, Action::DeleteKey, &parts, &asked)
        .map(|(place, key)| (place, key.sid.clone()))?;
    store.delete_key(place, &sid);
    Ok(Answer::Deleted)
}

/// The key of a path, if the caller may act on it and it belongs to the account named before it.
fn find<'a>(
    store: &'a Store,
    action: Action,
    parts: &(String, String),
    asked: &Asked,
) -> Result<(Place, &'a Key), ApiError> {
    let (account, key) = parts;
    let place = caller(store, asked)?.may(store, action, account, &asked.path)?;
    store
        .key(sid_of(key, asked)?)
        .filter(|&(owner, key)| owner == place && key.region == asked.region)
        .ok_or_else(|| ApiError::not_found(&asked.path))
}

fn list_name(asked: &Asked) -> &'static str {
    if asked.path.ends_with("/SigningKeys.json") {
        "signing_keys"
    } else {
        "keys"
    }
}

fn body(key: &Key) -> Value {
    json!({
        "sid": key.sid,
        "friendly_name": key.friendly_name,
        "date_created": rfc2822(key.created),
        "date_updated": rfc2822(key.updated),
    })
}
