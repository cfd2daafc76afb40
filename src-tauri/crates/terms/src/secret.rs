//! One secret in memory.

use std::fmt;

use secrecy::{ExposeSecret, SecretBox};
use serde::{Deserialize, Deserializer, de};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// The longest secret that is kept, in characters. With its binding and base64 it stays well under the 2,560 bytes of one
/// Windows credential (`CRED_MAX_CREDENTIAL_BLOB_SIZE`).
pub const LONGEST: usize = 1_000;

/// A secret: one line of printable ASCII, 1 to [`LONGEST`] characters.
///
/// An API key's secret, which Twilio shows once, an Auth Token, or what opens sealed copies. Wiped when dropped. `Debug` hides the content;
/// there is no `Clone`, `Display` or `Serialize`.
pub struct Secret(SecretBox<str>);

/// Why a text cannot be kept as a [`Secret`]. Never carries any part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotStorable {
    /// There is nothing in it.
    #[error("the secret is empty")]
    Empty,
    /// Longer than [`LONGEST`].
    #[error("the secret is longer than {LONGEST} characters")]
    TooLong,
    /// A line break, another control character, or a character outside ASCII. A line break inside an item makes
    /// gnome-keyring lose whole plain-text keyrings, and other characters are read back differently by some stores.
    #[error("the secret holds a character that is not printable ASCII")]
    NotPrintable,
}

impl Secret {
    /// Takes the text over and wipes the string it came in, also when it is refused.
    ///
    /// # Errors
    /// See [`NotStorable`].
    pub fn new(mut text: String) -> Result<Self, NotStorable> {
        // A copy of the exact size is made first: shrinking the string in place could move it and leave the old bytes behind.
        let secret = Self::copied(&text);
        text.zeroize();
        secret
    }

    /// Copies the text, which stays the caller's to wipe.
    ///
    /// # Errors
    /// See [`NotStorable`].
    pub fn copied(text: &str) -> Result<Self, NotStorable> {
        if text.is_empty() {
            return Err(NotStorable::Empty);
        }
        if text.len() > LONGEST {
            return Err(NotStorable::TooLong);
        }
        if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Err(NotStorable::NotPrintable);
        }
        Ok(Self(SecretBox::new(text.into())))
    }

    /// The secret itself. Whatever it is written into must be wiped or handed to the user on request.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// A second copy, made on purpose.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self(SecretBox::new(self.expose().into()))
    }
}

/// Compares in constant time for secrets of one length.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose()
            .as_bytes()
            .ct_eq(other.expose().as_bytes())
            .into()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// Straight from the bytes of an answer into the wiped type, without a stop in a plain `String` field.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Secret;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a secret")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Secret, E> {
                Secret::copied(text).map_err(E::custom)
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Secret, E> {
                Secret::new(text).map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_one_line_of_printable_ascii() {
        assert_eq!(Secret::new(String::new()).unwrap_err(), NotStorable::Empty);
        assert_eq!(
            Secret::new("x".repeat(LONGEST + 1)).unwrap_err(),
            NotStorable::TooLong
        );
        for text in [
            "two\nlines",
            "tab\there",
            "nul\0",
            "caf\u{e9}",
            "\u{1f511}",
            "\u{7f}",
        ] {
            assert_eq!(
                Secret::new(text.to_owned()).unwrap_err(),
                NotStorable::NotPrintable
            );
        }
        assert_eq!(
            Secret::new("x".repeat(LONGEST)).unwrap().expose().len(),
            LONGEST
        );
        assert_eq!(
            Secret::new(r#"a b"\~"#.to_owned()).unwrap().expose(),
            r#"a b"\~"#
        );
    }

    #[test]
    fn a_secret_does_not_show_itself_when_printed() {
        let secret = Secret::new("not-to-be-seen".to_owned()).unwrap();
        assert_eq!(
            format!("{secret:?} {:?}", Some(&secret)),
            "Secret(hidden) Some(Secret(hidden))"
        );
    }

    #[test]
    fn secrets_are_equal_only_when_every_character_is() {
        let secret = Secret::new("abcdef".to_owned()).unwrap();
        assert_eq!(secret, secret.duplicate());
        for other in ["abcdeg", "abcde", "abcdefg", "Abcdef"] {
            assert_ne!(secret, Secret::new(other.to_owned()).unwrap());
        }
    }

    #[test]
    fn what_is_read_is_a_secret_or_an_error_that_has_nothing_of_it() {
        let read = |json: &str| serde_json::from_str::<Secret>(json);
        assert_eq!(read(r#""a\u0062c""#).unwrap().expose(), "abc");
        for spoilt in [
            r#""""#,
            r#""caf\u00e9""#,
            r#""two\nlines""#,
            "\"abc\u{fffd}\"",
        ] {
            let error = read(spoilt).unwrap_err().to_string();
            assert!(!error.contains("abc") && !error.contains("caf"), "{error}");
        }
    }
}
