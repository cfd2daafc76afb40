//! The runs of this campaign.

use std::path::Path;
use std::sync::Arc;

use workflows::Workspace;

use super::judge::{Evidence, Told, judge};
use super::life::Task;
use super::paths;
use super::plan::Plan;
use super::prepared::{Prepared, look_alikes};
use crate::lives::conclude::{ByItsUsers, conclude};
use crate::lives::one_life::Run;
use crate::lives::runs::Campaign;
use crate::lives::stage::Twilio;
use crate::lives::summary::Outcome;

/// What this program is told to be, to live one life of a run.
pub const ROLE: &str = "creating";

/// Creating subaccounts and keys.
pub struct Creation {
    prepared: Prepared,
}

impl Campaign for Creation {
    const NAME: &'static str = "creation";
    const TOGETHER: u64 = 20;

    async fn prepare() -> Result<Self, String> {
        let prepared = Prepared::new().await?;
        Ok(Self { prepared })
    }

    type Plan = Plan;

    fn plan(&self, seed: u64, number: u64) -> Plan {
        Plan::new(seed, number)
    }

    fn paths(&self) -> Vec<(&'static str, Plan)> {
        let paths = (0..).zip(paths::all());
        paths
            .map(|(number, (name, lives))| (name, Plan::of_path(lives, number)))
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

/// There is nothing else that users of this campaign go on with.
struct NothingElse;

impl ByItsUsers for NothingElse {
    async fn go_on(
        &mut self,
        _: &Arc<Workspace>,
        _: &Twilio,
        _: &mut Vec<String>,
    ) -> Result<bool, String> {
        Ok(true)
    }
}

async fn play(
    plan: &Plan,
    twilio: &Twilio,
    prepared: &Prepared,
    folder: &Path,
    outcome: &mut Outcome,
) -> Result<(), String> {
    prepared
        .copy(plan, folder)
        .map_err(|error| error.to_string())?;
    if plan.look_alikes {
        look_alikes(twilio, plan)
            .await
            .map_err(|error| error.to_string())?;
    }
    let before = twilio.state();
    twilio.practice.forget_requests();
    let mut told = Told::default();
    let mut run = Run {
        twilio,
        folder,
        before: &before,
        role: ROLE,
        ahead: 0,
        outcome,
    };
    for life in &plan.lives {
        let task = Task {
            known: twilio.known.clone(),
            work: life.work,
            orders: plan.orders.clone(),
        };
        told.hear(&run.live(life, task).await?);
    }
    let mut ahead = run.ahead;
    let log = &mut outcome.log;
    let workspace = conclude(folder, twilio, &mut ahead, log, &mut NothingElse).await?;
    let evidence = Evidence {
        plan,
        folder,
        twilio,
        workspace: &workspace,
        before: &before,
        told: &told,
    };
    let wrong = judge(&evidence).await?;
    outcome.wrong.extend(wrong);
    Ok(())
}
