//! `/2010-04-01/Accounts/{account}/Calls`: the calls that an account made.

use std::sync::Arc;

use axum::extract::{Path, State};
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::{Answer, Outcome, caller, in_words, wanted};
use crate::asked::Asked;
use crate::clock::rfc2822;
use crate::credentials::Action;
use crate::paging::PageRequest;
use crate::traffic::{self, Call};
use crate::twilio::Twilio;

/// Every one was answered.
const STATUS: &str = "completed";

pub(super) async fn list(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    let place = caller(&store, &asked)?.may(&store, Action::ListCalls, &account, &asked.path)?;
    let page = PageRequest::read(&asked.path, &asked.query)?;
    let mut calls = traffic::calls(&mut store, place, asked.region, twilio.clock.now());
    calls.retain(|call| {
        wanted(&asked, "To", &call.to)
            && wanted(&asked, "From", &call.from)
            && wanted(&asked, "Status", STATUS)
    });
    let sid = &store.account(place).sid;
    let page = page.cut_in_order(calls).map(|call| body(sid, &call));
    Ok(Answer::Found(page.into_api_answer("calls")))
}

fn body(account: &str, call: &Call) -> Value {
    // Billed by the minute that was begun.
    let seconds = call.minutes * 60 - 25;
    let end = call.at.checked_add(SignedDuration::from_secs(seconds));
    let end = rfc2822(end.unwrap_or(call.at));
    json!({
        "sid": call.sid,
        "account_sid": account,
        "api_version": "2010-04-01",
        "parent_call_sid": null,
        "to": call.to,
        "to_formatted": in_words(&call.to),
        "from": call.from,
        "from_formatted": in_words(&call.from),
        "phone_number_sid": null,
        "status": STATUS,
        "start_time": rfc2822(call.at),
        "end_time": end,
        "duration": seconds.to_string(),
        "price": format!("-{}", call.price()),
        "price_unit": "USD",
        "direction": "outbound-api",
        "answered_by": null,
        "forwarded_from": null,
        "group_sid": null,
        "caller_name": null,
        "queue_time": "0",
        "trunk_sid": null,
        "date_created": rfc2822(call.at),
        "date_updated": end,
        "uri": format!("/2010-04-01/Accounts/{account}/Calls/{}.json", call.sid),
        "subresource_uris": subresources(account, &call.sid),
    })
}

fn subresources(account: &str, call: &str) -> Map<String, Value> {
    const NAMES: [(&str, &str); 9] = [
        ("events", "Events"),
        ("notifications", "Notifications"),
        ("payments", "Payments"),
        ("recordings", "Recordings"),
        ("siprec", "Siprec"),
        ("streams", "Streams"),
        ("transcriptions", "Transcriptions"),
        (
            "user_defined_message_subscriptions",
            "UserDefinedMessageSubscriptions",
        ),
        ("user_defined_messages", "UserDefinedMessages"),
    ];
    let uri = |part: &str| {
        json!(format!(
            "/2010-04-01/Accounts/{account}/Calls/{call}/{part}.json"
        ))
    };
    NAMES
        .iter()
        .map(|&(name, part)| (name.to_owned(), uri(part)))
        .collect()
}
