//! `/2010-04-01/Accounts/{account}/IncomingPhoneNumbers`: the numbers an account has.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::{Answer, Outcome, caller};
use crate::asked::Asked;
use crate::clock::rfc2822;
use crate::credentials::Action;
use crate::model::PhoneNumber;
use crate::paging::PageRequest;
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
        return Err(crate::errors::ApiError::not_found(&asked.path));
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

fn body(account: &str, number: &PhoneNumber) -> Value {
    let digits = &number.number;
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    json!({
        "sid": number.sid,
        "account_sid": account,
        "phone_number": digits,
        "friendly_name": format!("({}) {}-{}", part(2..5), part(5..8), part(8..12)),
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
        "voice_url": null,
        "voice_fallback_method": "POST",
        "voice_fallback_url": null,
        "sms_application_sid": null,
        "sms_method": "POST",
        "sms_url": null,
        "sms_fallback_method": "POST",
        "sms_fallback_url": null,
        "status_callback": null,
        "status_callback_method": "POST",
        "date_created": rfc2822(number.created),
        "date_updated": rfc2822(number.created),
        "uri": format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{}.json", number.sid),
    })
}
