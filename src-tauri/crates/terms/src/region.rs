//! Where at Twilio something is.

use serde::{Deserialize, Serialize};

/// One of Twilio's Regions (<https://www.twilio.com/docs/global-infrastructure/understanding-twilio-regions>). An API key is of one of them
/// and opens no other; its SID does not tell which. Account SIDs are of none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Region {
    /// The United States, where everything is that names no Region.
    #[default]
    Us1,
    /// Ireland.
    Ie1,
    /// Australia.
    Au1,
}

impl Region {
    /// Every Region, in Twilio's order.
    pub const ALL: [Self; 3] = [Self::Us1, Self::Ie1, Self::Au1];

    /// Twilio's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Us1 => "us1",
            Self::Ie1 => "ie1",
            Self::Au1 => "au1",
        }
    }

    /// The Region of this word, or `None` where there is none.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_known_by_its_word_alone_and_written_as_it() {
        for region in Region::ALL {
            assert_eq!(Region::of_word(region.as_str()), Some(region));
            let json = serde_json::to_string(&region).unwrap();
            assert_eq!(json, format!("\"{}\"", region.as_str()));
        }
        assert_eq!(Region::of_word("US1"), None);
    }
}
