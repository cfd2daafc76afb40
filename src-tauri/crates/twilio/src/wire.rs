//! Shapes that several answers share, read as leniently as Twilio writes them.

use crate::{AccountSid, Error, Refusal};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

const LONGEST_MESSAGE: usize = 300;

/// A text that may be null or missing (with `#[serde(default)]`).
pub(crate) fn text_or_empty<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Option::<String>::deserialize(from).map(Option::unwrap_or_default)
}

/// A v2010 date (`Thu, 30 Jul 2015 20:00:00 +0000`), or nothing where it is missing or odd.
pub(crate) fn rfc2822(text: Option<&str>) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(text?.trim())
        .ok()
}

/// An ISO 8601 time (`2015-07-31T04:00:00+00:00`), or nothing where it is missing or odd.
pub(crate) fn iso8601(text: Option<&str>) -> Option<Timestamp> {
    text?.trim().parse().ok()
}

/// The account that a v2010 path such as `/2010-04-01/Accounts/AC…/Keys.json` names.
pub(crate) fn account_in_path(uri: &str) -> Option<AccountSid> {
    let (_, rest) = uri.split_once("/Accounts/")?;
    let end = rest.find(['/', '.', '?', '#']).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// Requires that an answer is about the account asked for.
pub(crate) fn same_account(asked: &AccountSid, answered: &AccountSid) -> Result<(), Error> {
    if asked == answered {
        return Ok(());
    }
    Err(Error::WrongAccount {
        asked: asked.clone(),
        answered: answered.clone(),
    })
}

/// Twilio's error body, the older form (`code`, `message`) and RFC 9457 (`code`, `title`, `detail`).
#[derive(Default, Deserialize)]
struct Fault {
    #[serde(default)]
    code: Option<Box<RawValue>>,
    #[serde(default)]
    message: Option<Box<RawValue>>,
    #[serde(default)]
    detail: Option<Box<RawValue>>,
    #[serde(default)]
    title: Option<Box<RawValue>>,
}

/// Reads a refusal from whatever body came with it; `secret` is kept out of the message should the
/// server repeat it.
pub(crate) fn refusal(
    status: u16,
    body: &[u8],
    request_id: Option<String>,
    secret: &str,
) -> Refusal {
    let fault: Fault = serde_json::from_slice(body).unwrap_or_default();
    let message = [&fault.message, &fault.detail, &fault.title]
        .into_iter()
        .flatten()
        .find_map(|raw| serde_json::from_str::<String>(raw.get()).ok())
        .unwrap_or_default();
    let message = if secret.is_empty() {
        message
    } else {
        message.replace(secret, "(hidden)")
    };
    Refusal {
        status,
        code: fault
            .code
            .and_then(|raw| raw.get().trim_matches('"').parse().ok()),
        message: one_line(&message),
        request_id,
    }
}

fn one_line(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(LONGEST_MESSAGE).collect()
}
