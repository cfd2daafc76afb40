//! `/2010-04-01/Accounts/{account}/IncomingPhoneNumbers`: the numbers an account has, their settings, and moving them.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::{Answer, Outcome, caller, in_words, sid_of};
use crate::asked::Asked;
use crate::clock::rfc2822;
use crate::credentials::Action;
use crate::errors::ApiError;
use crate::model::PhoneNumber;
use crate::paging::PageRequest;
use crate::store::{NumberChange, Place, Store};
use crate::twilio::Twilio;

pub(super) async fn list(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    let store = twilio.store();
    let place = caller(&store, &asked)?.may(&store, Action::ListNumbers, &account, &asked.path)?;
    let page = PageRequest::read(&asked.path, &asked.query)?;
    let Some(account) = store.listed(asked.stale).accounts.get(place) else {
        return Err(ApiError::not_found(&asked.path));
    };
    let wanted = asked
        .query
        .get("PhoneNumber")
        .filter(|number| !number.is_empty());
    let mut numbers: Vec<&PhoneNumber> = account
        .numbers
        .iter()
        .filter(|number| wanted.is_none_or(|wanted| wanted == number.number))
        .collect();
    let order = |number: &&PhoneNumber| number.number.clone();
    numbers.sort_by_cached_key(order);
    let page = page
        .cut(numbers, order)
        .map(|number| body(&account.sid, number));
    Ok(Answer::Found(
        page.into_api_answer("incoming_phone_numbers"),
    ))
}

pub(super) async fn fetch(
    State(twilio): State<Arc<Twilio>>,
    Path(parts): Path<(String, String)>,
    asked: Asked,
) -> Outcome {
    let store = twilio.store();
    let place = may(&store, Action::ReadNumber, &parts, &asked)?;
    // A look at one number may be stale, as a list may.
    let world = store.listed(asked.stale);
    let sid = sid_of(&parts.1, &asked)?;
    let account = world.accounts.get(place);
    account
        .and_then(|account| {
            let mut numbers = account.numbers.iter();
            let number = numbers.find(|number| number.sid.eq_ignore_ascii_case(sid))?;
            Some(Answer::Found(body(&account.sid, number)))
        })
        .ok_or_else(|| ApiError::not_found(&asked.path))
}

pub(super) async fn update(
    State(twilio): State<Arc<Twilio>>,
    Path(parts): Path<(String, String)>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    let form = asked.form()?;
    let to = form
        .get("AccountSid")
        .filter(|to| !to.is_empty() && !to.eq_ignore_ascii_case(&parts.0));
    let action = match to {
        Some(_) => Action::MoveNumber,
        None => Action::UpdateNumber,
    };
    let (place, sid) = find(&store, action, &parts, &asked)?;
    let change = NumberChange {
        friendly_name: form.get("FriendlyName"),
        voice_url: form.get("VoiceUrl"),
        sms_url: form.get("SmsUrl"),
        to,
    };
    let place = store.update_number(place, &sid, &change, twilio.clock.now())?;
    let number = store
        .number(place, &sid)
        .ok_or_else(|| ApiError::not_found(&asked.path))?;
    Ok(Answer::Found(body(&store.account(place).sid, number)))
}

pub(super) async fn release(
    State(twilio): State<Arc<Twilio>>,
    Path(parts): Path<(String, String)>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    let (place, sid) = find(&store, Action::ReleaseNumber, &parts, &asked)?;
    store.release_number(place, &sid);
    Ok(Answer::Deleted)
}

fn may(
    store: &Store,
    action: Action,
    (account, _): &(String, String),
    asked: &Asked,
) -> Result<Place, ApiError> {
    caller(store, asked)?.may(store, action, account, &asked.path)
}

/// The number of a path, if the caller may act on it and the account named before it has it.
fn find(
    store: &Store,
    action: Action,
    parts: &(String, String),
    asked: &Asked,
) -> Result<(Place, String), ApiError> {
    let place = may(store, action, parts, asked)?;
    store
        .number(place, sid_of(&parts.1, asked)?)
        .map(|number| (place, number.sid.clone()))
        .ok_or_else(|| ApiError::not_found(&asked.path))
}

fn body(account: &str, number: &PhoneNumber) -> Value {
    let digits = &number.number;
    let name = number.friendly_name.clone();
    json!({
        "sid": number.sid,
        "account_sid": account,
        "phone_number": digits,
        "friendly_name": name.unwrap_or_else(|| in_words(digits)),
        "api_version": "2010-04-01",
        "beta": false,
        "origin": "twilio",
        "status": "in-use",
        "type": "local",
        "capabilities": {"voice": true, "sms": true, "mms": true, "fax": false},
        "address_requirements": "none",
        "address_sid": null,
        "bundle_sid": null,
        "identity_sid": null,
        "trunk_sid": null,
        "emergency_status": "Inactive",
        "emergency_address_sid": null,
        "emergency_address_status": "unregistered",
        "voice_receive_mode": "voice",
        "voice_caller_id_lookup": false,
        "voice_application_sid": null,
        "voice_method": "POST",
        "voice_url": number.voice_url,
        "voice_fallback_method": "POST",
        "voice_fallback_url": null,
        "sms_application_sid": null,
        "sms_method": "POST",
        "sms_url": number.sms_url,
        "sms_fallback_method": "POST",
        "sms_fallback_url": null,
        "status_callback": null,
        "status_callback_method": "POST",
        "date_created": rfc2822(number.created),
        "date_updated": rfc2822(number.updated.unwrap_or(number.created)),
        "uri": format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{}.json", number.sid),
    })
}
