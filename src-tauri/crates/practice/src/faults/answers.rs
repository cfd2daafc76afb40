//! Answers that are no success: Twilio's own, and those of what stands before it.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::AnswerBody;
use crate::errors::ApiError;

/// An answer of this status, by whom `body` says.
pub(super) fn answer(status: u16, body: AnswerBody) -> Response {
    let json = "application/json";
    match body {
        AnswerBody::Twilio => ApiError::of_status(status).into_response(),
        AnswerBody::Page => page(status),
        AnswerBody::Json => sent(
            status,
            json,
            r#"{"success":false,"errors":[{"code":1020,"message":"Stopped by the web filter"}]}"#
                .to_owned(),
        ),
        AnswerBody::LookAlike => sent(
            status,
            json,
            format!(
                r#"{{"code":"{status}","message":"Stopped by the web filter","status":"{status}"}}"#
            ),
        ),
        AnswerBody::Text => sent(status, "text/plain", "upstream connect error\n".to_owned()),
        AnswerBody::Empty => sent(status, "text/plain", String::new()),
    }
}

/// A gateway's page in HTML.
pub(super) fn page(status: u16) -> Response {
    let named = status_of(status);
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{named}</title></head><body><center><h1>{named}</h1></center><hr></body></html>\n"
    );
    sent(status, "text/html", page)
}

fn sent(status: u16, kind: &'static str, body: String) -> Response {
    (status_of(status), [(header::CONTENT_TYPE, kind)], body).into_response()
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY)
}
