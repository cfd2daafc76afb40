//! Whether an answer is Twilio's own refusal. This is the one place that decides it.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use crate::one_line::one_line;

/// The longest message that is kept, in characters.
const LONGEST_MESSAGE: usize = 300;

/// Twilio's codes have five digits (<https://www.twilio.com/docs/api/errors>); six are allowed for those to come. Gateways that
/// number their refusals use HTTP's statuses, or four digits.
const CODES: std::ops::RangeInclusive<u32> = 10_000..=999_999;

/// Twilio's code for credentials that it does not accept, and for much else that it does not allow.
const NOT_AUTHENTICATED: u32 = 20003;

/// A refusal in Twilio's own form. It can only be had by [`Refusal::read`], so that whoever holds one knows that Twilio said it.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Twilio's error code (<https://www.twilio.com/docs/api/errors>).
    pub code: u32,
    /// Twilio's own words: one line, at most 300 characters, empty where there were none.
    pub message: String,
    /// Twilio's identifier of the request, for support.
    pub request_id: Option<String>,
}

/// Twilio's error body, the older form (`code`, `message`, `more_info`, `status`) and RFC 9457 (`type`, `title`, `detail`, `code`,
/// `status`).
#[derive(Deserialize)]
struct Form {
    code: u32,
    #[serde(default)]
    status: Option<Box<RawValue>>,
    #[serde(default)]
    more_info: Option<Box<RawValue>>,
    #[serde(default)]
    message: Option<Box<RawValue>>,
    #[serde(default)]
    detail: Option<Box<RawValue>>,
    #[serde(default)]
    title: Option<Box<RawValue>>,
}

impl Refusal {
    /// Reads what came with a status of 400 or more. `None` where it is not in Twilio's form: a whole JSON object with Twilio's numeric
    /// code and a message in words, whose `status`, if any, is the one it came with, and whose `more_info`, if it leads anywhere, leads
    /// to Twilio. `secret` is kept out of the message should the server repeat it.
    pub fn read(
        status: u16,
        body: &[u8],
        request_id: Option<String>,
        secret: &str,
    ) -> Option<Self> {
        if !(400..=599).contains(&status) {
            return None;
        }
        let form: Form = serde_json::from_slice(body).ok()?;
        let message = [&form.message, &form.detail, &form.title]
            .into_iter()
            .flatten()
            .find_map(|raw| serde_json::from_str::<String>(raw.get()).ok())?;
        let is_twilios = CODES.contains(&form.code)
            && form
                .status
                .is_none_or(|said| said.get() == status.to_string())
            && form.more_info.is_none_or(|link| leads_to_twilio(&link));
        let message = if secret.is_empty() {
            message
        } else {
            message.replace(secret, "(hidden)")
        };
        is_twilios.then(|| Self {
            status,
            code: form.code,
            message: one_line(&message, LONGEST_MESSAGE),
            request_id,
        })
    }

    /// Whether a policy of the account refused it, as newer accounts refuse to have keys managed by the older API. Seen in the field
    /// with this text alone (<https://github.com/twilio/twilio-cli/pull/704>).
    pub fn is_of_a_policy(&self) -> bool {
        self.code == NOT_AUTHENTICATED
            && matches!(self.status, 401 | 403)
            && self
                .message
                .to_ascii_lowercase()
                .contains("policy evaluation failed")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            status,
            code,
            message,
            ..
        } = self;
        write!(f, "HTTP {status}, code {code}: {message}")
    }
}

impl std::error::Error for Refusal {}

