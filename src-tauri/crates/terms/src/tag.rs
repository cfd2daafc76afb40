//! The mark of an unfinished creation.

use std::fmt;

use crate::LONGEST_NAME;

/// Crockford's base32: no i, l, o or u, so that nothing looks like 1 or 0 when it is read out on the telephone.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 10;
const OPENING: &str = "[saving ";
const CLOSING: char = ']';

/// Ten random characters that tell one creation of ours from everything else at Twilio.
///
/// The request that creates something carries the tag in the friendly name; the plain name is given back only when the
/// secret is safe. So a name with one of our tags in it is known to be ours and unfinished.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tag(String);

impl Tag {
    /// A new tag, 50 random bits.
    #[allow(
        clippy::indexing_slicing,
        reason = "no remainder of 32 lies beyond the alphabet's 32 letters"
    )]
    pub fn random() -> Self {
        let mut bytes = [0_u8; LENGTH];
        rand::fill(&mut bytes);
        Self(
            bytes
                .iter()
                .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
                .collect(),
        )
    }

    /// The tag written as `text`, or `None` if it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let is_tag = text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte));
        is_tag.then(|| Self(text.to_owned()))
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `name` followed by this tag, as in `Acme - DicksonOne [saving k3f9x2abcd]`, at most [`LONGEST_NAME`] characters
    /// (of UTF-16). What is too long is taken from the end of the name; the tag is always whole.
    pub fn mark(&self, name: &str) -> String {
        let mark = format!("{OPENING}{}{CLOSING}", self.0);
        let room = LONGEST_NAME.saturating_sub(mark.chars().count() + 1);
        let mut used = 0;
        let kept: String = name
            .chars()
            .take_while(|character| {
                used += character.len_utf16();
                used <= room
            })
            .collect();
        // A cut inside a joined emoji must not leave the invisible joiner hanging.
        let kept = kept.trim_end_matches(|c: char| c == '\u{200d}' || c.is_whitespace());
        if kept.is_empty() {
            mark
        } else {
            format!("{kept} {mark}")
        }
    }

    /// The tag that [`Tag::mark`] put into `name`; the last one, if there are several.
    pub fn find_in(name: &str) -> Option<Self> {
        name.rmatch_indices(OPENING).find_map(|(start, _)| {
            let after = name.get(start + OPENING.len()..)?;
            let (text, _) = after.split_once(CLOSING)?;
            Self::parse(text)
        })
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
