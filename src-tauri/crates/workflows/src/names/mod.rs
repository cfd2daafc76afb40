//! What subaccounts and keys may be called, and which names are the same.

mod alike;
mod fold;
mod tidy;

use serde::Serialize;
use specta::Type;
use terms::LONGEST_NAME;
use thiserror::Error;
use unicode_segmentation::UnicodeSegmentation;

pub(crate) use alike::KnownLooks;
use alike::Looks;
pub(crate) use fold::{folded, same_name};
use tidy::tidied;

/// Why a name cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NameProblem {
    #[error("the name is empty")]
    Empty,
    #[error("the name has more than 64 characters")]
    TooLong,
}

/// A subaccount's name as Twilio will show it: tidied, 1 to 64 characters, nothing invisible that could disguise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubaccountName(String);

impl SubaccountName {
    /// Tidies and checks what was typed.
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        checked(typed).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An API key's name as Twilio will show it; the same rules as a subaccount's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyName(String);

impl KeyName {
    /// Tidies and checks what was typed.
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        checked(typed).map(Self)
    }

    /// `CUSTOMER - SERVICE`, at most 64 characters: where that is too long the customer's name is shortened at its end, and
    /// both its beginning and the service stay readable.
    pub fn for_service(customer: &str, service: &str) -> Self {
        let ending = format!(" - {service}");
        let room = LONGEST_NAME.saturating_sub(length(&ending));
        let name = format!("{}{ending}", shortened(&tidied(customer), room));
        Self(name.trim_start().to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is kept of a name that was typed, whether or not it can be used.
pub fn tidied_name(typed: &str) -> String {
    tidied(typed)
}

/// Whether a reader could take one of these names for the other.
pub fn look_alike(one: &str, other: &str) -> bool {
    Looks::of(one).like(&Looks::of(other))
}

fn length(name: &str) -> usize {
    name.encode_utf16().count()
}

/// Cut between whole characters as a reader sees them, so that no half emoji and no letter without its accent is left.
fn shortened(name: &str, room: usize) -> String {
    if length(name) <= room {
        return name.to_owned();
    }
    let mut kept = String::new();
    for character in name.graphemes(true) {
        if length(&kept) + length(character) >= room {
            break;
        }
        kept.push_str(character);
    }
    format!("{}…", kept.trim_end())
}

fn checked(typed: &str) -> Result<String, NameProblem> {
    let name = tidied(typed);
    if name.is_empty() {
        return Err(NameProblem::Empty);
    }
    if length(&name) > LONGEST_NAME {
        return Err(NameProblem::TooLong);
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(serde::Deserialize)]
    struct Cases {
        tidied: Vec<(String, String)>,
        folded: Vec<(String, String)>,
        alike: Vec<(String, String)>,
        unalike: Vec<(String, String)>,
    }

    fn cases() -> Cases {
        serde_json::from_str(include_str!("../../../../../ui/src/names.cases.json"))
            .expect("the shared cases")
    }

    #[test]
    fn what_nobody_sees_is_taken_out_of_a_name_and_the_rest_is_kept_as_it_is() {
        for (typed, kept) in cases().tidied {
            assert_eq!(tidied_name(&typed), kept, "{}", typed.escape_unicode());
            let parsed = SubaccountName::parse(&typed);
            assert_eq!(
                parsed.ok().map(|name| name.0),
                (!kept.is_empty()).then_some(kept)
            );
        }
    }

    #[test]
    fn names_are_compared_without_case_accents_and_what_nobody_sees() {
        for (name, kept) in cases().folded {
            assert_eq!(folded(&name), kept, "{}", name.escape_unicode());
            assert_eq!(folded(&kept), kept, "folding again changes nothing");
        }
        assert!(same_name("Acme Cold", " acme\u{a0}\u{200b}COLD"));
        assert!(!same_name("Acme Cold", "Acme Gold"));
    }

    #[test]
    fn names_that_could_be_taken_for_each_other_look_alike() {
        let like = look_alike;
        for (one, other) in cases().alike {
            assert!(like(&one, &other), "{one} {}", other.escape_unicode());
            assert!(like(&other, &one), "{other} {}", one.escape_unicode());
        }
        for (one, other) in cases().unalike {
            assert!(!like(&one, &other), "{one} {}", other.escape_unicode());
        }
    }

    #[test]
    fn names_that_cannot_be_used_say_why() {
        let problem = |name: &str| SubaccountName::parse(name).expect_err(name);
        assert_eq!(problem(" \t "), NameProblem::Empty);
        assert_eq!(problem("\u{200b}\u{202e}"), NameProblem::Empty);
        assert_eq!(problem(&"x".repeat(65)), NameProblem::TooLong);
        assert_eq!(problem(&"🧊".repeat(33)), NameProblem::TooLong);
        assert!(SubaccountName::parse(&"🧊".repeat(32)).is_ok());
        assert!(SubaccountName::parse(&format!("{}  ", "x".repeat(64))).is_ok());
    }

    #[test]
    fn a_key_is_named_after_customer_and_service() {
        assert_eq!(
            KeyName::for_service("Acme Cold Storage", "DicksonOne").as_str(),
            "Acme Cold Storage - DicksonOne"
        );
    }

    #[test]
    fn a_long_customer_is_cut_before_the_service_is() {
        let name = KeyName::for_service(&"Meridian ".repeat(7), "DicksonOne");
        assert_eq!(
            name.as_str(),
            "Meridian Meridian Meridian Meridian Meridian Merid… - DicksonOne"
        );
    }

    #[test]
    fn a_key_name_is_cut_between_characters_as_they_are_seen() {
        let family = "👩‍👩‍👧‍👦";
        let name = KeyName::for_service(&format!("{}{family}", "x".repeat(45)), "DicksonOne");
        assert_eq!(name.as_str(), format!("{}… - DicksonOne", "x".repeat(45)));
        assert_eq!(KeyName::parse(name.as_str()), Ok(name.clone()));
        assert_eq!(
            KeyName::for_service("\u{200b}", "DicksonOne").as_str(),
            "- DicksonOne"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_a_usable_name_or_a_problem(typed in any::<String>()) {
            if let Ok(name) = SubaccountName::parse(&typed) {
                prop_assert!((1..=64).contains(&length(name.as_str())));
                prop_assert_eq!(SubaccountName::parse(name.as_str()), Ok(name.clone()));
                let key = KeyName::for_service(name.as_str(), "DicksonOne");
                prop_assert_eq!(KeyName::parse(key.as_str()), Ok(key.clone()));
                prop_assert!(key.as_str().ends_with(" - DicksonOne"));
                prop_assert_eq!(key.as_str().chars().next(), name.as_str().chars().next());
            }
        }
    }
}
