//! The runs of this campaign.

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
use crate::lives::runs::Campaign;
use crate::lives::stage::Twilio;
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

    type Plan = Plan;

    fn plan(&self, seed: u64, number: u64) -> Plan {
        Plan::new(seed, number, &self.prepared.scene)
    }

    fn paths(&self) -> Vec<(&'static str, Plan)> {
        let paths = (0..).zip(paths::all(&self.prepared.scene));
        paths
            .map(|(number, (name, path))| (name, Plan::of_path(path, number)))
            .collect()
    }

    async fn play(
        &self,
        plan: &Plan,
        twilio: &Twilio,
        folder: &Path,
        outcome: &mut Outcome,
    ) -> Result<(), String> {
        play(plan, twilio, &self.prepared, folder, outcome).await
    }
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
