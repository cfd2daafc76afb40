//! What happens in one run. All of it comes from the seed and the run's number.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::Life;
use super::dice::a_life;
use super::paths;
use super::work::{Order, Work, orders};
use crate::lives::chance::pick;
use crate::lives::runs::RunPlan;

/// One run.
#[derive(Debug, Clone)]
pub struct Plan {
    pub number: u64,
    /// Somebody else has things of the same names.
    pub look_alikes: bool,
    /// Whether secrets were sealed in this folder before.
    pub sealed_before: bool,
    pub orders: Vec<Order>,
    pub lives: Vec<Life>,
}

impl RunPlan for Plan {
    type Work = Work;

    fn number(&self) -> u64 {
        self.number
    }

    fn lives(&self) -> &[Life] {
        &self.lives
    }
}

impl Plan {
    pub fn new(seed: u64, number: u64) -> Self {
        // Neighbouring runs must not be neighbours in the generator.
        let mixed = seed ^ number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut dice = StdRng::seed_from_u64(mixed);
        let mut lives = if dice.random_bool(0.4) {
            paths::one(&mut dice)
        } else {
            let first = pick(
                &mut dice,
                &[
                    (Work::Subaccount, 26),
                    (Work::Key, 20),
                    (Work::Subaccounts, 10),
                    (Work::Keys, 10),
                    (Work::Mixed, 10),
                    (Work::HandOver, 14),
                    (Work::TryAgain, 10),
                ],
            );
            vec![a_life(&mut dice, first)]
        };
        let first = lives[0].work;
        for _ in 0..pick(&mut dice, &[(0, 15), (1, 40), (2, 30), (3, 15)]) {
            let next = pick(
                &mut dice,
                &[
                    (Work::Reconcile, 45),
                    (Work::Finish, 23),
                    (Work::Delete, 14),
                    (Work::Refresh, 8),
                    (Work::Connect, 4),
                    (Work::Show, 6),
                    (Work::ChangePassphrase, 6),
                ],
            );
            lives.push(a_life(&mut dice, next));
        }
        Self {
            number,
            look_alikes: dice.random_bool(0.4),
            sealed_before: dice.random_bool(0.7),
            orders: orders(first, number),
            lives,
        }
    }

    /// A path by itself, with nothing but its own faults and kills.
    pub fn of_path(lives: Vec<Life>, number: u64) -> Self {
        Self {
            number,
            look_alikes: false,
            sealed_before: false,
            orders: orders(lives[0].work, number),
            lives,
        }
    }
}
