//! Fields of forms and query strings. Names are case-sensitive, as with Twilio.

use url::form_urlencoded;

/// The fields of a form or query string, in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`. What is not UTF-8 is replaced, never refused.
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The first value of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The same without the fields of the given names.
    pub(crate) fn without(&self, names: &[&str]) -> Self {
        Self(
            self.0
                .iter()
                .filter(|(name, _)| !names.contains(&name.as_str()))
                .cloned()
                .collect(),
        )
    }

    /// The same with one more field at the end.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Writes the fields as they stand in a query string.
    pub(crate) fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back_the_same(pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..6)) {
            // Two empty texts leave no trace in the encoded form when they stand alone.
            prop_assume!(pairs.iter().all(|(name, value)| !name.is_empty() || !value.is_empty()));
            let fields = pairs.into_iter().fold(Fields::default(), |fields, (name, value)| fields.with(&name, value));
            prop_assert_eq!(Fields::parse(fields.encode().as_bytes()), fields);
        }

        #[test]
        fn no_bytes_break_the_reading(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Fields::parse(&bytes);
        }
    }

    #[test]
    fn names_are_case_sensitive_and_the_first_value_counts() {
        let fields = Fields::parse(b"FriendlyName=One+Two&FriendlyName=Three&friendlyname=Four");
        assert_eq!(fields.get("FriendlyName"), Some("One Two"));
        assert_eq!(fields.get("friendlyname"), Some("Four"));
        assert_eq!(fields.get("Friendlyname"), None);
    }
}
