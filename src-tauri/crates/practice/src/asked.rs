//! A request, read once and kept apart from its connection.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use crate::credentials::SignIn;
use crate::errors::ApiError;
use crate::form::Fields;
use crate::region::Region;

/// More than any form that Twilio takes.
const LARGEST_FORM: usize = 1024 * 1024;

/// What a caller asked for.
#[derive(Clone)]
pub(crate) struct Asked {
    pub method: Method,
    pub path: String,
    pub query_text: String,
    pub query: Fields,
    /// The form, or why the body cannot be read as one.
    form: Result<Fields, ApiError>,
    pub sign_in: Option<SignIn>,
    /// Whose server was asked.
    pub region: Region,
    /// Scheme and host as the caller wrote them, for the absolute links of `iam` and `accounts`.
    pub base: String,
    /// Whether lists are answered as of before the last change.
    pub stale: bool,
}

impl Asked {
    pub(crate) async fn read(request: Request) -> Self {
        let (head, body) = request.into_parts();
        let header = |name| text_of(&head.headers, name);
        let content_type = header(header::CONTENT_TYPE)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_form = content_type.starts_with("application/x-www-form-urlencoded");
        let form = match to_bytes(body, LARGEST_FORM).await {
            Err(_) => Err(ApiError::bad_parameter(
                "The body is too large or was cut off",
            )),
            Ok(bytes) if bytes.is_empty() => Ok(Fields::default()),
            Ok(bytes) if is_form => Ok(Fields::parse(&bytes)),
            Ok(_) => Err(ApiError::bad_parameter(
                "The body must be application/x-www-form-urlencoded",
            )),
        };
        let region = head.extensions.get().copied().unwrap_or_default();
        let query_text = head.uri.query().unwrap_or_default().to_owned();
        Self {
            path: head.uri.path().to_owned(),
            query: Fields::parse(query_text.as_bytes()),
            query_text,
            form,
            sign_in: header(header::AUTHORIZATION).and_then(|text| SignIn::parse(text, region)),
            region,
            base: format!("http://{}", header(header::HOST).unwrap_or("127.0.0.1")),
            stale: false,
            method: head.method,
        }
    }

    /// The fields of the form.
    pub(crate) fn form(&self) -> Result<&Fields, ApiError> {
        self.form.as_ref().map_err(ApiError::clone)
    }

    /// A field that has to be there.
    pub(crate) fn required(fields: &Fields, name: &str) -> Result<String, ApiError> {
        let missing = || ApiError::bad_parameter(format!("Missing required parameter {name}"));
        fields
            .get(name)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .ok_or_else(missing)
    }
}

fn text_of(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts
            .extensions
            .get::<Arc<Self>>()
            .map(|asked| Self::clone(asked))
            .ok_or_else(ApiError::state_not_kept)
    }
}
