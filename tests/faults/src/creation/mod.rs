//! Creating subaccounts and keys under kills and faults.

mod campaign;
mod dice;
mod judge;
mod life;
mod paths;
mod plan;
mod prepared;
mod work;

pub use campaign::{Creation, ROLE};
pub use life::live;

use work::Work;

type Life = crate::lives::planned_life::Life<Work>;
