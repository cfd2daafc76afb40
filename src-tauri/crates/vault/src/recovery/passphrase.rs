//! The recovery passphrase in memory.

use std::fmt;

use age::secrecy::SecretString;
use secrecy::ExposeSecret as _;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::characters;

/// The longest passphrase that is taken, in bytes of UTF-8 as they are encrypted to.
pub const LONGEST_PASSPHRASE: usize = 500;

/// The longest text that is looked at, in bytes of UTF-8: more than any passphrase takes in whatever form it is typed.
const LONGEST_TYPED: usize = 8 * LONGEST_PASSPHRASE;

/// The most that a text grows by in NFC, and in NFKC, where one character becomes up to 18 (U+FDFA).
const GROWTH: (usize, usize) = (3, 18);

/// A recovery passphrase: the very bytes that files are encrypted to.
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
    /// White space at its beginning or end, which nobody sees on paper and other programs take for part of it.
    #[error("the passphrase begins or ends with white space")]
    SpaceAtEnd,
    /// A character that cannot be seen and changes nothing that can: pasted along, lost as soon as it is written by hand.
    #[error("the passphrase holds a character that cannot be seen")]
    Invisible,
}

impl Passphrase {
    /// A passphrase to be set: the Unicode NFC of exactly this text, of which nothing is taken away. Other programs that are given the
    /// same words have the same bytes, whichever way the accents were typed.
    ///
    /// Takes the text over and wipes the string it came in, also when it is refused.
    ///
    /// # Errors
    /// See [`NotAPassphrase`].
    pub fn new(text: String) -> Result<Self, NotAPassphrase> {
        let text = Zeroizing::new(text);
        not_empty(&text)?;
        let normal = nfc(&text);
        if characters::has_untypable(&normal) {
            return Err(NotAPassphrase::ControlCharacter);
        }
        if normal.trim() != normal.as_str() {
            return Err(NotAPassphrase::SpaceAtEnd);
        }
        if characters::has_invisible(&normal) {
            return Err(NotAPassphrase::Invisible);
        }
        if normal.len() > LONGEST_PASSPHRASE {
            return Err(NotAPassphrase::TooLong);
        }
        Ok(Self::exactly(&normal))
    }

    /// One that was set before, byte for byte, whatever the rules were then.
    pub(crate) fn exactly(text: &str) -> Self {
        Self(SecretString::from(text.to_owned()))
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub(crate) fn for_age(&self) -> SecretString {
        self.0.clone()
    }
}

/// Equal when their bytes are.
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

/// What somebody typed to open something that a passphrase was set for, maybe by an earlier version of this program.
///
/// Wiped when dropped. `Debug` hides it; there is no `Clone`, `Display` or `Serialize`.
pub struct TypedPassphrase(SecretString);

impl TypedPassphrase {
    /// Takes the text over and wipes the string it came in, also when it is refused. What could not be set may have been set elsewhere.
    ///
    /// # Errors
    /// [`NotAPassphrase::Empty`] or [`NotAPassphrase::TooLong`].
    pub fn new(text: String) -> Result<Self, NotAPassphrase> {
        let text = Zeroizing::new(text);
        not_empty(&text)?;
        Ok(Self(SecretString::from((*text).clone())))
    }

    /// What may have been meant, each once, in the order in which it is tried: the text as it was typed, its NFC, and the form that
    /// earlier versions encrypted to (NFKC, without white space at the ends). For most texts all of them are one.
    pub(crate) fn candidates(&self) -> Vec<Passphrase> {
        let typed = self.0.expose_secret();
        let mut candidates = vec![Passphrase::exactly(typed)];
        for form in [nfc(typed), folded(typed)] {
            let candidate = Passphrase::exactly(&form);
            if !candidates.contains(&candidate) {
                candidates.push(candidate);
            }
        }
        candidates
    }

