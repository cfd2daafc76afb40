//! The runs of a campaign, several side by side.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tokio::sync::mpsc;

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

    /// Plays one run, all of whose chance comes from the seed and its number.
    fn run(
        &self,
        seed: u64,
        number: u64,
        twilio: &Twilio,
        scratch: &Path,
    ) -> impl Future<Output = Outcome> + Send;
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
                    let running = campaign.run(asked.seed, number, &twilio, scratch.path());
                    let outcome = running.await;
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
