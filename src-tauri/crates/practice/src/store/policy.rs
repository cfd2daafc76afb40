//! The policy of a restricted key: which permissions there are, and how one is read from a form field.

use serde::Deserialize;

use crate::errors::ApiError;

const MOST_ENTRIES: usize = 100;

/// Product and resource with the actions known for it. From Twilio's published lists as far as this server has a use for
/// them; wildcards are not taken, since whether they may be sent is not known.
const KNOWN: [(&str, &[&str]); 17] = [
    ("billing/usage", &["read"]),
    ("iam/accounts", &["read", "list"]),
    (
        "iam/api-keys",
        &["read", "list", "create", "update", "delete"],
    ),
    ("lookup/phone-numbers", &["read"]),
    (
        "messaging/messages",
        &["read", "list", "create", "update", "delete"],
    ),
    ("messaging/messages.feedback", &["create"]),
    ("messaging/messages.media", &["read", "list", "delete"]),
    (
        "messaging/services",
        &["read", "list", "create", "update", "delete"],
    ),
    (
        "messaging/services.phonenumbers",
        &["read", "list", "create", "delete"],
    ),
    (
        "phone-numbers/active-numbers",
        &["read", "list", "create", "update", "delete"],
    ),
    ("phone-numbers/available-numbers", &["list"]),
    ("verify/verification", &["create"]),
    ("verify/verification-check", &["create"]),
    (
        "voice/calls",
        &["read", "list", "create", "update", "delete"],
    ),
    ("voice/recordings", &["read", "list", "delete"]),
    ("voice/conferences", &["read", "list", "update"]),
    (
        "voice/queues",
        &["read", "list", "create", "update", "delete"],
    ),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    allow: Vec<String>,
}

/// Reads `{"allow":["/twilio/messaging/messages/create", …]}`.
pub(super) fn read(policy: &str) -> Result<Vec<String>, ApiError> {
    let policy: Policy = serde_json::from_str(policy)
        .map_err(|_| ApiError::constraint("Policy must be an object with a list named allow"))?;
    if policy.allow.is_empty() || policy.allow.len() > MOST_ENTRIES {
        return Err(ApiError::constraint(
            "Policy must allow between 1 and 100 permissions",
        ));
    }
    match policy.allow.iter().find(|permission| !is_known(permission)) {
        Some(unknown) => Err(ApiError::invalid_permission(unknown)),
        None => Ok(policy.allow),
    }
}

fn is_known(permission: &str) -> bool {
    permission
        .strip_prefix("/twilio/")
        .and_then(|rest| rest.rsplit_once('/'))
        .is_some_and(|(resource, action)| {
            KNOWN
                .iter()
                .any(|(known, actions)| *known == resource && actions.contains(&action))
        })
}
