//! `/2010-04-01/Accounts`: the parent and its subaccounts.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Map, Value, json};

use super::{Answer, Outcome, caller, newest_first, sid_of};
use crate::asked::Asked;
use crate::clock::rfc2822;
use crate::credentials::{Action, Caller, authenticate};
use crate::errors::ApiError;
use crate::model::{Account, Status, World};
use crate::paging::PageRequest;
use crate::store::{AccountChange, PARENT, tokens_of};
use crate::twilio::Twilio;

pub(super) async fn list(State(twilio): State<Arc<Twilio>>, asked: Asked) -> Outcome {
    let store = twilio.store();
    let caller = caller(&store, &asked)?;
    let own = store.account(caller.place).sid.clone();
    caller.may(&store, Action::ListAccounts, &own, &asked.path)?;
    let page = PageRequest::read(&asked.path, &asked.query)?;
    let status = asked.query.get("Status").filter(|word| !word.is_empty());
    let status = status
        .map(|word| Status::parse(word).ok_or_else(ApiError::invalid_status))
        .transpose()?;
    let name = asked
        .query
        .get("FriendlyName")
        .filter(|name| !name.is_empty());

    let world = store.listed(asked.stale);
    // A restricted key reads its own account only, and so does a subaccount.
    let sees_all = caller.place == PARENT && !caller.is_restricted();
    let mut accounts: Vec<&Account> = world
        .accounts
        .iter()
        .map(|account| &**account)
        .filter(|account| sees_all || account.sid == own)
        .filter(|account| name.is_none_or(|name| account.friendly_name == name))
        .filter(|account| status.is_none_or(|status| account.status == status))
        .collect();
    let place = |account: &&Account| newest_first(account.created, account.ordinal);
    accounts.sort_by_cached_key(place);
    let page = page
        .cut(accounts, place)
        .map(|account| body(world, account, &caller));
    Ok(Answer::Found(page.into_api_answer("accounts")))
}

pub(super) async fn create(State(twilio): State<Arc<Twilio>>, asked: Asked) -> Outcome {
    let mut store = twilio.store();
    let caller = caller(&store, &asked)?;
    let own = store.account(caller.place).sid.clone();
    caller.may(&store, Action::CreateAccount, &own, &asked.path)?;
    let place = store.create_subaccount(asked.form()?.get("FriendlyName"), twilio.clock.now())?;
    Ok(Answer::Created(body(
        store.world(),
        store.account(place),
        &caller,
    )))
}

pub(super) async fn fetch(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    let store = twilio.store();
    let caller = caller(&store, &asked)?;
    let place = caller.may(
        &store,
        Action::ReadAccount,
        sid_of(&account, &asked)?,
        &asked.path,
    )?;
    let world = store.listed(asked.stale);
    let account = world
        .accounts
        .get(place)
        .ok_or_else(|| ApiError::not_found(&asked.path))?;
    Ok(Answer::Found(body(world, account, &caller)))
}

pub(super) async fn update(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    // A suspended parent is let in as far as this, to be told that it cannot reactivate its subaccounts.
    let caller = authenticate(&store, asked.sign_in.as_ref(), true)?;
    let place = caller.may(
        &store,
        Action::ChangeAccount,
        sid_of(&account, &asked)?,
        &asked.path,
    )?;
    let change = AccountChange {
        friendly_name: asked.form()?.get("FriendlyName"),
        status: asked.form()?.get("Status"),
    };
    if store.account(caller.place).status == Status::Suspended && change.status.is_none() {
        return Err(ApiError::account_not_active());
    }
    store.update_account(place, &change, twilio.clock.now())?;
    Ok(Answer::Found(body(
        store.world(),
        store.account(place),
        &caller,
    )))
}

/// An account as the API shows it; the Auth Token only to those who signed with one, and that of the Region they signed in.
fn body(world: &World, account: &Account, caller: &Caller) -> Value {
    let sid = &account.sid;
    let token = match caller.sees_auth_tokens() {
        true => tokens_of(world, account, caller.region).primary,
        false => String::new(),
    };
    json!({
        "sid": sid,
        "friendly_name": account.friendly_name,
        "status": account.status.as_str(),
        "type": if world.trial { "Trial" } else { "Full" },
        "owner_account_sid": world.accounts.first().map(|parent| &parent.sid),
        "auth_token": token,
        "date_created": rfc2822(account.created),
        "date_updated": rfc2822(account.updated),
        "uri": format!("/2010-04-01/Accounts/{sid}.json"),
        "subresource_uris": subresources(sid),
    })
}

fn subresources(sid: &str) -> Map<String, Value> {
    const NAMES: [(&str, &str); 20] = [
        ("addresses", "Addresses"),
        ("applications", "Applications"),
        ("authorized_connect_apps", "AuthorizedConnectApps"),
        ("available_phone_numbers", "AvailablePhoneNumbers"),
        ("balance", "Balance"),
        ("calls", "Calls"),
        ("conferences", "Conferences"),
        ("connect_apps", "ConnectApps"),
        ("incoming_phone_numbers", "IncomingPhoneNumbers"),
        ("keys", "Keys"),
        ("messages", "Messages"),
        ("notifications", "Notifications"),
        ("outgoing_caller_ids", "OutgoingCallerIds"),
        ("queues", "Queues"),
        ("recordings", "Recordings"),
        ("short_codes", "SMS/ShortCodes"),
        ("signing_keys", "SigningKeys"),
        ("sip", "SIP"),
        ("transcriptions", "Transcriptions"),
        ("usage", "Usage"),
    ];
    let uri = |part: &str| json!(format!("/2010-04-01/Accounts/{sid}/{part}.json"));
    NAMES
        .iter()
        .map(|&(name, part)| (name.to_owned(), uri(part)))
        .collect()
}
