//! The program `faults`, which has the campaigns that kill processes.

use crate::command::Shown;
use crate::paths;
use crate::problem::{Done, Problem};
use crate::tasks::build_everything;
use crate::tasks::part::{Order, Outcome, Report};

/// Builds the program and lets it run one campaign.
pub fn run(campaign: &str, order: &Order) -> Done<Report> {
    if !cfg!(target_os = "linux") {
        return Err(Problem::new("its kills and disk faults need Linux"));
    }
    build_everything()?;
    let (text, held) = Shown::new(&paths::built("faults").to_string_lossy())
        .arg(campaign)
        .args(["--runs", &order.runs.to_string()])
        .args(["--seed", &order.seed.to_string()])
        .args(&order.rest)
        .tell()?;
    Ok(Report {
        text,
        outcome: Outcome::at_the_end(held),
    })
}
