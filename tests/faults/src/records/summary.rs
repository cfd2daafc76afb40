//! What the campaign counts, and how it is told.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What became of one run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What spoiled its runs, and how it ended.
    pub runs: Vec<(&'static str, Ending)>,
    pub damages: Vec<&'static str>,
    /// Writes that were acknowledged.
    pub acknowledged: u64,
    /// Those that were looked for and found later, each time they were.
    pub found: u64,
    /// Databases that a copy took the place of.
    pub restored: u64,
    /// Acknowledged writes of the last run before a damage that were in no copy and in nothing readable.
    pub went_with_damage: u64,
    /// The fewest copies there were at the end of a run of full length.
    pub copies: Option<usize>,
    /// What was wrong, with the number of the run.
    pub wrong: Vec<(u64, String)>,
    pub log: Vec<String>,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    Killed,
    WriteRefused,
    NotOpened,
    Untroubled,
}

impl Ending {
    fn name(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::WriteRefused => "writes refused",
            Self::NotOpened => "not opened",
            Self::Untroubled => "untroubled",
        }
    }
}

/// The counts of all runs.
#[derive(Debug, Default)]
pub struct Summary {
    runs: BTreeMap<(&'static str, Ending), u64>,
    damages: BTreeMap<&'static str, u64>,
    acknowledged: u64,
    found: u64,
    restored: u64,
    went_with_damage: u64,
    copies: Option<usize>,
    wrong: Vec<(u64, String)>,
}

impl Summary {
    pub fn add(&mut self, outcome: Outcome) {
        for run in outcome.runs {
            *self.runs.entry(run).or_default() += 1;
        }
        for damage in outcome.damages {
            *self.damages.entry(damage).or_default() += 1;
        }
        self.acknowledged += outcome.acknowledged;
        self.found += outcome.found;
        self.restored += outcome.restored;
        self.went_with_damage += outcome.went_with_damage;
        self.copies = [self.copies, outcome.copies].into_iter().flatten().min();
        self.wrong.extend(outcome.wrong);
    }

    pub fn count(&self) -> u64 {
        self.runs.values().sum()
    }

    pub fn failures(&self) -> usize {
        self.wrong.len()
    }

    /// The lines of the block.
    pub fn block(&self, seed: u64) -> String {
        let mut text = String::new();
        for ending in [
            Ending::Killed,
            Ending::WriteRefused,
            Ending::NotOpened,
            Ending::Untroubled,
        ] {
            let of: Vec<String> = self
                .runs
                .iter()
                .filter(|((_, found), _)| *found == ending)
                .map(|((trouble, _), count)| format!("{trouble} {count}"))
                .collect();
            let all: u64 = self
                .runs
                .iter()
                .filter(|((_, found), _)| *found == ending)
                .map(|(_, count)| count)
                .sum();
            let _ = writeln!(text, "{:<14} {all:>7}  {}", ending.name(), of.join(" · "));
        }
        let _ = writeln!(
            text,
            "acknowledged   {:>7} writes, found again {} times",
            self.acknowledged, self.found
        );
        let damages: Vec<String> = self
            .damages
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        let _ = writeln!(
            text,
            "damaged        {:>7}  {}",
            self.damages.values().sum::<u64>(),
            damages.join(" · ")
        );
        let _ = writeln!(
            text,
            "restored       {:>7} from a copy; {} writes after the copy went with the damage",
            self.restored, self.went_with_damage
        );
        if let Some(copies) = self.copies {
            let _ = writeln!(
                text,
                "copies         {copies:>7} at least, all sound, after {} days",
                super::plan::SAGA
            );
        }
        let _ = writeln!(text, "failures       {:>7}", self.wrong.len());
        for (number, wrong) in &self.wrong {
            let _ = writeln!(text, "  run {number}: {wrong}");
            let _ = writeln!(
                text,
                "    cargo xtask faults records --seed {seed} -- --only {number}"
            );
        }
        text
    }
}