    /// The passphrase to set for who opened a file with these words: the words themselves, or, where they cannot be set as they are,
    /// what `opened` it.
    pub(crate) fn to_be_set(&self, opened: Passphrase) -> Passphrase {
        Passphrase::new(self.0.expose_secret().to_owned()).unwrap_or(opened)
    }
}

impl fmt::Debug for TypedPassphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedPassphrase(hidden)")
    }
}

fn not_empty(text: &str) -> Result<(), NotAPassphrase> {
    if text.trim().is_empty() {
        Err(NotAPassphrase::Empty)
    } else if text.len() > LONGEST_TYPED {
        Err(NotAPassphrase::TooLong)
    } else {
        Ok(())
    }
}

// Both have room for the longest outcome, so that no buffer grows and leaves a copy behind.

fn nfc(text: &str) -> Zeroizing<String> {
    let mut normal = Zeroizing::new(String::with_capacity(text.len() * GROWTH.0));
    normal.extend(text.nfc());
    normal
}

fn folded(text: &str) -> Zeroizing<String> {
    let mut normal = Zeroizing::new(String::with_capacity(text.len() * GROWTH.1));
    normal.extend(text.trim().nfkc());
    Zeroizing::new(normal.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).expect("a passphrase")
    }

    fn candidates(text: &str) -> Vec<String> {
        let typed = TypedPassphrase::new(text.to_owned()).expect("it may be tried");
        let candidates = typed.candidates().into_iter();
        candidates
            .map(|candidate| candidate.expose().to_owned())
            .collect()
    }

    #[test]
    fn the_same_letters_typed_on_another_system_are_the_same_passphrase() {
        for (one, other) in [
            ("caf\u{e9} au lait", "cafe\u{301} au lait"),
            (
                "\u{ac00}\u{ac01} \u{d55c}\u{ae00}",
                "\u{1100}\u{1161}\u{1100}\u{1161}\u{11a8} \u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
            ),
            ("\u{c5}ngstrom", "\u{212b}ngstrom"),
            ("300 K", "300 \u{212a}"),
            ("q\u{323}\u{307}", "q\u{307}\u{323}"),
        ] {
            assert_eq!(passphrase(one), passphrase(other), "{one:?}");
        }
        assert_ne!(passphrase("Acme"), passphrase("acme"));
    }

    #[test]
    fn nothing_that_was_typed_is_taken_for_something_else() {
        for text in [
            "m\u{b2} walnut",
            "10 \u{b5}m ferry",
            "1\u{ba} cobalt",
            "so\u{2026} thursday",
            "\u{bd} lantern",
            "no\u{a0}break",
            "of\u{fb01}ce chair",
            "\u{ff41}\u{ff42}\u{ff43} def",
            "two  spaces",
            "stra\u{df}e",
            "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} family",
            "\u{1f44b}\u{1f3fd} \u{1f1e8}\u{1f1ed}",
            "\u{2764}\u{fe0f}",
            "1\u{fe0f}\u{20e3} keycap",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
            "-dash",
            "\"quoted\" \\ back",
        ] {
            assert_eq!(passphrase(text).expose(), text, "{text:?}");
        }
    }

    #[test]
    fn white_space_at_an_end_is_refused_and_inside_it_stays() {
        for space in [
            ' ', '\u{a0}', '\u{2003}', '\u{3000}', '\u{1680}', '\u{2028}',
        ] {
            for text in [
                format!("{space}walnut ferry"),
                format!("walnut ferry{space}"),
            ] {
                let refused = Passphrase::new(text.clone()).unwrap_err();
                let expected = match space {
                    '\u{2028}' => NotAPassphrase::ControlCharacter,
                    _ => NotAPassphrase::SpaceAtEnd,
                };
                assert_eq!(refused, expected, "{text:?}");
            }
        }
        assert_eq!(
            passphrase("walnut\u{3000}ferry").expose(),
            "walnut\u{3000}ferry"
        );
    }

    #[test]
    fn what_cannot_be_typed_or_seen_is_no_passphrase() {
        for (text, why) in [
            ("", NotAPassphrase::Empty),
            (" \u{a0} ", NotAPassphrase::Empty),
            ("two\nlines", NotAPassphrase::ControlCharacter),
            ("bell\u{7}", NotAPassphrase::ControlCharacter),
            ("next\u{85}line", NotAPassphrase::ControlCharacter),
            ("two\u{2029}paragraphs", NotAPassphrase::ControlCharacter),
            ("half \u{fffd}", NotAPassphrase::ControlCharacter),
            ("no \u{ffff} such", NotAPassphrase::ControlCharacter),
            ("wal\u{200b}nut", NotAPassphrase::Invisible),
            ("\u{feff}walnut", NotAPassphrase::Invisible),
            ("wal\u{ad}nut", NotAPassphrase::Invisible),
            ("\u{202e}tunlaw", NotAPassphrase::Invisible),
            ("wal\u{200d}nut", NotAPassphrase::Invisible),
            ("walnut\u{fe0f}", NotAPassphrase::Invisible),
            ("\u{fe0f} walnut", NotAPassphrase::Invisible),
        ] {
            assert_eq!(
                Passphrase::new(text.to_owned()).unwrap_err(),
                why,
                "{text:?}"
            );
        }
    }

    #[test]
    fn the_limit_is_on_the_bytes_that_are_encrypted_to() {
        let new = |text: String| Passphrase::new(text).map(|passphrase| passphrase.expose().len());
        assert_eq!(new("x".repeat(LONGEST_PASSPHRASE)), Ok(LONGEST_PASSPHRASE));
        assert_eq!(
            new("x".repeat(LONGEST_PASSPHRASE + 1)),
            Err(NotAPassphrase::TooLong)
        );
        // Three bytes for each letter as it is typed, and two as it is kept.
        assert_eq!(new("e\u{301}".repeat(250)), Ok(500));
        // Three bytes for each as it is typed, and six as it is kept.
        assert_eq!(new("\u{958}".repeat(100)), Err(NotAPassphrase::TooLong));
        assert_eq!(
            new("x".repeat(LONGEST_TYPED + 1)),
            Err(NotAPassphrase::TooLong)
        );
    }

    #[test]
    fn what_is_tried_is_the_text_its_nfc_and_what_earlier_versions_made_of_it() {
        assert_eq!(candidates("walnut ferry"), ["walnut ferry"]);
        assert_eq!(candidates("caf\u{e9}"), ["caf\u{e9}"]);
        assert_eq!(candidates("cafe\u{301}"), ["cafe\u{301}", "caf\u{e9}"]);
        assert_eq!(candidates(" walnut "), [" walnut ", "walnut"]);
        assert_eq!(candidates("m\u{b2}"), ["m\u{b2}", "m2"]);
        assert_eq!(
            candidates("cafe\u{301} m\u{b2}"),
            ["cafe\u{301} m\u{b2}", "caf\u{e9} m\u{b2}", "caf\u{e9} m2"]
        );
    }

    #[test]
    fn a_passphrase_does_not_show_itself_when_printed() {
        let typed = TypedPassphrase::new("not-to-be-seen".to_owned()).expect("it may be tried");
        assert_eq!(
            format!("{:?} {typed:?}", passphrase("not-to-be-seen")),
            "Passphrase(hidden) TypedPassphrase(hidden)"
        );
    }

    proptest! {
        #[test]
        fn what_may_be_set_is_the_nfc_of_what_was_typed_and_among_the_first_that_are_tried(text in "\\PC{1,60}") {
            let nfc: String = text.nfc().collect();
            if let Ok(passphrase) = Passphrase::new(text.clone()) {
                prop_assert_eq!(passphrase.expose(), nfc.as_str());
                let tried = candidates(&text);
                prop_assert!(tried.iter().take(2).any(|candidate| *candidate == nfc));
                prop_assert!(tried.len() <= 3);
            }
        }
    }
}
