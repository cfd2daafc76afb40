//! What happens in one run. All of it comes from the seed and the run's number.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

use super::damage::Damage;
use crate::lives::trouble::DiskError;

/// Runs that share a folder, a day apart.
pub const SAGA: u64 = 25;

/// What spoils the writes of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    Nothing,
    Fails(DiskError),
    /// The process is killed between two calls.
    Kill,
    /// The process is killed in the middle of a write.
    KillHalfWay,
}

impl Trouble {
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Fails(error) => error.name(),
            Self::Kill => "kill",
            Self::KillHalfWay => "kill in a write",
        }
    }
}

/// One run.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub number: u64,
    pub trouble: Trouble,
    /// Already while the records are opened, copied and brought up to date.
    pub while_opening: bool,
    /// Calls that go well first.
    pub skip: u32,
    /// Calls that are then spoiled; `None` for all.
    pub times: Option<u32>,
    /// How much is written, if nothing stops it.
    pub writes: u32,
    /// What becomes of the database after the run.
    pub damage: Option<Damage>,
}

impl Plan {
    pub fn new(seed: u64, number: u64) -> Self {
        let mixed = seed ^ number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut dice = StdRng::seed_from_u64(mixed);
        let trouble = match dice.random_range(0..20) {
            0 => Trouble::Nothing,
            1..=3 => Trouble::Fails(DiskError::Full),
            4..=6 => Trouble::Fails(DiskError::Broken),
            7 => Trouble::Fails(DiskError::ReadOnly),
            8..=14 => Trouble::Kill,
            _ => Trouble::KillHalfWay,
        };
        let while_opening = dice.random_bool(0.3);
        let longest = if while_opening { 60 } else { 110 };
        let damage = dice.random_bool(0.06).then(|| Damage::any(&mut dice));
        Self {
            number,
            trouble,
            while_opening,
            skip: dice.random_range(0..longest),
            times: [None, Some(1), Some(3)][dice.random_range(0..3)],
            writes: dice.random_range(5..25),
            damage,
        }
    }
}
