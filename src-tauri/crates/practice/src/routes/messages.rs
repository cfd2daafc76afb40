//! `/2010-04-01/Accounts/{account}/Messages`: the texts of the last days, one for each that usage counts as sent.

use std::sync::Arc;

use axum::extract::{Path, State};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Answer, Outcome, caller};
use crate::asked::Asked;
use crate::clock::{day_of, rfc2822};
use crate::credentials::Action;
use crate::paging::PageRequest;
use crate::seed::{scatter, sids};
use crate::twilio::Twilio;
use crate::usage::Span;

/// How many days back texts are remembered.
const DAYS: u32 = 14;

struct Message {
    sid: String,
    from: String,
    to: String,
    sent: Timestamp,
}

pub(super) async fn list(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    let mut store = twilio.store();
    let place = caller(&store, &asked)?.may(&store, Action::ListMessages, &account, &asked.path)?;
    let page = PageRequest::read(&asked.path, &asked.query)?;
    let account = store.account(place).clone();
    let seed = store.world().seed;
    let from = account
        .numbers
        .first()
        .map(|number| number.number.clone())
        .unwrap_or_default();

    let mut messages = Vec::new();
    let mut date = day_of(twilio.clock.now());
    for back in 0..DAYS {
        let sent = store
            .usage(
                place,
                false,
                Span {
                    first: date,
                    last: date,
                },
            )
            .texts_sent;
        // Texts of a day are numbered backwards, so that the newest comes first.
        for number in (0..u32::try_from(sent).unwrap_or_default()).rev() {
            messages.push(message(seed, account.ordinal, date, back, number, &from));
        }
        let Ok(before) = date.yesterday() else { break };
        date = before;
    }
    let only = |name: &str| {
        asked
            .query
            .get(name)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    };
    let (to, from) = (only("To"), only("From"));
    messages.retain(|message| {
        to.as_ref().is_none_or(|to| *to == message.to)
            && from.as_ref().is_none_or(|from| *from == message.from)
    });
    let numbered: Vec<(usize, Message)> = messages.into_iter().enumerate().collect();
    let page = page
        .cut(numbered, |(number, _)| format!("{number:08}"))
        .map(|(_, message)| body(&account.sid, &message));
    Ok(Answer::Found(page.into_api_answer("messages")))
}

fn message(seed: u64, account: u32, date: Date, back: u32, number: u32, from: &str) -> Message {
    const ROOM_FOR_A_DAY: u32 = 512;
    let ordinal = account
        .wrapping_mul(DAYS * ROOM_FOR_A_DAY)
        .wrapping_add(back * ROOM_FOR_A_DAY + number);
    let pager = scatter::below(
        scatter::scatter(
            seed,
            &[u64::from(b'M'), u64::from(account), u64::from(number % 3)],
        ),
        100,
    );
    let minute = SignedDuration::from_mins(i64::from(number) * 11 + 60);
    let midnight = date
        .to_datetime(Time::midnight())
        .to_zoned_datetime(TimeZone::UTC)
        .map_or(Timestamp::UNIX_EPOCH, |midnight| midnight.timestamp());
    Message {
        sid: sids::sid("SM", seed, ordinal),
        from: from.to_owned(),
        to: format!("+1202555{:04}", 100 + pager),
        sent: midnight.checked_add(minute).unwrap_or(midnight),
    }
}

fn body(account: &str, message: &Message) -> Value {
    let Message {
        sid,
        from,
        to,
        sent,
    } = message;
    let uri = format!("/2010-04-01/Accounts/{account}/Messages/{sid}");
    json!({
        "sid": sid,
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": "Alarm: the temperature is above its limit.",
        "direction": "outbound-api",
        "from": from,
        "to": to,
        "status": "delivered",
        "num_segments": "1",
        "num_media": "0",
        "price": "-0.00790",
        "price_unit": "USD",
        "error_code": null,
        "error_message": null,
        "messaging_service_sid": null,
        "date_created": rfc2822(*sent),
        "date_sent": rfc2822(*sent),
        "date_updated": rfc2822(*sent),
        "subresource_uris": {"media": format!("{uri}/Media.json"), "feedback": format!("{uri}/Feedback.json")},
        "uri": format!("{uri}.json"),
    })
}
