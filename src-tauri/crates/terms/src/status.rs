//! Whether an account can be used.

use serde::{Deserialize, Serialize};

/// An account's status, by Twilio's words for it (<https://www.twilio.com/docs/iam/api/account>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum AccountStatus {
    /// In use.
    Active,
    /// Stopped for now; its numbers stay and are billed.
    Suspended,
    /// Ended for good.
    Closed,
    /// A status this version does not know, as Twilio wrote it.
    Other(String),
}

impl AccountStatus {
    /// The status of this word, in any case.
    pub fn of_word(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "active" => Self::Active,
            "suspended" => Self::Suspended,
            "closed" => Self::Closed,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// Twilio's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for AccountStatus {
    fn from(word: String) -> Self {
        Self::of_word(&word)
    }
}

impl From<AccountStatus> for String {
    fn from(status: AccountStatus) -> Self {
        status.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_known_by_its_word_in_any_case_and_any_other_word_is_kept() {
        assert_eq!(AccountStatus::of_word("Active"), AccountStatus::Active);
        for word in ["active", "suspended", "closed", "", "Under review"] {
            assert_eq!(AccountStatus::of_word(word).as_str(), word);
        }
    }
}
