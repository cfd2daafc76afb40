//! What people type and paste, and texts that come back from Twilio as names.

use terms::LONGEST_NAME;
use terms::{AccountSid, KeySid, Money, Secret, Tag, trim_pasted};
use workflows::{KeyName, SubaccountName};

/// The boxes of the forms: SIDs, pasted values, secrets, names.
pub fn typed_fields(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let trimmed = trim_pasted(&text);
    assert_eq!(
        trim_pasted(&trimmed),
        trimmed,
        "trimming again takes nothing"
    );
    for text in [&*text, &trimmed] {
        if let Ok(sid) = text.parse::<AccountSid>() {
            assert_eq!(sid.as_str().len(), 34);
            assert_eq!(sid.as_str().parse(), Ok(sid));
        }
        if let Ok(sid) = text.parse::<KeySid>() {
            assert!(sid.as_str().starts_with("SK"));
            assert_eq!(sid.as_str().parse(), Ok(sid));
        }
    }
    if let Ok(secret) = Secret::new(trimmed.clone()) {
        assert_eq!(secret.expose(), trimmed);
        assert_eq!(format!("{secret:?}"), "Secret(hidden)");
    }
    if let Ok(name) = SubaccountName::parse(&text) {
        assert!((1..=LONGEST_NAME).contains(&name.as_str().chars().count()));
        assert_eq!(SubaccountName::parse(name.as_str()), Ok(name.clone()));
        let key = KeyName::for_service(name.as_str(), "DicksonOne");
        assert!(KeyName::parse(key.as_str()).is_ok());
    }
}

/// Names with and without our tag.
pub fn tags_in_names(bytes: &[u8]) {
    let name = String::from_utf8_lossy(bytes);
    if let Some(tag) = Tag::find_in(&name) {
        assert!(name.contains(tag.as_str()));
        assert_eq!(Tag::parse(tag.as_str()), Some(tag));
    }
    let tag = Tag::parse("k3f9x2abcd").expect("a tag");
    let marked = tag.mark(&name);
    assert!(marked.chars().count() <= LONGEST_NAME);
    assert_eq!(Tag::find_in(&marked), Some(tag), "{marked} carries the tag");
}

/// Amounts as text.
pub fn money(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (amount, currency) = text.split_once(' ').unwrap_or((&text, "usd"));
    if let Ok(money) = Money::parse(amount, currency) {
        let written = money.to_string();
        assert_eq!(written.parse(), Ok(money), "{written} reads back");
    }
}
