//! The words that all parts of Subvault share: Twilio's identifiers, names, states and amounts, and a secret in memory. Knows neither HTTP nor
//! a keychain nor a database.
//!
//! | module | what is in it |
//! | --- | --- |
//! | [`sid`] | [`AccountSid`], [`KeySid`], [`NumberSid`]: Twilio's identifiers, checked wherever one comes from |
//! | [`pasted`] | [`trim_pasted`]: a pasted value without what copying adds to it |
//! | [`name`] | [`LONGEST_NAME`]: how long a name may be at Twilio |
//! | [`tag`] | [`Tag`]: the mark that an unfinished creation carries in its name at Twilio |
//! | [`status`] | [`AccountStatus`]: whether an account can be used |
//! | [`region`] | [`Region`]: where at Twilio a key is |
//! | [`money`] | [`Money`]: an amount in a currency, exact |
//! | [`secret`] | [`Secret`]: one secret in memory, which cannot be printed or copied by accident |

// Whatever comes from outside may be anything.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)
)]

#[cfg(feature = "columns")]
mod columns;
pub mod money;
pub mod name;
pub mod pasted;
pub mod region;
pub mod secret;
pub mod sid;
pub mod status;
pub mod tag;

pub use money::{Money, MoneyError};
pub use name::LONGEST_NAME;
pub use pasted::trim_pasted;
pub use region::Region;
pub use secret::{NotStorable, Secret};
pub use sid::{AccountSid, KeySid, NumberSid, SidError};
pub use status::AccountStatus;
pub use tag::Tag;