/// What is no address leads nowhere, and is let be.
fn leads_to_twilio(more_info: &RawValue) -> bool {
    let Ok(text) = serde_json::from_str::<Option<String>>(more_info.get()) else {
        return false;
    };
    let Some(Ok(link)) = text.map(|text| Url::parse(text.trim())) else {
        return true;
    };
    link.host_str()
        .is_none_or(|host| host == "twilio.com" || host.ends_with(".twilio.com"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(body: &str) -> Option<Refusal> {
        Refusal::read(400, body.as_bytes(), None, "a-secret")
    }

    fn read_well(body: &str) -> Refusal {
        read(body).expect("it is Twilio's")
    }

    #[test]
    fn a_refusal_is_read_in_twilios_older_and_newer_form() {
        let older = read_well(
            r#"{"code":21480,"message":"limit","more_info":"https://www.twilio.com/docs/errors/21480","status":400}"#,
        );
        assert_eq!((older.code, older.message.as_str()), (21480, "limit"));
        let newer = read_well(r#"{"type":"x","title":"T","status":400,"code":20001,"detail":"D"}"#);
        assert_eq!((newer.code, newer.message.as_str()), (20001, "D"));
        let bare = read_well(r#"{"code":20001,"message":""}"#);
        assert_eq!((bare.code, bare.message.as_str()), (20001, ""));
    }

    #[test]
    fn an_odd_part_of_a_refusal_does_not_hide_the_rest() {
        let refusal = read_well(
            r#"{"code":20003,"message":null,"detail":["?"],"title":"T","more_info":null}"#,
        );
        assert_eq!((refusal.code, refusal.message.as_str()), (20003, "T"));
    }

    #[test]
    fn what_is_not_in_twilios_form_is_nobodys_refusal() {
        for body in [
            "",
            "{}",
            "[]",
            "null",
            "403",
            "Forbidden",
            "<html><body>Forbidden</body></html>",
            // No code of Twilio's.
            r#"{"message":"Forbidden"}"#,
            r#"{"code":"20003","message":"m"}"#,
            r#"{"code":null,"message":"m"}"#,
            r#"{"code":20003.5,"message":"m"}"#,
            r#"{"code":-20003,"message":"m"}"#,
            r#"{"code":403,"message":"Forbidden","status":400}"#,
            r#"{"code":1020,"message":"Access denied"}"#,
            r#"{"code":99999999999,"message":"m"}"#,
            r#"{"code":[20003],"message":"m"}"#,
            // A code in another shape.
            r#"{"code":20003}"#,
            r#"{"code":20003,"error":"denied"}"#,
            r#"{"code":20003,"message":{"text":"m"}}"#,
            r#"{"error":{"code":20003,"message":"m","status":400}}"#,
            r#"[{"code":20003,"message":"m","status":400}]"#,
            // Of another status than it came with, or of none.
            r#"{"code":20003,"message":"m","status":401}"#,
            r#"{"code":20003,"message":"m","status":"error"}"#,
            r#"{"code":20003,"message":"m","status":"400"}"#,
            // Of somebody else.
            r#"{"code":40301,"message":"Blocked","status":400,"more_info":"https://gateway.example/blocked"}"#,
            r#"{"code":40301,"message":"Blocked","status":400,"more_info":"https://twilio.com.gateway.example/"}"#,
            // Broken off, or with something behind it.
            r#"{"code":20003,"message":"m","status":400"#,
            r#"{"code":20003,"message":"m","status":400}<script>"#,
            r#"{"code":20003,"code":20003,"message":"m"}"#,
        ] {
            assert_eq!(read(body), None, "{body}");
        }
        let good = br#"{"code":20404,"message":"m"}"#;
        for status in [100, 200, 302, 399, 600] {
            assert_eq!(Refusal::read(status, good, None, ""), None, "{status}");
        }
    }

    #[test]
    fn a_policy_of_the_account_is_told_by_its_words() {
        let policy = |status: u16, code: u32, message: &str| {
            let body = format!(r#"{{"code":{code},"message":"{message}"}}"#);
            let refusal = Refusal::read(status, body.as_bytes(), None, "").expect("Twilio's");
            refusal.is_of_a_policy()
        };
        assert!(policy(401, 20003, "Policy evaluation failed"));
        assert!(policy(403, 20003, "policy evaluation failed: keys"));
        assert!(!policy(401, 20003, "Authenticate"));
        assert!(!policy(400, 20003, "Policy evaluation failed"));
        assert!(!policy(401, 20005, "Policy evaluation failed"));
    }

    #[test]
    fn a_secret_that_is_repeated_is_left_out() {
        let refusal = read_well(r#"{"code":20001,"message":"bad a\u002dsecret given"}"#);
        assert_eq!(refusal.message, "bad (hidden) given");
    }

    proptest! {
        #[test]
        fn no_body_breaks_reading_a_refusal(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let refusal = Refusal::read(400, &body, None, "");
            prop_assert!(refusal.is_none_or(|refusal| refusal.message.chars().count() <= LONGEST_MESSAGE));
        }

        #[test]
        fn every_message_becomes_one_short_line(message in any::<String>()) {
            let body = serde_json::json!({ "code": 20001, "message": message }).to_string();
            let refusal = read_well(&body);
            prop_assert!(refusal.message.chars().count() <= LONGEST_MESSAGE);
            prop_assert!(!refusal.message.chars().any(char::is_control));
        }
    }
}
