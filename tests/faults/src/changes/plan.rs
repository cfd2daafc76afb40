//! What happens in one run. All of it comes from the seed and the run's number.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::asked::Asked;
use super::dice::{a_batch, a_life, deeds};
use super::prepared::Scene;
use super::work::Deed;
use super::{Life, paths};
use crate::lives::chance::pick;
use crate::lives::runs::RunPlan;

/// One run.
#[derive(Debug, Clone)]
pub struct Plan {
    pub number: u64,
    /// The orders of its batch.
    pub asked: Vec<Asked>,
    /// The first order is given twice.
    pub first_twice: bool,
    pub lives: Vec<Life>,
}

impl RunPlan for Plan {
    type Work = Vec<Deed>;

    fn number(&self) -> u64 {
        self.number
    }

    fn lives(&self) -> &[Life] {
        &self.lives
    }
}

impl Plan {
    pub fn new(seed: u64, number: u64, scene: &Scene) -> Self {
        // Neighbouring runs must not be neighbours in the generator.
        let mixed = seed ^ number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut dice = StdRng::seed_from_u64(mixed);
        let (asked, mut lives) = if dice.random_bool(0.35) {
            paths::one(&mut dice, scene)
        } else {
            let asked = a_batch(&mut dice, scene);
            let first = a_life(&mut dice, vec![Deed::CarryOut]);
            (asked, vec![first])
        };
        let least = 2_usize.saturating_sub(lives.len());
        for _ in 0..least + pick(&mut dice, &[(0, 25), (1, 35), (2, 25), (3, 15)]) {
            let deeds = deeds(&mut dice, &asked);
            lives.push(a_life(&mut dice, deeds));
        }
        lives.truncate(5);
        Self {
            number,
            asked,
            first_twice: dice.random_bool(0.1),
            lives,
        }
    }

    /// A path by itself, with nothing but its own faults and kills.
    pub fn of_path((asked, lives): (Vec<Asked>, Vec<Life>), number: u64) -> Self {
        Self {
            number,
            asked,
            first_twice: false,
            lives,
        }
    }

    /// Whether some life was asked for this.
    pub fn asks_for(&self, is_it: impl Fn(&Deed) -> bool) -> bool {
        self.lives.iter().flat_map(|life| &life.work).any(is_it)
    }
}
