//! Twilio's Regions: where Auth Tokens, keys, texts and calls are.

use serde::{Deserialize, Serialize};

/// One of Twilio's Regions. Accounts, numbers and what is billed are of none.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
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
    /// Every Region, US1 first.
    pub const ALL: [Self; 3] = [Self::Us1, Self::Ie1, Self::Au1];

    /// Twilio's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Us1 => "us1",
            Self::Ie1 => "ie1",
            Self::Au1 => "au1",
        }
    }
}
