//! What subaccounts and keys may be called.

use thiserror::Error;

/// Twilio keeps at most this many characters of a friendly name.
///
/// Source: Twilio REST API, Accounts and Keys, parameter `FriendlyName`.
const LONGEST_NAME: usize = 64;

/// Why a name cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameProblem {
    #[error("the name is empty")]
    Empty,
    #[error("the name has more than 64 characters")]
    TooLong,
    #[error("the name holds control characters")]
    ControlCharacters,
    /// Characters that reorder the text around them, with which one name can be made to look like another.
    #[error("the name holds characters that change the direction of text")]
    MixedDirection,
}

/// A subaccount's name as Twilio will show it: trimmed, 1 to 64 characters, nothing invisible that could disguise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubaccountName(String);

impl SubaccountName {
    /// Trims and checks what was typed.
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
    /// Trims and checks what was typed.
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        checked(typed).map(Self)
    }

    /// `CUSTOMER - SERVICE`, at most 64 characters: where that is too long the customer's name is shortened at its end, and
    /// both its beginning and the service stay readable.
    pub fn for_service(customer: &str, service: &str) -> Self {
        let ending = format!(" - {service}");
        let room = LONGEST_NAME.saturating_sub(ending.chars().count());
        Self(format!("{}{ending}", shortened(customer.trim(), room)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether two names are the same to a person.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn shortened(name: &str, room: usize) -> String {
    if name.chars().count() <= room {
        return name.to_owned();
    }
    let kept: String = name.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn checked(typed: &str) -> Result<String, NameProblem> {
    let name =
        typed.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    if name.is_empty() {
        return Err(NameProblem::Empty);
    }
    if name.chars().any(char::is_control) {
        return Err(NameProblem::ControlCharacters);
    }
    if name.chars().any(changes_direction) {
        return Err(NameProblem::MixedDirection);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(NameProblem::TooLong);
    }
    Ok(name.to_owned())
}

/// Unicode's explicit directional formatting characters (UAX #9, section 2).
fn changes_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_trimmed_and_kept_as_it_is_otherwise() {
        for name in [
            "Acme Cold Storage",
            "مختبر النور",
            "🧊 Ice & Co",
            "<img onerror=alert(1)>",
            "=cmd()",
            "O’Neill",
        ] {
            let parsed = SubaccountName::parse(&format!("  {name}\u{feff} ")).expect(name);
            assert_eq!(parsed.as_str(), name);
        }
    }

    #[test]
    fn names_that_cannot_be_used_say_why() {
        let problem = |name: &str| SubaccountName::parse(name).expect_err(name);
        assert_eq!(problem(" \t "), NameProblem::Empty);
        assert_eq!(problem(&"x".repeat(65)), NameProblem::TooLong);
        assert_eq!(problem("Acme\nCold"), NameProblem::ControlCharacters);
        assert_eq!(problem("Acme\u{0}"), NameProblem::ControlCharacters);
        assert_eq!(problem("Acme\u{202e}egarotS"), NameProblem::MixedDirection);
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

    proptest! {
        #[test]
        fn any_text_is_a_usable_name_or_a_problem(typed in any::<String>()) {
            if let Ok(name) = SubaccountName::parse(&typed) {
                prop_assert!((1..=64).contains(&name.as_str().chars().count()));
                prop_assert_eq!(SubaccountName::parse(name.as_str()), Ok(name.clone()));
                let key = KeyName::for_service(name.as_str(), "DicksonOne");
                prop_assert!(KeyName::parse(key.as_str()).is_ok());
                prop_assert!(key.as_str().ends_with(" - DicksonOne"));
                prop_assert_eq!(key.as_str().chars().next(), name.as_str().chars().next());
            }
        }
    }
}
