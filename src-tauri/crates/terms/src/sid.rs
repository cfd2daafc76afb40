//! Twilio's identifiers: two letters for the kind, then 32 hexadecimal digits.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

const HEX_DIGITS: usize = 32;
const SID_LENGTH: usize = 2 + HEX_DIGITS;

/// Why a text is not an identifier of the kind expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SidError {
    /// Nothing was given.
    #[error("the SID is empty")]
    Empty,
    /// Another kind of identifier, or none at all.
    #[error("the SID starts with {found:?}")]
    WrongPrefix {
        /// The first two characters.
        found: String,
    },
    /// The right kind, but cut off or with something attached.
    #[error("the SID has {found} characters instead of 34")]
    WrongLength {
        /// The number of characters given.
        found: usize,
    },
    /// A character after the prefix is not a hexadecimal digit.
    #[error("the SID holds a character that is not a hexadecimal digit")]
    NotHex,
}

/// Prefix upper case, digits lower case: Twilio's identifiers are compared without regard to case.
fn canonical(text: &str, prefix: &str) -> Result<String, SidError> {
    if text.is_empty() {
        return Err(SidError::Empty);
    }
    let found: String = text.chars().take(2).collect();
    if !found.eq_ignore_ascii_case(prefix) {
        return Err(SidError::WrongPrefix { found });
    }
    let length = text.chars().count();
    if length != SID_LENGTH {
        return Err(SidError::WrongLength { found: length });
    }
    let digits: String = text.chars().skip(2).collect();
    if !digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(SidError::NotHex);
    }
    Ok(format!("{prefix}{}", digits.to_ascii_lowercase()))
}

macro_rules! sid {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier as text: prefix in capitals, digits in lower case.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = SidError;

            fn from_str(text: &str) -> Result<Self, SidError> {
                canonical(text, $prefix).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = SidError;

            fn try_from(text: String) -> Result<Self, SidError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(sid: $name) -> String {
                sid.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

sid! {
    /// An account's identifier: `AC` and 32 hexadecimal digits, compared without regard to case.
    AccountSid, "AC"
}

sid! {
    /// An API key's identifier: `SK` and 32 hexadecimal digits, compared without regard to case.
    /// Main, Standard and Restricted keys share the prefix.
    KeySid, "SK"
}

sid! {
    /// A phone number's identifier: `PN` and 32 hexadecimal digits, compared without regard to case. It stays the same when the number moves to
    /// another account.
    NumberSid, "PN"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DIGITS: &str = "0000000000000000000000000000abcd";

    #[test]
    fn a_sid_is_kept_in_one_case_so_that_comparing_ignores_it() {
        let lower: AccountSid = format!("ac{DIGITS}").parse().unwrap();
        let upper: AccountSid = format!("AC{}", DIGITS.to_uppercase()).parse().unwrap();
        assert_eq!(lower, upper);
        assert_eq!(lower.as_str(), format!("AC{DIGITS}"));
        assert_eq!(lower.to_string(), lower.as_str());
    }

    #[test]
    fn a_refused_sid_says_why() {
        let refused = |text: &str| text.parse::<AccountSid>().unwrap_err();
        assert_eq!(refused(""), SidError::Empty);
        let found = "SK".to_owned();
        assert_eq!(
            refused(&format!("SK{DIGITS}")),
            SidError::WrongPrefix { found }
        );
        assert_eq!(
            refused("é"),
            SidError::WrongPrefix {
                found: "é".to_owned()
            }
        );
        assert_eq!(refused("AC12"), SidError::WrongLength { found: 4 });
        assert_eq!(
            refused(&format!("AC{DIGITS}0")),
            SidError::WrongLength { found: 35 }
        );
        assert_eq!(refused(&format!("AC{}g", &DIGITS[1..])), SidError::NotHex);
        assert_eq!(refused(&format!("AC{}é", &DIGITS[1..])), SidError::NotHex);
    }

    #[test]
    fn a_stored_sid_is_checked_again_when_read() {
        let sid: KeySid = format!("SK{DIGITS}").parse().unwrap();
        let stored = serde_json::to_string(&sid).unwrap();
        assert_eq!(stored, format!("\"SK{DIGITS}\""));
        assert_eq!(serde_json::from_str::<KeySid>(&stored).unwrap(), sid);
        assert!(serde_json::from_str::<AccountSid>(&stored).is_err());
    }

    #[test]
    fn a_sid_of_one_kind_is_not_taken_for_another() {
        let number: NumberSid = format!("pn{DIGITS}").parse().unwrap();
        assert_eq!(number.as_str(), format!("PN{DIGITS}"));
        assert!(number.as_str().parse::<KeySid>().is_err());
        assert!(format!("SK{DIGITS}").parse::<NumberSid>().is_err());
    }

    proptest! {
        #[test]
        fn every_sid_reads_back_as_itself(digits in "[0-9a-fA-F]{32}") {
            let sid: AccountSid = format!("AC{digits}").parse().unwrap();
            prop_assert_eq!(sid.as_str().parse::<AccountSid>().unwrap(), sid.clone());
            let given = format!("AC{digits}");
            prop_assert!(sid.as_str().eq_ignore_ascii_case(&given));
        }

        #[test]
        fn no_text_breaks_reading_a_sid(text in any::<String>()) {
            if let Ok(sid) = text.parse::<AccountSid>() {
                prop_assert_eq!(sid.as_str().len(), 34);
            }
            let _ = text.parse::<KeySid>();
        }
    }
}
