//! How hard a passphrase is to guess.

use zxcvbn::feedback::Warning;
use zxcvbn::{Score, zxcvbn};

use super::Passphrase;

/// What is guessed first for a program of this name.
const OWN_WORDS: &[&str] = &["subvault", "twilio", "dickson", "dicksonone", "recovery"];

impl Passphrase {
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
