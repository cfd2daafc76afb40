//! The runs, several side by side.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tokio::sync::mpsc;

use super::plan::SAGA;
use super::saga::play;
use super::summary::{Outcome, Summary};
use crate::Asked;
use crate::lives::stage::scratch;

/// Runs the campaign, prints its summary, and answers whether everything held.
pub fn campaign(asked: &Asked) -> bool {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(asked.at_once)
        .enable_all()
        .build()
        .expect("a runtime");
    match runtime.block_on(run_all(*asked)) {
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

async fn run_all(asked: Asked) -> Result<Summary, String> {
    let mut scratch = scratch().map_err(|error| error.to_string())?;
    scratch.disable_cleanup(asked.keep);
    let scratch = Arc::new(scratch);
    let next = Arc::new(AtomicU64::new(0));
    let (report, mut reports) = mpsc::unbounded_channel();
    for _ in 0..asked.at_once {
        let (scratch, next, report) = (Arc::clone(&scratch), Arc::clone(&next), report.clone());
        tokio::spawn(async move {
            loop {
                let run = match (asked.only, next.fetch_add(1, Ordering::SeqCst)) {
                    // A run stands on those before it.
                    (Some(only), 0) => only / SAGA,
                    (Some(_), _) => return,
                    (None, run) => run,
                };
                let first = run * SAGA;
                let end = asked
                    .only
                    .map_or((first + SAGA).min(asked.runs), |only| only + 1);
                if first >= end {
                    return;
                }
                let folder = scratch.path().join(format!("run {run}"));
                let mut outcome = Outcome::default();
                if let Err(error) = play(asked.seed, first..end, &folder, &mut outcome).await {
                    outcome.wrong.push((end - 1, error));
                }
                if !asked.keep {
                    let _ = fs::remove_dir_all(&folder);
                }
                if report.send(outcome).is_err() {
                    return;
                }
            }
        });
    }
    drop(report);
    let mut summary = Summary::default();
    let started = Instant::now();
    while let Some(outcome) = reports.recv().await {
        if asked.only.is_some() {
            eprintln!("{}", outcome.log.join("\n"));
        }
        for (number, wrong) in &outcome.wrong {
            eprintln!("run {number}: {wrong}");
        }
        summary.add(outcome);
        if summary.count() % 1000 < SAGA {
            eprintln!(
                "{} runs, {} failures, {:.0} s",
                summary.count(),
                summary.failures(),
                started.elapsed().as_secs_f32()
            );
        }
    }
    Ok(summary)
}
