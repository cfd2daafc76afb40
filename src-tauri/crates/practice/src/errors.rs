//! Twilio's error answers: `{"code","message","more_info","status"}`, from `api`, `iam` and `accounts` alike.
//!
//! The codes are those of Twilio's Error and Warning Dictionary (<https://www.twilio.com/docs/api/errors>).

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal, as the made-up Twilio answers it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{status} / {code}: {message}")]
pub(crate) struct ApiError {
    pub status: u16,
    pub code: u32,
    pub message: String,
}

impl ApiError {
    fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    pub(crate) fn bad_parameter(message: impl Into<String>) -> Self {
        Self::new(400, 20001, message)
    }

    pub(crate) fn invalid_name() -> Self {
        Self::new(400, 20002, "Invalid FriendlyName")
    }

    pub(crate) fn not_authenticated() -> Self {
        Self::new(401, 20003, "Authenticate")
    }

    /// As newer accounts refuse the v2010 API of keys.
    pub(crate) fn policy_refusal() -> Self {
        Self::new(401, 20003, "Policy evaluation failed")
    }

    /// A refusal with this status, and the code that goes with it.
    pub(crate) fn of_status(status: u16) -> Self {
        let (code, message) = match status {
            401 => (20003, "Authenticate"),
            403 => (20006, "Access denied"),
            404 => (20404, "The requested resource was not found"),
            405 => (20004, "Method not allowed"),
            409 => (20409, "The request conflicts with another"),
            429 => (20429, "Too Many Requests"),
            503 => (20503, "Service unavailable"),
            504 => (20504, "Gateway timeout"),
            500.. => (20500, "An internal server error has occurred"),
            _ => (20422, "Invalid parameter"),
        };
        Self::new(status, code, message)
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(405, 20004, "Method not allowed")
    }

    pub(crate) fn account_not_active() -> Self {
        Self::new(401, 20005, "Account not active")
    }

    pub(crate) fn access_denied() -> Self {
        Self::new(403, 20006, "Access denied")
    }

    pub(crate) fn page_too_large() -> Self {
        Self::new(400, 20007, "Page size must not be greater than 1000")
    }

    pub(crate) fn test_credentials() -> Self {
        Self::new(
            403,
            20008,
            "Resource not accessible with Test Account Credentials",
        )
    }

    pub(crate) fn not_found(path: &str) -> Self {
        Self::new(
            404,
            20404,
            format!("The requested resource {path} was not found"),
        )
    }

    pub(crate) fn too_many_requests() -> Self {
        Self::new(429, 20429, "Too Many Requests")
    }

    pub(crate) fn state_not_kept() -> Self {
        Self::new(500, 20500, "An internal server error has occurred")
    }

    pub(crate) fn subaccount_in_subaccount() -> Self {
        Self::new(
            400,
            21101,
            "You cannot create a subaccount from a subaccount",
        )
    }

    pub(crate) fn invalid_target() -> Self {
        Self::new(400, 21470, "Invalid AccountSid")
    }

    pub(crate) fn inactive_target() -> Self {
        Self::new(400, 21472, "The account is not active")
    }

    pub(crate) fn unrelated_target() -> Self {
        Self::new(
            400,
            21473,
            "Phone numbers can only be moved between a parent account and its subaccounts",
        )
    }

    pub(crate) fn not_the_parent() -> Self {
        Self::new(400, 21474, "Only the parent account can move phone numbers")
    }

    pub(crate) fn invalid_status() -> Self {
        Self::new(
            400,
            21475,
            "Invalid Status. Must be active, suspended or closed",
        )
    }

    pub(crate) fn parent_suspended() -> Self {
        Self::new(
            400,
            21476,
            "Cannot reactivate a subaccount while its parent account is suspended",
        )
    }

    pub(crate) fn parent_status() -> Self {
        Self::new(400, 21477, "Cannot change the status of a parent account")
    }

    pub(crate) fn suspended_by_twilio() -> Self {
        Self::new(
            400,
            21478,
            "Cannot reactivate an account that was suspended by Twilio",
        )
    }

    pub(crate) fn account_closed() -> Self {
        Self::new(400, 21479, "Cannot change the status of a closed account")
    }

    pub(crate) fn subaccount_limit() -> Self {
        Self::new(
            400,
            21480,
            "You have reached the maximum number of subaccounts allowed for this account",
        )
    }

    pub(crate) fn invalid_page_token() -> Self {
        Self::new(400, 21481, "Invalid PageToken")
    }

    pub(crate) fn constraint(message: impl Into<String>) -> Self {
        Self::new(400, 70001, message)
    }

    pub(crate) fn invalid_permission(permission: &str) -> Self {
        Self::new(400, 70002, format!("Invalid permission: {permission}"))
    }

    pub(crate) fn permission_missing(permission: &str) -> Self {
        Self::new(
            401,
            70051,
            format!("Authorization failed: the API key lacks the permission {permission}"),
        )
    }

    pub(crate) fn too_many_keys() -> Self {
        Self::new(
            400,
            70151,
            "The maximum number of API keys has been reached for this account",
        )
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status,
        });
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (
            status,
            [(header::CONTENT_TYPE, "application/json")],
            body.to_string(),
        )
            .into_response();
        if status == StatusCode::UNAUTHORIZED {
            let realm = header::HeaderValue::from_static("Basic realm=\"Twilio API\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, realm);
        }
        response
    }
}
