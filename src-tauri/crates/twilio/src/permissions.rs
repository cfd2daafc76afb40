//! What a Restricted key may do.

use crate::fields::Fields;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// The most permissions that Twilio takes for one key (<https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>).
const MOST: usize = 100;
/// Longer than any path that Twilio publishes, in bytes.
const LONGEST_PATH: usize = 200;

/// The permissions of a Restricted key: 1 to 100 different paths of the form `/twilio/{product}/{resource}/{action}`, such as
/// `/twilio/messaging/messages/create`. Which of these there are only Twilio knows. Their order does not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permissions(BTreeSet<String>);

/// Why texts are not a key's permissions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PermissionsError {
    /// There is none: Twilio makes no key that may do nothing.
    #[error("no permission")]
    None,
    /// There are more than Twilio takes.
    #[error("{found} permissions, more than {MOST}")]
    TooMany {
        /// How many different ones.
        found: usize,
    },
    /// One is not of the form of a path.
    #[error("not a permission: {text:?}")]
    NotAPath {
        /// The text, at most 200 bytes of it.
        text: String,
    },
}

impl Permissions {
    /// Takes the permissions that these texts are; what is there twice counts once.
    ///
    /// # Errors
    /// See [`PermissionsError`].
    pub fn new<Text: Into<String>>(
        paths: impl IntoIterator<Item = Text>,
    ) -> Result<Self, PermissionsError> {
        let mut kept = BTreeSet::new();
        for path in paths {
            let mut text: String = path.into();
            if !is_path(&text) {
                text.truncate(text.floor_char_boundary(LONGEST_PATH));
                return Err(PermissionsError::NotAPath { text });
            }
            kept.insert(text);
        }
        match kept.len() {
            0 => Err(PermissionsError::None),
            1..=MOST => Ok(Self(kept)),
            found => Err(PermissionsError::TooMany { found }),
        }
    }

    /// The paths, in the order of the alphabet.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a key with these may do what `path` names: it is among them, or everything of its resource is (`…/*`, which Twilio has been
    /// seen to answer).
    pub fn allow(&self, path: &str) -> bool {
        let everything = path
            .rsplit_once('/')
            .map(|(resource, _)| format!("{resource}/*"));
        self.0.contains(path) || everything.is_some_and(|all| self.0.contains(&all))
    }

    /// As Twilio takes them in a form: `{"allow":["…"]}`.
    pub(crate) fn policy(&self) -> String {
        serde_json::json!({ "allow": self.0 }).to_string()
    }

    /// Those of a policy that Twilio answered; nothing where it is not in the form of one.
    pub(crate) fn of_policy(policy: &RawValue) -> Option<Self> {
        let rows = Fields::of(policy)?.rows("allow")?;
        let paths: Option<Vec<String>> = rows
            .into_iter()
            .map(|row| serde_json::from_str(row.get()).ok())
            .collect();
        Self::new(paths?).ok()
    }
}

/// Whether a text is `/twilio/{product}/{resource}/{action}` in lower case. The action may be `*`; whether Twilio takes that is not known.
fn is_path(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("/twilio/") else {
        return false;
    };
    let mut parts = rest.split('/');
    let (product, resource, action) = (parts.next(), parts.next(), parts.next());
    let is_word = |part: Option<&str>, besides: &[u8]| {
        part.is_some_and(|part| {
            !part.is_empty()
                && part.bytes().all(|byte| {
                    byte.is_ascii_lowercase() || byte.is_ascii_digit() || besides.contains(&byte)
                })
        })
    };
    text.len() <= LONGEST_PATH
        && is_word(product, b"-")
        && is_word(resource, b"-.")
        && (is_word(action, b"-") || action == Some("*"))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SEND: &str = "/twilio/messaging/messages/create";

    #[test]
    fn permissions_are_paths_of_four_parts_in_lower_case() {
        for good in [
            SEND,
            "/twilio/messaging/messages.media/read",
            "/twilio/phone-numbers/active-numbers/list",
            "/twilio/voice/calls/*",
        ] {
            assert!(Permissions::new([good]).is_ok(), "{good}");
        }
        let long = format!("/twilio/messaging/{}/read", "m".repeat(200));
        for bad in [
            "",
            "twilio/messaging/messages/create",
            "/twilio/messaging/messages",
            "/twilio/messaging/messages/create/",
            "/twilio/messaging/messages/create/more",
            "/twilio//messages/create",
            "/twilio/messaging/*/create",
            "/twilio/*/*/*",
            "/Twilio/messaging/messages/create",
            "/twilio/messaging/messages/Create",
            "/twilio/messaging/messages/create ",
            "/twilio/messaging/mess\"ages/create",
            "/2010-04-01/Accounts/AC1/Messages*",
            &long,
        ] {
            let error = Permissions::new([bad]).unwrap_err();
            assert!(matches!(error, PermissionsError::NotAPath { .. }), "{bad}");
        }
    }

    #[test]
    fn there_is_one_permission_at_least_and_a_hundred_at_most() {
        let paths = |count: usize| (0..count).map(|n| format!("/twilio/product{n}/things/read"));
        assert_eq!(Permissions::new(paths(0)), Err(PermissionsError::None));
        assert_eq!(Permissions::new(paths(100)).unwrap().paths().count(), 100);
        assert_eq!(
            Permissions::new(paths(101)),
            Err(PermissionsError::TooMany { found: 101 })
        );
        let twice = Permissions::new(paths(100).chain(paths(100)));
        assert_eq!(twice.unwrap().paths().count(), 100);
    }

    #[test]
    fn everything_of_a_resource_holds_each_of_its_actions_and_no_other() {
        let calls = Permissions::new(["/twilio/voice/calls/*", SEND]).unwrap();
        assert!(calls.allow("/twilio/voice/calls/list") && calls.allow(SEND));
        assert!(!calls.allow("/twilio/voice/recordings/read"));
        assert!(!calls.allow("/twilio/messaging/messages/list"));
    }

    #[test]
    fn what_twilio_answers_is_read_in_any_order_or_not_at_all() {
        let read = |json: &str| {
            let policy: Box<RawValue> = serde_json::from_str(json).unwrap();
            Permissions::of_policy(&policy)
        };
        let both = Permissions::new([SEND, "/twilio/voice/calls/create"]).unwrap();
        let turned = format!(r#"{{"allow":["/twilio/voice/calls/create","{SEND}"],"new":1}}"#);
        assert_eq!(read(&turned), Some(both.clone()));
        assert_eq!(read(&both.policy()), Some(both));
        for odd in [
            "7",
            "{}",
            r#"{"allow":[]}"#,
            r#"{"allow":[7]}"#,
            r#"{"allow":"/twilio/voice/calls/create"}"#,
            r#"{"allow":["/2010-04-01/Accounts"]}"#,
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_reading_permissions(text in any::<String>()) {
            if let Err(PermissionsError::NotAPath { text }) = Permissions::new([text]) {
                prop_assert!(text.len() <= LONGEST_PATH);
            }
        }
    }
}
