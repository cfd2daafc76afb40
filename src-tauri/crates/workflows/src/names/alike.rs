//! Names that could be taken for each other on the screen.

use std::collections::HashMap;

use parking_lot::Mutex;
use unicode_security::confusable_detection::skeleton;

use super::fold::{bare, is_accent, lower, spaced_once};

/// How a name looks: in small letters, as it is written, and in capitals, since letters of two alphabets that look the same in one of
/// these look different in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Looks([String; 3]);

impl Looks {
    pub(crate) fn of(name: &str) -> Self {
        let bare = bare(name);
        let small = lower(&bare);
        let capitals = small.to_uppercase();
        Self([small, bare, capitals].map(|text| drawn(&text)))
    }

    /// Whether a reader could take one for the other. Case, accents, spaces and punctuation do not tell names apart.
    pub(crate) fn like(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| one == other)
    }
}

/// How the names of a list look, worked out once each: they are compared with another one at every letter that is typed.
#[derive(Default)]
pub(crate) struct KnownLooks(Mutex<HashMap<String, Looks>>);

impl KnownLooks {
    /// Those in the list whose name looks like this one. What was worked out of names that are no longer in it is forgotten in time.
    pub(crate) fn like<'l, T>(
        &self,
        name: &str,
        list: &'l [T],
        name_of: impl Fn(&T) -> &str,
    ) -> Vec<&'l T> {
        let looks = Looks::of(name);
        let mut known = self.0.lock();
        if known.len() > list.len().saturating_mul(2) {
            known.clear();
        }
        let is_like = |one: &&T| {
            let other = name_of(one);
            if let Some(known) = known.get(other) {
                return looks.like(known);
            }
            let new = Looks::of(other);
            let like = looks.like(&new);
            known.insert(other.to_owned(), new);
            like
        };
        list.iter().filter(is_like).collect()
    }
}

/// One writing of everything that looks like it, by Unicode's table of confusable characters (UTS 39).
fn drawn(text: &str) -> String {
    let words = words_alone(text);
    let drawn: String = skeleton(&words)
        .filter(|character| !is_accent(*character))
        .collect();
    lower(&drawn)
}

/// Letters, digits and pictures alone. Between two digits a gap stays: site 1 1 is not site 11.
fn words_alone(text: &str) -> String {
    let gaps: String = text
        .chars()
        .map(|character| {
            if is_punctuation(character) {
                ' '
            } else {
                character
            }
        })
        .collect();
    let spaced = spaced_once(&gaps);
    if spaced.is_empty() {
        return text.trim().to_owned();
    }
    let characters: Vec<char> = spaced.chars().collect();
    let is_digit = |place: Option<usize>| {
        place
            .and_then(|place| characters.get(place))
            .is_some_and(|character| character.is_numeric())
    };
    let kept = characters.iter().enumerate().filter(|(place, character)| {
        **character != ' ' || is_digit(place.checked_sub(1)) && is_digit(place.checked_add(1))
    });
    kept.map(|(_, character)| character).collect()
}

fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
        || matches!(character, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{303f}' | '\u{b7}')
}
