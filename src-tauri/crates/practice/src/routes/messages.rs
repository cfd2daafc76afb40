//! `/2010-04-01/Accounts/{account}/Messages`: the texts of an account, sent and received.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::{Answer, Outcome, caller, wanted};
use crate::asked::Asked;
use crate::clock::rfc2822;
use crate::credentials::Action;
use crate::paging::PageRequest;
use crate::traffic::{self, Text};
use crate::twilio::Twilio;

pub(super) async fn list(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    let place = caller(&store, &asked)?.may(&store, Action::ListMessages, &account, &asked.path)?;
    let page = PageRequest::read(&asked.path, &asked.query)?;
    let mut texts = traffic::texts(&mut store, place, asked.region, twilio.clock.now());
    texts.retain(|text| wanted(&asked, "To", &text.to) && wanted(&asked, "From", &text.from));
    let sid = &store.account(place).sid;
    let page = page.cut_in_order(texts).map(|text| body(sid, &text));
    Ok(Answer::Found(page.into_api_answer("messages")))
}

fn body(account: &str, text: &Text) -> Value {
    let uri = format!("/2010-04-01/Accounts/{account}/Messages/{}", text.sid);
    let (body, direction, status, price) = match text {
        Text {
            is_answer: true, ..
        } => ("OK, on my way.", "inbound", "received", "-0.00750"),
        Text { is_undelivered, .. } => (
            "Alarm: the temperature is above its limit.",
            "outbound-api",
            if *is_undelivered {
                "undelivered"
            } else {
                "delivered"
            },
            "-0.00790",
        ),
    };
    let at = rfc2822(text.at);
    json!({
        "sid": text.sid,
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": body,
        "direction": direction,
        "from": text.from,
        "to": text.to,
        "status": status,
        "num_segments": "1",
        "num_media": "0",
        "price": price,
        "price_unit": "USD",
        "error_code": text.is_undelivered.then_some(30003),
        "error_message": text.is_undelivered.then_some("Unreachable destination handset"),
        "messaging_service_sid": null,
        "date_created": at,
        "date_sent": at,
        "date_updated": at,
        "subresource_uris": {"media": format!("{uri}/Media.json"), "feedback": format!("{uri}/Feedback.json")},
        "uri": format!("{uri}.json"),
    })
}
