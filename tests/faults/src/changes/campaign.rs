//! The runs of this campaign.

use std::collections::HashSet;
use std::path::Path;

use jiff::SignedDuration;

use super::followed::Followed;
use super::judge::{Evidence, judge};
use super::life::Task;
use super::paths;
use super::plan::Plan;
use super::prepared::Prepared;
use crate::lives::conclude::conclude;
use crate::lives::one_life::Run;
use crate::lives::planned_life::Life;
use crate::lives::runs::Campaign;
use crate::lives::stage::{Twilio, run_folder, scratch};
use crate::lives::summary::Outcome;

/// What this program is told to be, to live one life of a run.
pub const ROLE: &str = "changing";

/// Changing what there is, in batches.
pub struct Changes {
    prepared: Prepared,
}

impl Campaign for Changes {
    const NAME: &'static str = "changes";
    /// What is closed is closed for good.
    const TOGETHER: u64 = 1;

    async fn prepare() -> Result<Self, String> {
        let prepared = Prepared::new().await?;
        Ok(Self { prepared })
    }

    async fn run(&self, seed: u64, number: u64, twilio: &Twilio, scratch: &Path) -> Outcome {
        let plan = Plan::new(seed, number, &self.prepared.scene);
        run(&plan, twilio, &self.prepared, scratch).await
    }
}

/// Walks every path without a kill of chance, and answers the points that they came to.
///
/// # Errors
/// In words, what was wrong.
pub async fn reached_on_paths() -> Result<HashSet<String>, String> {
    let prepared = Prepared::new().await?;
    let scratch = scratch().map_err(|error| error.to_string())?;
    let mut reached = HashSet::new();
    for (number, (name, path)) in (0..).zip(paths::all(&prepared.scene)) {
        let twilio = Twilio::start().await?;
        let plan = Plan::of_path(path, number);
        let outcome = run(&plan, &twilio, &prepared, scratch.path()).await;
        if !outcome.wrong.is_empty() {
            return Err(format!("{name}: {}", outcome.wrong.join("; ")));
        }
        reached.extend(outcome.reached);
        reached.extend(outcome.killed_at);
    }
    Ok(reached)
}

async fn run(plan: &Plan, twilio: &Twilio, prepared: &Prepared, scratch: &Path) -> Outcome {
    let mut outcome = Outcome {
        number: plan.number,
        lives: plan.lives.len() as u64,
        faults: plan.lives.iter().flat_map(Life::faults).collect(),
        log: vec![format!("{plan:#?}")],
        ..Outcome::default()
    };
    let folder = run_folder(scratch, plan.number);
    if let Err(error) = play(plan, twilio, prepared, &folder, &mut outcome).await {
        outcome.wrong.push(error);
    }
    outcome
}

async fn play(
    plan: &Plan,
    twilio: &Twilio,
    prepared: &Prepared,
    folder: &Path,
    outcome: &mut Outcome,
) -> Result<(), String> {
    prepared.copy(folder)?;
    prepared.make_keys(twilio).await?;
    let before = twilio.state();
    twilio.practice.forget_requests();
    let mut followed = Followed::new(&plan.asked);
    let mut run = Run {
        twilio,
        folder,
        before: &before,
        role: ROLE,
        ahead: 0,
        outcome,
    };
    for life in &plan.lives {
        followed.begins(twilio.practice.requests().len());
        let later = SignedDuration::from_mins(life.minutes_later);
        twilio.practice.advance_clock(later);
        let task = Task {
            asked: plan.asked.clone(),
            first_twice: plan.first_twice,
            deeds: life.work.clone(),
        };
        followed.hear(&run.live(life, task).await?);
    }
    let mut ahead = run.ahead;
    followed.begins(twilio.practice.requests().len());
    let workspace = conclude(folder, twilio, &mut ahead, &mut outcome.log, &mut followed).await?;
    let evidence = Evidence {
        plan,
        folder,
        twilio,
        workspace: &workspace,
        before: &before,
        followed: &followed,
        saved: &prepared.saved(),
    };
    let wrong = judge(&evidence).await?;
    outcome.wrong.extend(wrong);
    Ok(())
}
