//! What a campaign counts, and how it is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What became of one run.
#[derive(Debug, Default)]
pub struct Outcome {
    pub number: u64,
    pub lives: u64,
    /// The points at which its lives were killed.
    pub killed_at: Vec<String>,
    /// The points that lives came to which were not killed.
    pub reached: Vec<String>,
    /// The faults its lives met.
    pub faults: Vec<String>,
    /// What was wrong at the end.
    pub wrong: Vec<String>,
    /// Everything that was told on the way.
    pub log: Vec<String>,
}

/// The counts of all runs.
#[derive(Debug)]
pub struct Summary {
    campaign: &'static str,
    runs: u64,
    lives: u64,
    killed: BTreeMap<String, u64>,
    reached: BTreeSet<String>,
    faults: BTreeMap<String, u64>,
    failed: Vec<Outcome>,
}

impl Summary {
    /// Nothing yet, of the campaign that the command line calls this.
    pub fn of(campaign: &'static str) -> Self {
        Self {
            campaign,
            runs: 0,
            lives: 0,
            killed: BTreeMap::new(),
            reached: BTreeSet::new(),
            faults: BTreeMap::new(),
            failed: Vec::new(),
        }
    }

    pub fn add(&mut self, outcome: Outcome) {
        self.runs += 1;
        self.lives += outcome.lives;
        for point in &outcome.killed_at {
            *self.killed.entry(point.clone()).or_default() += 1;
        }
        let come_to = outcome.reached.iter().chain(&outcome.killed_at);
        self.reached.extend(come_to.cloned());
        for fault in &outcome.faults {
            *self.faults.entry(fault.clone()).or_default() += 1;
        }
        if !outcome.wrong.is_empty() {
            self.failed.push(outcome);
        }
    }

    pub fn runs(&self) -> u64 {
        self.runs
    }

    pub fn failures(&self) -> usize {
        self.failed.len()
    }

    /// The lines of the block.
    pub fn block(&self, seed: u64) -> String {
        let mut text = String::new();
        let kills: u64 = self.killed.values().sum();
        let _ = writeln!(
            text,
            "lives     {}, of which {kills} were killed",
            self.lives
        );
        let come_to = self.reached.iter();
        let never: Vec<&str> = come_to
            .filter(|name| !self.killed.contains_key(*name))
            .map(String::as_str)
            .collect();
        let _ = writeln!(
            text,
            "points    {} of the {} that lives came to were died at",
            self.reached.len() - never.len(),
            self.reached.len()
        );
        let _ = writeln!(text, "          {}", counts(&self.killed));
        if !never.is_empty() {
            let _ = writeln!(text, "          never: {}", never.join(", "));
        }
        let _ = writeln!(text, "faults    {} kinds", self.faults.len());
        let _ = writeln!(text, "          {}", counts(&self.faults));
        let _ = writeln!(text, "failures  {}", self.failed.len());
        for outcome in &self.failed {
            let again = format!(
                "cargo xtask faults {} --seed {seed} -- --only {}",
                self.campaign, outcome.number
            );
            let _ = writeln!(
                text,
                "  run {}: {}",
                outcome.number,
                outcome.wrong.join("; ")
            );
            let _ = writeln!(text, "    {again}");
        }
        text
    }
}

fn counts(counted: &BTreeMap<String, u64>) -> String {
    let mut lines = Vec::new();
    for chunk in counted.iter().collect::<Vec<_>>().chunks(6) {
        let line: Vec<String> = chunk
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        lines.push(line.join(" · "));
    }
    lines.join("\n          ")
}
