//! One JSON object, read field by field, so that a field that is not what it should be costs itself alone.
//!
//! Nothing is copied but what is asked for: the Auth Tokens beside it stay in the answer's own bytes, which are wiped.

use crate::readable::REPLACEMENT;
use crate::wire;
use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Texts up to this length are kept whole, in characters; Twilio takes names of 64.
const LONGEST_TEXT: usize = 256;
/// What is kept of the beginning and of the end of a longer one. What this program appends to a name stands at the end.
const BEGINNING: usize = 160;
const END: usize = 40;

/// The fields of a JSON object, each as it is written.
pub(crate) struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// How a field came.
enum Field<'a> {
    /// It is missing, or null.
    Absent,
    /// There is one, as it is written.
    There(&'a RawValue),
    /// There are several, and they differ.
    Contradictory,
}

/// How much of a text is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// It is missing, or null.
    Nothing,
    /// It has another type, is too long, or has characters in it that cannot be read or seen.
    Odd,
}

/// A short text, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    /// Empty where nothing can be read.
    pub text: String,
    pub part: Part,
}

/// A time, where it can be read, and whether there was something else in its place.
pub(crate) struct Time {
    pub time: Option<Timestamp>,
    pub is_odd: bool,
}

impl<'a> Fields<'a> {
    /// The fields of a value; nothing where it is no object.
    pub(crate) fn of(value: &'a RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    fn field(&self, name: &str) -> Field<'a> {
        let mut found = self
            .0
            .iter()
            .filter(|(of, _)| of == name)
            .map(|(_, value)| *value);
        match found.next() {
            None => Field::Absent,
            Some(first) if found.any(|other| other.get() != first.get()) => Field::Contradictory,
            Some(first) if first.get() == "null" => Field::Absent,
            Some(first) => Field::There(first),
        }
    }

    /// The field as it is written; nothing where it is missing, null or contradicts itself.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a RawValue> {
        match self.field(name) {
            Field::There(value) => Some(value),
            Field::Absent | Field::Contradictory => None,
        }
    }

    /// An identifier, where it is a whole one.
    pub(crate) fn id<Id: FromStr>(&self, name: &str) -> Option<Id> {
        self.string(name)?.parse().ok()
    }

    /// A string, where it is one.
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// A truth value, where it is one.
    pub(crate) fn truth(&self, name: &str) -> Option<bool> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// Whether the field is there and null, as often as it is there.
    pub(crate) fn is_null(&self, name: &str) -> bool {
        let mut found = self.0.iter().filter(|(of, _)| of == name).peekable();
        found.peek().is_some() && found.all(|(_, value)| value.get() == "null")
    }

    /// Whether the field is there and not null, whatever it holds.
    pub(crate) fn has(&self, name: &str) -> bool {
        !matches!(self.field(name), Field::Absent)
    }

    /// The values of a list, each as it is written; nothing where there is no list.
    pub(crate) fn rows(&self, name: &str) -> Option<Vec<&'a RawValue>> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// A text such as a name. A number or a truth value is read as it is written.
    pub(crate) fn text(&self, name: &str) -> Text {
        let value = match self.field(name) {
            Field::There(value) => value.get(),
            Field::Absent => return Text::none(Part::Nothing),
            Field::Contradictory => return Text::none(Part::Odd),
        };
        if value.starts_with('"') {
            return serde_json::from_str::<Cow<'_, str>>(value)
                .map_or_else(|_| Text::none(Part::Odd), |text| Text::of(&text));
        }
        if value.starts_with(['{', '[']) {
            return Text::none(Part::Odd);
        }
        Text {
            part: Part::Odd,
            ..Text::of(value)
        }
    }

    /// A time in one of Twilio's two forms.
    pub(crate) fn time(&self, name: &str) -> Time {
        let text = self.string(name);
        let time = text
            .as_deref()
            .and_then(|text| wire::rfc2822(Some(text)).or_else(|| wire::iso8601(Some(text))));
        Time {
            is_odd: time.is_none() && self.has(name),
            time,
        }
    }
}

impl Text {
    fn none(part: Part) -> Self {
        Self {
            text: String::new(),
            part,
        }
    }

