//! `iam.twilio.com/v1/Keys`: the keys of the account that signs, restricted ones among them.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::{Answer, Outcome, caller, newest_first, of_region};
use crate::asked::Asked;
use crate::clock::rfc2822;
use crate::credentials::Action;
use crate::errors::ApiError;
use crate::form::Fields;
use crate::model::{Account, Key, KeyKind};
use crate::paging::PageRequest;
use crate::store::{KeyChange, KeyRequest, Place, Store};
use crate::twilio::Twilio;

pub(super) async fn list(State(twilio): State<Arc<Twilio>>, asked: Asked) -> Outcome {
    let store = twilio.store();
    let place = signing_account(&store, Action::ListKeys, &asked)?;
    names_account(&asked.query, store.account(place))?;
    let page = PageRequest::read(&asked.path, &asked.query)?;
    let account = store.listed(asked.stale).accounts.get(place);
    let mut keys: Vec<&Key> = account
        .map(|account| of_region(&account.keys, &asked))
        .unwrap_or_default();
    let order = |key: &&Key| newest_first(key.updated, key.ordinal);
    keys.sort_by_cached_key(order);
    let listed = |key: &Key| {
        let mut answer = body(key);
        answer["flags"] = json!(flags(&key.kind));
        answer
    };
    Ok(Answer::Found(
        page.cut(keys, order)
            .map(listed)
            .into_iam_answer("keys", &asked.base),
    ))
}

pub(super) async fn create(State(twilio): State<Arc<Twilio>>, asked: Asked) -> Outcome {
    let mut store = twilio.store();
    let place = signing_account(&store, Action::CreateKey, &asked)?;
    names_account(asked.form()?, store.account(place))?;
    let request = KeyRequest {
        friendly_name: asked.form()?.get("FriendlyName"),
        key_type: asked.form()?.get("KeyType"),
        policy: asked.form()?.get("Policy"),
        region: asked.region,
    };
    let key = store.create_key(place, &request, twilio.clock.now())?;
    let mut answer = with_policy(&key);
    answer["secret"] = json!(key.secret);
    Ok(Answer::Created(answer))
}

pub(super) async fn fetch(
    State(twilio): State<Arc<Twilio>>,
    Path(sid): Path<String>,
    asked: Asked,
) -> Outcome {
    let store = twilio.store();
    let (_, key) = find(&store, Action::ReadKey, &sid, &asked)?;
    Ok(Answer::Found(with_policy(key)))
}

pub(super) async fn update(
    State(twilio): State<Arc<Twilio>>,
    Path(sid): Path<String>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    find(&store, Action::UpdateKey, &sid, &asked)?;
    let change = KeyChange {
        friendly_name: asked.form()?.get("FriendlyName"),
        policy: asked.form()?.get("Policy"),
    };
    store.update_key(&sid, &change, twilio.clock.now())?;
    let (_, key) = find(&store, Action::UpdateKey, &sid, &asked)?;
    Ok(Answer::Found(with_policy(key)))
}

pub(super) async fn delete(
    State(twilio): State<Arc<Twilio>>,
    Path(sid): Path<String>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    let (place, _) = find(&store, Action::DeleteKey, &sid, &asked)?;
    store.delete_key(place, &sid);
    Ok(Answer::Deleted)
}

/// The account that signs: `iam` acts on no other.
fn signing_account(store: &Store, action: Action, asked: &Asked) -> Result<Place, ApiError> {
    let caller = caller(store, asked)?;
    let own = &store.account(caller.place).sid;
    caller.may(store, action, own, &asked.path)
}

/// Sees to it that `AccountSid` is there and names the account that signs.
fn names_account(fields: &Fields, own: &Account) -> Result<(), ApiError> {
    let named = Asked::required(fields, "AccountSid")?;
    if named.eq_ignore_ascii_case(&own.sid) {
        Ok(())
    } else {
        Err(ApiError::access_denied())
    }
}

fn find<'a>(
    store: &'a Store,
    action: Action,
    sid: &str,
    asked: &Asked,
) -> Result<(Place, &'a Key), ApiError> {
    let place = signing_account(store, action, asked)?;
    store
        .key(sid)
        .filter(|&(owner, key)| owner == place && key.region == asked.region)
        .ok_or_else(|| ApiError::not_found(&asked.path))
}

fn flags(kind: &KeyKind) -> &'static [&'static str] {
    match kind {
        KeyKind::Main => &["rest_api", "signing", "manage_accounts", "manage_keys"],
        KeyKind::Standard => &["rest_api", "signing"],
        KeyKind::Restricted { .. } => &["rest_api", "restricted"],
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

fn with_policy(key: &Key) -> Value {
    let mut answer = body(key);
    answer["policy"] = match &key.kind {
        KeyKind::Restricted { allow } => json!({ "allow": allow }),
        KeyKind::Main | KeyKind::Standard => Value::Null,
    };
    answer
}
