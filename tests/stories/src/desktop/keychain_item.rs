use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::{Failure, Told};

/// What every content of the program's begins with.
const FORM: &str = "v1:";

/// One item of the keychain, as its owner sees it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeychainItem {
    /// The name shown in a keychain program.
    pub label: String,
    /// What is kept.
    pub secret: String,
    /// The attributes it is found by, in the order printed.
    pub attributes: Vec<(String, String)>,
}

impl KeychainItem {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(attribute, _)| attribute == name)
            .map(|(_, value)| value.as_str())
    }

    /// The attributes to search by, which are not those that the keychain keeps for itself.
    pub(super) fn named_by(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .filter(|(name, _)| !name.starts_with("xdg:"))
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What the program has put into it, read out of the form that it has there.
    pub fn payload(&self) -> Told<String> {
        payload(&self.secret)
    }
}

/// What an item has inside that the program has put this into.
pub fn content_for(payload: &str) -> String {
    format!("{FORM}{}", BASE64_URL_SAFE_NO_PAD.encode(payload))
}

/// What the program has put into an item of this content.
pub(super) fn payload(secret: &str) -> Told<String> {
    let encoded = secret
        .strip_prefix(FORM)
        .ok_or_else(|| Failure::new("the item is of no known form"))?;
    let payload = BASE64_URL_SAFE_NO_PAD
        .decode(encoded)
        .map_err(|error| Failure::from_error("read the item", error))?;
    Ok(String::from_utf8_lossy(&payload).into_owned())
}

/// Puts together the two streams of `secret-tool search --all`: items with label and secret, and attributes alone.
pub(super) fn parse_items(items: &str, attributes: &str) -> Vec<KeychainItem> {
    let mut found: Vec<KeychainItem> = Vec::new();
    for line in items.lines() {
        if line.starts_with("[/") {
            found.push(KeychainItem {
                label: String::new(),
                secret: String::new(),
                attributes: Vec::new(),
            });
        }
        let (Some(item), Some((name, value))) = (found.last_mut(), line.split_once(" = ")) else {
            continue;
        };
        match name {
            "label" => item.label = value.to_owned(),
            "secret" => item.secret = value.to_owned(),
            _ => {}
        }
    }
    let mut of = 0;
    for line in attributes.lines() {
        let Some((name, value)) = line
            .strip_prefix("attribute.")
            .and_then(|line| line.split_once(" = "))
        else {
            continue;
        };
        // A name that comes again belongs to the next item.
        if found
            .get(of)
            .is_some_and(|item| item.attribute(name).is_some())
        {
            of += 1;
        }
        if let Some(item) = found.get_mut(of) {
            item.attributes.push((name.to_owned(), value.to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::parse_items;

    #[test]
    fn attributes_of_the_second_stream_go_to_the_item_they_belong_to() {
        let items =
            "[/1]\nlabel = One\nsecret = first = secret\n[/2]\nlabel = Two\nsecret = second\n";
        let attributes = "attribute.user = a\nattribute.service = S\nattribute.user = b\nattribute.service = S\n";
        let found = parse_items(items, attributes);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].secret, "first = secret");
        assert_eq!(found[1].attribute("user"), Some("b"));
        assert_eq!(found[1].label, "Two");
    }
}
