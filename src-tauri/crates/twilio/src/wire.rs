//! Shapes that several answers share, read as leniently as Twilio writes them.

use crate::{AccountSid, Error, Refusal};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

const LONGEST_MESSAGE: usize = 300;

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(body: &str) -> Refusal {
        refusal(400, body.as_bytes(), None, "a-secret")
    }

    #[test]
    fn a_refusal_is_read_in_twilios_older_and_newer_form() {
        let older = read(r#"{"code":21480,"message":"limit","more_info":"x","status":400}"#);
        assert_eq!((older.code, older.message.as_str()), (Some(21480), "limit"));
        let newer = read(r#"{"type":"x","title":"T","status":400,"code":20001,"detail":"D"}"#);
        assert_eq!((newer.code, newer.message.as_str()), (Some(20001), "D"));
        let bare = read(r#"{"title":"T"}"#);
        assert_eq!((bare.code, bare.message.as_str()), (None, "T"));
    }

    #[test]
    fn an_odd_part_of_a_refusal_does_not_hide_the_rest() {
        let refusal = read(r#"{"code":"20003","message":null,"detail":["?"],"title":"T"}"#);
        assert_eq!((refusal.code, refusal.message.as_str()), (Some(20003), "T"));
        let refusal = read(r#"{"code":null,"message":"m"}"#);
        assert_eq!((refusal.code, refusal.message.as_str()), (None, "m"));
        let refusal = read(r#"{"code":-1.5,"message":"m"}"#);
        assert_eq!(refusal.code, None);
    }

    #[test]
    fn a_gateways_page_says_nothing() {
        let refusal = read("<html><body>Forbidden</body></html>");
        assert_eq!((refusal.code, refusal.message.as_str()), (None, ""));
    }

    #[test]
    fn a_secret_that_is_repeated_is_left_out() {
        let refusal = read(r#"{"message":"bad a\u002dsecret given"}"#);
        assert_eq!(refusal.message, "bad (hidden) given");
    }

    #[test]
    fn the_account_is_read_from_a_path() {
        let sid = "AC00000000000000000000000000000001";
        for path in [
            format!("/2010-04-01/Accounts/{sid}.json"),
            format!("/2010-04-01/Accounts/{sid}/Messages.json?PageSize=1"),
            format!("https://api.twilio.com/2010-04-01/Accounts/{sid}"),
        ] {
            assert_eq!(account_in_path(&path).unwrap().as_str(), sid, "{path}");
        }
        for path in ["", "/Accounts/", "/Accounts.json", "/Accounts/AC1/Keys"] {
            assert_eq!(account_in_path(path), None, "{path}");
        }
    }

    #[test]
    fn times_are_read_in_both_of_twilios_forms() {
        let expected: Timestamp = "2015-07-30T20:00:00Z".parse().unwrap();
        for text in [
            "Thu, 30 Jul 2015 20:00:00 +0000",
            "Thu, 30 Jul 2015 20:00:00 GMT",
        ] {
            assert_eq!(rfc2822(Some(text)), Some(expected), "{text}");
        }
        for text in ["2015-07-30T20:00:00Z", "2015-07-30T20:00:00+00:00"] {
            assert_eq!(iso8601(Some(text)), Some(expected), "{text}");
        }
        assert_eq!(rfc2822(None), None);
        assert_eq!(iso8601(Some("yesterday")), None);
    }

    proptest! {
        #[test]
        fn no_body_breaks_reading_a_refusal(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let refusal = refusal(400, &body, None, "");
            prop_assert!(refusal.message.chars().count() <= LONGEST_MESSAGE);
        }

        #[test]
        fn every_message_becomes_one_short_line(message in any::<String>()) {
            let body = serde_json::json!({ "message": message }).to_string();
            let refusal = read(&body);
            prop_assert!(refusal.message.chars().count() <= LONGEST_MESSAGE);
            prop_assert!(!refusal.message.chars().any(char::is_control));
        }

        #[test]
        fn no_text_breaks_reading_times_and_paths(text in any::<String>()) {
            let _ = rfc2822(Some(&text));
            let _ = iso8601(Some(&text));
            let _ = account_in_path(&format!("/Accounts/{text}"));
        }
    }
}
