//! The runs of a campaign, several side by side.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tokio::sync::mpsc;

use super::planned_life::Life;
use super::stage::{Twilio, run_folder, scratch};
use super::summary::{Outcome, Summary};
use crate::Asked;

/// What is played again and again, each time from another number.
pub trait Campaign: Send + Sync + Sized + 'static {
    /// As the command line calls it.
    const NAME: &'static str;
    /// Runs that share a made-up Twilio.
    const TOGETHER: u64;

    /// Makes what every run begins with.
    fn prepare() -> impl Future<Output = Result<Self, String>> + Send;

    /// What one of its runs is.
    type Plan: RunPlan;

    /// The run of this number, all of whose chance comes from the seed and the number.
    fn plan(&self, seed: u64, number: u64) -> Self::Plan;

    /// Every path without a kill of chance, by its name.
    fn paths(&self) -> Vec<(&'static str, Self::Plan)>;

    /// Plays a run in its folder, and notes in its outcome what was wrong.
    ///
    /// # Errors
    /// In words, what kept it from being played to its end.
    fn play(
        &self,
        plan: &Self::Plan,
        twilio: &Twilio,
        folder: &Path,
        outcome: &mut Outcome,
    ) -> impl Future<Output = Result<(), String>> + Send;
}

/// One run before it begins.
pub trait RunPlan: fmt::Debug + Send + Sync {
    /// What one of its lives does.
    type Work;

    /// Which of the runs it is.
    fn number(&self) -> u64;

    /// Its lives, in their order.
    fn lives(&self) -> &[Life<Self::Work>];
}

/// Walks every path of a campaign, and answers the points that they came to.
///
/// # Errors
/// In words, what was wrong.
pub async fn reached_on_paths<C: Campaign>() -> Result<HashSet<String>, String> {
    let campaign = C::prepare().await?;
    let scratch = scratch().map_err(|error| error.to_string())?;
    let mut paths = campaign.paths().into_iter().peekable();
    let mut reached = HashSet::new();
    while paths.peek().is_some() {
        let twilio = Twilio::start().await?;
        for _ in 0..C::TOGETHER {
            let Some((name, plan)) = paths.next() else {
                break;
            };
            let outcome = run(&campaign, &plan, &twilio, scratch.path()).await;
            if !outcome.wrong.is_empty() {
                return Err(format!("{name}: {}", outcome.wrong.join("; ")));
            }
            reached.extend(outcome.reached);
            reached.extend(outcome.killed_at);
        }
    }
    Ok(reached)
}

async fn run<C: Campaign>(
    campaign: &C,
    plan: &C::Plan,
    twilio: &Twilio,
    scratch: &Path,
) -> Outcome {
    let lives = plan.lives();
    let mut outcome = Outcome {
        number: plan.number(),
        lives: lives.len() as u64,
        faults: lives.iter().flat_map(Life::faults).collect(),
        log: vec![format!("{plan:#?}")],
        ..Outcome::default()
    };
    let folder = run_folder(scratch, plan.number());
    if let Err(error) = campaign.play(plan, twilio, &folder, &mut outcome).await {
        outcome.wrong.push(error);
    }
    outcome
}

/// Runs a campaign, prints its summary, and answers whether everything held.
pub fn campaign<C: Campaign>(asked: &Asked) -> bool {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(asked.at_once)
        .enable_all()
        .build()
        .expect("a runtime");
    match runtime.block_on(run_all::<C>(*asked)) {
        Ok(summary) => {
            println!("{}", summary.block(asked.seed));
            summary.failures() == 0
        }
        Err(error) => {
            println!("the campaign could not be run: {error}");
            false
        }
    }
}

async fn run_all<C: Campaign>(asked: Asked) -> Result<Summary, String> {
    let campaign = Arc::new(C::prepare().await?);
    let mut scratch = scratch().map_err(|error| error.to_string())?;
    scratch.disable_cleanup(asked.keep);
    let scratch = Arc::new(scratch);
    let next = Arc::new(AtomicU64::new(0));
    let (report, mut reports) = mpsc::unbounded_channel();
    for _ in 0..asked.at_once {
        let (campaign, scratch, next, report) = (
            Arc::clone(&campaign),
            Arc::clone(&scratch),
            Arc::clone(&next),
            report.clone(),
        );
        tokio::spawn(async move {
            loop {
                let batch = next.fetch_add(1, Ordering::SeqCst);
                let numbers = match asked.only {
                    Some(only) if batch == 0 => only..only + 1,
                    Some(_) => return,
                    None => batch * C::TOGETHER..((batch + 1) * C::TOGETHER).min(asked.runs),
                };
                if numbers.is_empty() {
                    return;
                }
                let twilio = match Twilio::start().await {
                    Ok(twilio) => twilio,
                    Err(error) => {
                        let _ = report.send(Err(error));
                        return;
                    }
                };
                for number in numbers {
                    let plan = campaign.plan(asked.seed, number);
                    let outcome = run(&*campaign, &plan, &twilio, scratch.path()).await;
                    if !asked.keep {
                        // Records that are being closed may still write.
                        let _ = std::fs::remove_dir_all(run_folder(scratch.path(), number));
                    }
                    if report.send(Ok(outcome)).is_err() {
                        return;
                    }
                }
            }
        });
    }
    drop(report);
    add_up(C::NAME, asked, &mut reports).await
}

async fn add_up(
    name: &'static str,
    asked: Asked,
    reports: &mut mpsc::UnboundedReceiver<Result<Outcome, String>>,
) -> Result<Summary, String> {
    let mut summary = Summary::of(name);
    let started = Instant::now();
    while let Some(outcome) = reports.recv().await {
        let outcome = outcome?;
        if asked.only.is_some() {
            eprintln!("{}", outcome.log.join("\n"));
        }
        if !outcome.wrong.is_empty() {
            eprintln!("run {}: {}", outcome.number, outcome.wrong.join("; "));
        }
        summary.add(outcome);
        if summary.runs().is_multiple_of(500) {
            eprintln!(
                "{} runs, {} failures, {:.0} s",
                summary.runs(),
                summary.failures(),
                started.elapsed().as_secs_f32()
            );
        }
    }
    Ok(summary)
}