    fn of(text: &str) -> Self {
        if let Some(short) = shortened(text) {
            return Self {
                text: short,
                part: Part::Odd,
            };
        }
        let is_odd = text.chars().any(|c| c == REPLACEMENT || is_unseen(c));
        Self {
            text: text.to_owned(),
            part: if is_odd { Part::Odd } else { Part::Whole },
        }
    }

    pub(crate) fn is_odd(&self) -> bool {
        self.part == Part::Odd
    }
}

/// Controls, and what turns the direction of writing round.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Beginning and end of a text that is too long to be kept.
fn shortened(text: &str) -> Option<String> {
    text.char_indices().nth(LONGEST_TEXT)?;
    let beginning: String = text.chars().take(BEGINNING).collect();
    let mut end: Vec<char> = text.chars().rev().take(END).collect();
    end.reverse();
    // A cut inside a joined emoji must not leave the invisible joiner hanging.
    let beginning = beginning.trim_end_matches('\u{200d}').to_owned();
    let end: String = end.into_iter().collect();
    Some(format!(
        "{beginning} … {}",
        end.trim_start_matches('\u{200d}')
    ))
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    fields.push((name, map.next_value()?));
                }
                Ok(Fields(fields))
            }
        }

        from.deserialize_map(Object)
    }
}

#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use terms::AccountSid;

    fn with<T>(json: &str, look: impl FnOnce(&Fields<'_>) -> T) -> T {
        let value: Box<RawValue> = serde_json::from_str(json).unwrap();
        look(&Fields::of(&value).unwrap())
    }

    fn text(value: &str) -> Text {
        with(&format!(r#"{{"a":{value}}}"#), |fields| fields.text("a"))
    }

    #[test]
    fn a_text_of_another_type_is_read_as_it_is_written_or_not_at_all() {
        for (value, read, part) in [
            (r#""Acme""#, "Acme", Part::Whole),
            (r#""""#, "", Part::Whole),
            ("null", "", Part::Nothing),
            ("12.50", "12.50", Part::Odd),
            ("true", "true", Part::Odd),
            (r#"{"b":1}"#, "", Part::Odd),
            ("[]", "", Part::Odd),
            (r#""Kiosk \ufffd""#, "Kiosk \u{fffd}", Part::Odd),
            (r#""Tab\there""#, "Tab\there", Part::Odd),
            (r#""\u202eeno""#, "\u{202e}eno", Part::Odd),
            (r#""👩‍🔬 Köl""#, "👩‍🔬 Köl", Part::Whole),
        ] {
            let text = text(value);
            assert_eq!((text.text.as_str(), text.part), (read, part), "{value}");
        }
        assert_eq!(
            with("{}", |fields| fields.text("a")).part,
            Part::Nothing,
            "missing"
        );
    }

    #[test]
    fn a_field_that_is_there_twice_counts_only_where_both_agree() {
        let sid = "AC00000000000000000000000000000001";
        let twice = |second: &str| format!(r#"{{"sid":"{sid}","sid":"{second}"}}"#);
        assert!(with(&twice(sid), |fields| fields.id::<AccountSid>("sid")).is_some());
        let other = "AC00000000000000000000000000000002";
        assert!(with(&twice(other), |fields| fields.id::<AccountSid>("sid")).is_none());
    }

    #[test]
    fn a_text_of_ten_thousand_characters_keeps_its_beginning_and_its_end() {
        let long = format!("\"Kiosk {} [saving k3f9x2abcd]\"", "é".repeat(10_000));
        let text = text(&long);
        assert!(text.text.starts_with("Kiosk ééé"));
        assert!(text.text.ends_with("é [saving k3f9x2abcd]"));
        assert!(text.text.chars().count() <= LONGEST_TEXT);
        assert!(text.is_odd());
    }

    #[test]
    fn a_value_that_is_no_object_has_no_fields() {
        for value in ["null", "7", "[]", r#""x""#, "true"] {
            let value: Box<RawValue> = serde_json::from_str(value).unwrap();
            assert!(Fields::of(&value).is_none(), "{value}");
        }
    }

    proptest! {
        #[test]
        fn every_text_is_kept_whole_or_shortened(given in any::<String>()) {
            let read = text(&serde_json::to_string(&given).unwrap());
            prop_assert!(read.text.chars().count() <= LONGEST_TEXT);
            if read.part == Part::Whole {
                prop_assert_eq!(read.text, given);
            }
        }
    }
}
