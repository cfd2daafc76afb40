//! Creating subaccounts and keys under kills and faults.
//!
//! A run is a folder with its keychain, a made-up Twilio, and a few *lives*: processes that do the real work and are killed, or
//! meet faults, or both. After the last of them the faults are gone, time passes, and everything has to put itself right.

mod campaign;
mod claims;
mod conclude;
mod dice;
mod judge;
mod life;
mod paths;
mod place;
mod plan;
mod planned_life;
mod stage;
mod summary;
mod trouble;
mod work;

pub use campaign::{campaign, never_reached};
pub use life::live;
pub use stage::scratch;
pub use trouble::DiskError;
