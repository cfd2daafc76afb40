//! The recovery passphrase in memory, and how hard it is to guess.

use std::fmt;

use age::secrecy::SecretString;
use secrecy::ExposeSecret as _;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;
use zxcvbn::feedback::Warning;
use zxcvbn::{Score, zxcvbn};

/// The longest passphrase that is taken, in bytes of UTF-8.
pub const LONGEST_PASSPHRASE: usize = 500;

/// What is guessed first for a program of this name.
const OWN_WORDS: &[&str] = &["subvault", "twilio", "dickson", "dicksonone", "recovery"];

/// The recovery passphrase, normalised: Unicode NFKC, without white space at its ends.
///
/// Wiped when dropped. `Debug` hides it; there is no `Clone`, `Display` or `Serialize`.
pub struct Passphrase(SecretString);

/// Why a text cannot be a passphrase. Never carries any part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPassphrase {
    /// There is nothing in it but white space.
    #[error("the passphrase is empty")]
    Empty,
    /// Longer than [`LONGEST_PASSPHRASE`].
    #[error("the passphrase is longer than {LONGEST_PASSPHRASE} bytes")]
    TooLong,
    /// A line break or another control character, which cannot be typed where `age` asks.
    #[error("the passphrase holds a character that cannot be typed")]
    ControlCharacter,
}

impl Passphrase {
    /// Takes the text over and wipes the string it came in, also when it is refused.
    ///
    /// # Errors
    /// See [`NotAPassphrase`].
    pub fn new(text: String) -> Result<Self, NotAPassphrase> {
        let text = Zeroizing::new(text);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(NotAPassphrase::Empty);
        }
        if trimmed.len() > LONGEST_PASSPHRASE {
            return Err(NotAPassphrase::TooLong);
        }
        if trimmed.chars().any(char::is_control) {
            return Err(NotAPassphrase::ControlCharacter);
        }
        // Room for the longest compatibility decomposition, so that the buffer never grows and leaves a copy behind:
        // one character becomes at most 18 (U+FDFA).
        let mut normal = Zeroizing::new(String::with_capacity(trimmed.len() * 18));
        normal.extend(trimmed.nfkc());
        Ok(Self(SecretString::from(normal.trim().to_owned())))
    }

    /// How hard it is to guess. Takes some milliseconds; for a thread that may block.
    pub fn strength(&self) -> Strength {
        let entropy = zxcvbn(self.expose(), OWN_WORDS);
        Strength {
            score: match entropy.score() {
                Score::Zero => 0,
                Score::One => 1,
                Score::Two => 2,
                Score::Three => 3,
                // The library's type may grow; nothing is above four.
                _ => 4,
            },
            weakness: entropy
                .feedback()
                .and_then(|feedback| feedback.warning())
                .map(Weakness::from_warning),
        }
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub(crate) fn for_age(&self) -> SecretString {
        self.0.clone()
    }
}

/// Equal when their normalised texts are.
impl PartialEq for Passphrase {
    fn eq(&self, other: &Self) -> bool {
        use subtle::ConstantTimeEq as _;
        self.expose()
            .as_bytes()
            .ct_eq(other.expose().as_bytes())
            .into()
    }
}

impl Eq for Passphrase {}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(hidden)")
    }
}

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// zxcvbn's score, 0 to 4. At 4 an attacker needs at least 10¹⁰ guesses, of which each costs a second and 256 MiB here.
    pub score: u8,
    /// What makes it easy to guess, where zxcvbn names something.
    pub weakness: Option<Weakness>,
}

impl Strength {
    /// The score from which a passphrase is taken. Backups lie on sticks and in cloud folders, where anyone who has the file may
    /// guess for as long as they like.
    pub const ACCEPTED: u8 = 4;

    /// Whether it is strong enough.
    pub fn is_accepted(self) -> bool {
        self.score >= Self::ACCEPTED
    }
}

/// What makes a passphrase easy to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Neighbours on the keyboard.
    KeyboardRow,
    /// The same again and again.
    Repetition,
    /// Like `abc` or `123`.
    Sequence,
    /// Among the passwords that are tried first, or like one of them.
    CommonPassword,
    /// A single word.
    OneWord,
    /// A date or a year.
    Date,
    /// A person's name.
    Name,
}

impl Weakness {
    fn from_warning(warning: Warning) -> Self {
        match warning {
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess => Self::KeyboardRow,
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Self::Repetition,
            Warning::SequencesLikeAbcAreEasyToGuess => Self::Sequence,
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword => Self::CommonPassword,
            Warning::AWordByItselfIsEasyToGuess => Self::OneWord,
            Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Self::Date,
            Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
            | Warning::CommonNamesAndSurnamesAreEasyToGuess => Self::Name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).expect("a passphrase")
    }

    #[test]
    fn the_same_passphrase_typed_on_another_keyboard_is_the_same() {
        for (one, other) in [
            ("caf\u{e9} au lait", "cafe\u{301} au lait"),
            ("\u{ff41}\u{ff42}\u{ff43} def", "abc def"),
            ("of\u{fb01}ce chair", "office chair"),
            ("  spaces around \t", "spaces around"),
            ("no\u{a0}break", "no break"),
        ] {
            assert_eq!(passphrase(one), passphrase(other), "{one:?}");
        }
        assert_ne!(passphrase("Acme"), passphrase("acme"));
    }

    #[test]
    fn what_cannot_be_typed_is_no_passphrase() {
        for (text, why) in [
            ("", NotAPassphrase::Empty),
            (" \u{a0} ", NotAPassphrase::Empty),
            ("two\nlines", NotAPassphrase::ControlCharacter),
            ("bell\u{7}", NotAPassphrase::ControlCharacter),
        ] {
            assert_eq!(
                Passphrase::new(text.to_owned()).unwrap_err(),
                why,
                "{text:?}"
            );
        }
        let long = "x".repeat(LONGEST_PASSPHRASE + 1);
        assert_eq!(Passphrase::new(long).unwrap_err(), NotAPassphrase::TooLong);
    }

    #[test]
    fn a_passphrase_does_not_show_itself_when_printed() {
        assert_eq!(
            format!("{:?}", passphrase("not-to-be-seen")),
            "Passphrase(hidden)"
        );
    }

    #[test]
    fn only_what_takes_very_long_to_guess_is_accepted() {
        for weak in [
            "password",
            "Twilio2026!",
            "subvault recovery",
            "qwertyuiop",
            "aaaaaaaaaaaaaaaa",
            "Margaret1964",
            "elephant",
        ] {
            assert!(!passphrase(weak).strength().is_accepted(), "{weak}");
        }
        for strong in [
            "walnut ferry cobalt thursday",
            "k7fm-2xqd-9hvt-w3np",
            "Unsere Katze trinkt nur blauen Tee",
        ] {
            assert!(passphrase(strong).strength().is_accepted(), "{strong}");
        }
        assert_eq!(
            passphrase("password").strength().weakness,
            Some(Weakness::CommonPassword)
        );
    }
}
