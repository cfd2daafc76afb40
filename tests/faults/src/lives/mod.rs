//! What the campaigns on the real workflows share.
//!
//! A run is a folder with its keychain, a made-up Twilio, and a few *lives*: processes that do the real work and are killed, or
//! meet faults, or both. After the last of them the faults are gone, time passes, and everything has to put itself right.

pub mod chance;
pub mod claims;
pub mod conclude;
pub mod kept;
pub mod life;
pub mod one_life;
pub mod place;
pub mod planned_life;
pub mod runs;
pub mod stage;
pub mod summary;
pub mod trouble;
