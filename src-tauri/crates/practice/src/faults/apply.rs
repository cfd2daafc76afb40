//! Carrying a fault out on one request.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};

use super::{Fault, answers, bodies};
use crate::asked::Asked;
use crate::errors::ApiError;
use crate::intake::Intake;

/// How a request ends for its caller.
pub(crate) enum Ending {
    Answer(Response),
    /// The connection stays open and nothing comes.
    Silence,
    /// The connection is closed in order.
    Close,
    /// The connection is reset.
    Reset,
}

/// Larger than any answer this server makes.
const LARGEST_ANSWER: usize = 256 * 1024 * 1024;

/// Carries out a request as the fault has it.
pub(crate) async fn end(fault: Option<&Fault>, intake: &Intake, asked: Asked) -> Ending {
    let Some(fault) = fault else {
        return Ending::Answer(intake.handle(asked).await);
    };
    match fault {
        Fault::Delay { ms } => {
            tokio::time::sleep(Duration::from_millis(*ms)).await;
            Ending::Answer(intake.handle(asked).await)
        }
        Fault::TooManyRequests { retry_after } => Ending::Answer(too_many_requests(*retry_after)),
        Fault::Refusal { status, code } => Ending::Answer(refusal(*status, *code)),
        Fault::ErrorPage { status, after } => {
            if *after {
                intake.handle(asked).await;
            }
            Ending::Answer(answers::page(*status))
        }
        Fault::Answer {
            status,
            body,
            after,
        } => {
            if *after {
                intake.handle(asked).await;
            }
            Ending::Answer(answers::answer(*status, *body))
        }
        Fault::PolicyRefusal => Ending::Answer(ApiError::policy_refusal().into_response()),
        Fault::Refuse { for_ms } => {
            intake
                .twilio
                .line
                .offline_for(Duration::from_millis(*for_ms))
                .await;
            Ending::Close
        }
        Fault::Close => Ending::Close,
        Fault::ResetBefore => Ending::Reset,
        Fault::TimeoutBefore => Ending::Silence,
        Fault::ResetAfter => {
            intake.handle(asked).await;
            Ending::Reset
        }
        Fault::TimeoutAfter => {
            intake.handle(asked).await;
            Ending::Silence
        }
        other => Ending::Answer(altered(other, intake, asked).await),
    }
}

/// The faults that carry the request out and change what is answered.
async fn altered(fault: &Fault, intake: &Intake, mut asked: Asked) -> Response {
    match fault {
        Fault::Truncated => broken_off(intake.handle(asked).await).await,
        Fault::SlowDrip { bytes, every_ms } => {
            dripping(
                intake.handle(asked).await,
                *bytes,
                Duration::from_millis(*every_ms),
            )
            .await
        }
        Fault::WrongTypes { field } => {
            rewritten(intake.handle(asked).await, |answer| {
                bodies::with_wrong_types(answer, field.as_deref())
            })
            .await
        }
        Fault::MissingFields { field } => {
            rewritten(intake.handle(asked).await, |answer| {
                bodies::with_missing_fields(answer, field.as_deref())
            })
            .await
        }
        Fault::OddRows { rows } => {
            rewritten_to_text(intake.handle(asked).await, |answer| {
                bodies::with_odd_rows(answer, rows)
            })
            .await
        }
        Fault::Huge { bytes } => {
            rewritten(intake.handle(asked).await, |answer| {
                bodies::padded(answer, *bytes)
            })
            .await
        }
        Fault::EndlessPages => {
            let (path, base, query) = (asked.path.clone(), asked.base.clone(), asked.query.clone());
            asked.query = query.without(&["Page", "PageToken"]);
            let answer = intake.handle(asked).await;
            rewritten(answer, |answer| {
                bodies::with_next_page(answer, &path, &query, &base)
            })
            .await
        }
        Fault::OtherAccount { sid } => for_other_account(intake, asked, sid.as_deref()).await,
        Fault::Stale => {
            asked.stale = true;
            intake.handle(asked).await
        }
        _ => intake.handle(asked).await,
    }
}

fn too_many_requests(retry_after: Option<u64>) -> Response {
    let mut response = ApiError::too_many_requests().into_response();
    if let Some(seconds) = retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn refusal(status: u16, code: u32) -> Response {
    let more = format!("https://www.twilio.com/docs/errors/{code}");
    let body = json!({"code": code, "message": format!("Refused on purpose ({code})"), "more_info": more, "status": status});
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let form = [(header::CONTENT_TYPE, "application/json")];
    (status, form, body.to_string()).into_response()
}

/// The answer says how long it is and ends before that.
async fn broken_off(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    head.headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let half = bytes.slice(..bytes.len() / 2);
    let pieces = stream::unfold(Some(half), |half| async move {
        match half {
            Some(half) => Some((Ok(half), None)),
            None => {
                // The first half has to be on its way before the connection ends.
                tokio::time::sleep(Duration::from_millis(50)).await;
                Some((Err(std::io::Error::other("broken off on purpose")), None))
            }
        }
    });
    Response::from_parts(head, Body::from_stream(pieces))
}

/// The answer comes piece by piece.
async fn dripping(response: Response, bytes: usize, every: Duration) -> Response {
    let (mut head, body) = response.into_parts();
    let all = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    head.headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(all.len()));
    let pieces = stream::unfold(all, move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        tokio::time::sleep(every).await;
        let piece = left.split_to(bytes.clamp(1, left.len()));
        Some((Ok::<_, Infallible>(piece), left))
    });
    Response::from_parts(head, Body::from_stream(pieces))
}

/// Changes an answer in JSON; any other stays as it is.
async fn rewritten(response: Response, rewrite: impl FnOnce(Value) -> Value) -> Response {
    rewritten_to_text(response, |answer| rewrite(answer).to_string()).await
}

/// The same, into what need not be JSON any more.
async fn rewritten_to_text(response: Response, rewrite: impl FnOnce(Value) -> String) -> Response {
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    head.headers.remove(header::CONTENT_LENGTH);
    let body = match serde_json::from_slice(&bytes) {
        Ok(answer) => Body::from(rewrite(answer)),
        Err(_) => Body::from(bytes),
    };
    Response::from_parts(head, body)
}

/// A path that names an account names another one instead; where none is named, the answer's SIDs are exchanged.
async fn for_other_account(intake: &Intake, mut asked: Asked, sid: Option<&str>) -> Response {
    let named = asked
        .path
        .split('/')
        .find(|part| part.starts_with("AC"))
        .map(|part| part.trim_end_matches(".json").to_owned());
    if let Some(named) = named {
        let other = sid.map_or_else(|| intake.twilio.next_account(&named), str::to_owned);
        asked.path = asked.path.replace(&named, &other);
        return intake.handle(asked).await;
    }
    let own = asked
        .sign_in
        .as_ref()
        .map(|sign_in| sign_in.user.clone())
        .unwrap_or_default();
    let other = sid.map_or_else(|| intake.twilio.next_account(&own), str::to_owned);
    let (head, body) = intake.handle(asked).await.into_parts();
    let text = String::from_utf8(
        to_bytes(body, LARGEST_ANSWER)
            .await
            .unwrap_or_default()
            .into(),
    )
    .unwrap_or_default();
    Response::from_parts(head, Body::from(text.replace(&own, &other)))
}
