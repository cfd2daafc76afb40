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

/// A pasted value without what web pages, mails and spreadsheets add to it: spaces and quotes of
/// any kind around it; line breaks, zero-width characters and byte order marks anywhere.
pub fn trim_pasted(pasted: &str) -> String {
    let mut kept = String::with_capacity(pasted.len());
    kept.extend(pasted.chars().filter(|&c| !is_invisible(c)));
    let trimmed = kept.trim_matches(|c: char| c.is_whitespace() || is_quote(c));
    if trimmed.len() == kept.len() {
        return kept;
    }
    let trimmed = trimmed.to_owned();
    // The value may be a secret.
    zeroize::Zeroize::zeroize(&mut kept);
    trimmed
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' // line breaks
        | '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' // zero width
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '´' | '«' | '»' | '‹' | '›' | '\u{2018}'
            ..='\u{201f}' | '〝' | '〞' | '〟' | '「' | '」' | '『' | '』' | '＂' | '＇'
    )
}
