//! Replacing, revoking and renaming keys, suspending, bringing back and closing subaccounts, and moving their numbers, ordered as one
//! batch, under kills and faults.

mod asked;
mod campaign;
mod dice;
mod followed;
mod judge;
mod life;
mod paths;
mod plan;
mod prepared;
mod work;

pub use campaign::{Changes, ROLE};
pub use life::live;

use work::Deed;

type Life = crate::lives::planned_life::Life<Vec<Deed>>;
