//! The runs, several side by side.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use vault::keychain::FileStore;
use vault::keychain::file_store::Script;
use vault::points::Point;

use super::claims::Claims;
use super::conclude::conclude;
use super::judge::{Evidence, Told, judge};
use super::life::Job;
use super::paths;
use super::place::{keychain_in, records_in};
use super::plan::Plan;
use super::planned_life::Life;
use super::stage::{Prepared, Twilio, lose_secrets, run_folder, scratch};
use super::summary::{Outcome, Summary};
use super::trouble::TwilioTrouble;
use crate::Asked;
use crate::child::{self, Written};
use crate::disk::Control;

/// Runs that share a made-up Twilio.
const TOGETHER: u64 = 20;

/// Runs the campaign, prints its summary, and answers whether everything held.
pub fn campaign(asked: &Asked) -> bool {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(asked.at_once)
        .enable_all()
        .build()
        .expect("a runtime");
    let summary = runtime.block_on(run_all(*asked));
    match summary {
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
    let prepared = Arc::new(Prepared::new().await?);
    let mut scratch = scratch().map_err(|error| error.to_string())?;
    scratch.disable_cleanup(asked.keep);
    let scratch = Arc::new(scratch);
    let next = Arc::new(AtomicU64::new(0));
    let (report, mut reports) = mpsc::unbounded_channel();
    for _ in 0..asked.at_once {
        let (prepared, scratch, next, report) = (
            Arc::clone(&prepared),
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
                    None => batch * TOGETHER..((batch + 1) * TOGETHER).min(asked.runs),
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
                    let plan = Plan::new(asked.seed, number);
                    let outcome = run(&plan, &twilio, &prepared, scratch.path()).await;
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
    let mut summary = Summary::default();
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

/// Walks every path without a kill of chance, and answers the points that none of them came to, and what was wrong.
pub fn never_reached() -> Result<Vec<&'static str>, String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let prepared = Prepared::new().await?;
        let scratch = scratch().map_err(|error| error.to_string())?;
        let twilio = Twilio::start().await?;
        let mut reached = HashSet::new();
        for (number, (name, lives)) in (0..).zip(paths::all()) {
            let plan = Plan::of_path(lives, number);
            let outcome = run(&plan, &twilio, &prepared, scratch.path()).await;
            if !outcome.wrong.is_empty() {
                return Err(format!("{name}: {}", outcome.wrong.join("; ")));
            }
            reached.extend(outcome.reached);
            reached.extend(outcome.killed_at);
        }
        let names = Point::ALL.iter().map(|point| point.name());
        Ok(names.filter(|name| !reached.contains(*name)).collect())
    })
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
    prepared
        .copy(plan, folder)
        .map_err(|error| error.to_string())?;
    if plan.look_alikes {
        twilio
            .look_alikes(plan)
            .await
            .map_err(|error| error.to_string())?;
    }
    let before = twilio.state();
    twilio.practice.forget_requests();
    let mut told = Told::default();
    let mut ahead = 0;
    for life in &plan.lives {
        ahead += life.minutes_later * 60;
        let mut claims = Claims::new(twilio, &before);
        let lived = live_once(
            plan,
            life,
            twilio,
            folder,
            ahead,
            outcome,
            &mut told,
            &mut claims,
        )
        .await;
        outcome.wrong.append(&mut claims.wrong);
        lived?;
    }
    let workspace = conclude(folder, twilio, &mut ahead, &mut outcome.log).await?;
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

#[allow(
    clippy::too_many_arguments,
    reason = "a life has much around it, each of which is somebody else's"
)]
/// Starts a process that lives this life, and notes what it told and how it ended.
async fn live_once(
    plan: &Plan,
    life: &Life,
    twilio: &Twilio,
    folder: &Path,
    ahead: i64,
    outcome: &mut Outcome,
    told: &mut Told,
    claims: &mut Claims<'_>,
) -> Result<(), String> {
    let practice = &twilio.practice;
    practice.faults().clear();
    practice.catch_up_within(Duration::ZERO);
    practice
        .go_online()
        .await
        .map_err(|error| error.to_string())?;
    let mut base_url = practice.base_url();
    match &life.twilio {
        None => {}
        Some(TwilioTrouble::Offline) => practice.go_offline().await,
        Some(TwilioTrouble::Tls) => base_url = base_url.replace("http://", "https://"),
        Some(TwilioTrouble::CatchesUp(within)) => practice.catch_up_within(*within),
        Some(TwilioTrouble::Rule(rule)) => {
            practice.faults().inject(rule.clone());
        }
    }
    let script = life
        .keychain
        .as_ref()
        .map_or_else(Script::default, |trouble| trouble.script.clone());
    FileStore::direct(&keychain_in(folder), &script).map_err(|error| error.to_string())?;
    let control = match life.disk {
        None => None,
        Some(_) => {
            let file = folder.join("disk-control");
            Some(Control::new(file).map_err(|error| error.to_string())?)
        }
    };
    let parent = practice.parent();
    let job = Job {
        folder: folder.to_owned(),
        base_url,
        parent: (parent.account_sid, parent.auth_token),
        known: twilio.known.clone(),
        work: life.work,
        orders: plan.orders.clone(),
        ahead,
        hasty: life.is_hasty(),
        keychain_hangs: life.keychain_hangs(),
        disk: life.disk,
        disk_control: control.as_ref().map(|control| control.file().to_owned()),
        kill: life.kill,
    };
    let records = records_in(&job.folder);
    let disk = control.as_ref().map(|control| (control, records.as_path()));
    let Written {
        output,
        errors: told_errors,
    } = child::run_heard("life", &job, disk, |line| claims.hear(line)).await?;
    outcome
        .log
        .push(format!("--- {:?}\n{output}{told_errors}", life.work));
    if let Some(point) = told_errors
        .lines()
        .find_map(|line| line.strip_prefix("killed at "))
    {
        outcome.killed_at.push(point.to_owned());
    } else if !output.lines().any(|line| line == "end") {
        return Err(format!("a life ended by itself: {told_errors}"));
    }
    for line in output.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["made", account, key] => told.made.push((account.to_string(), key.to_string())),
            ["handed", key] => told.handed_over.push(key.to_string()),
            ["unwanted", key] => told.unwanted.push(key.to_string()),
            ["deleted", key] => told.deleted.push(key.to_string()),
            ["reached", points @ ..] => {
                let points = points.iter().map(|point| point.to_string());
                outcome.reached.extend(points);
            }
            // With a disk that fails, the day's copy cannot be made.
            ["notice", "NoCopyMade", ..] if life.disk.is_some() => {}
            ["notice", ..] => outcome
                .wrong
                .push(format!("the records opened with a {line}")),
            _ => {}
        }
    }
    if life.emptied_after {
        let _ = std::fs::remove_file(keychain_in(folder));
    }
    if life.secrets_lost_after {
        lose_secrets(folder, twilio).await;
    }
    Ok(())
}
