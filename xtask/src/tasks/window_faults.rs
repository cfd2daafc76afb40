//! The parts of `cargo xtask faults` that are told in the real window. Their short forms are stories of `cargo xtask test`.
//!
//! They are told of the program built for tests: the shipped one asks nobody but Twilio and its own practice mode.

mod told;

use std::thread;

use super::build_everything;
use super::part::{Order, Outcome, Part, Report};
use crate::command::Shown;
use crate::paths;
use crate::problem::{Done, Problem};
use crate::setup::{self, front_end, needs};

/// The keychain hangs; a run is one second of that.
pub const HANG: Part = Part {
    name: "hang",
    what: "the window stays smooth, says so and closes while the keychain hangs",
    full: 60,
    short: 0,
    work: |order| tell("hang", order),
};

/// Known secrets are looked for everywhere; a run is the whole story on a computer of its own.
pub const CANARIES: Part = Part {
    name: "canaries",
    what: "secrets are in the keychain, and elsewhere only where they were asked for",
    full: 100,
    short: 0,
    work: canaries,
};

/// The window is locked again and again; a run is one locking.
pub const LOCKED: Part = Part {
    name: "locked",
    what: "five seconds after locking no process of the program has a secret in memory",
    full: 100,
    short: 0,
    work: |order| tell("locked", order),
};

/// A backup is restored on another computer; a run is one key in it.
pub const RESTORE: Part = Part {
    name: "restore",
    what: "a backup is restored in five clicks and two minutes, each key kept and proved",
    full: 1_000,
    short: 0,
    work: |order| tell("restore", order),
};

fn tell(part: &str, order: &Order) -> Done<Report> {
    if order.runs == 0 {
        return Ok(as_a_story());
    }
    build()?;
    let (text, held) = told_once(part, order.runs)?;
    Ok(Report {
        text,
        outcome: Outcome::at_the_end(held),
    })
}

/// Every run has a computer of its own, so several can be told at once. One story waits more than it works.
fn canaries(order: &Order) -> Done<Report> {
    if order.runs == 0 {
        return Ok(as_a_story());
    }
    let at_once = at_once(&order.rest)?.min(order.runs);
    build()?;
    let shares = (0..at_once)
        .map(|reporter| order.runs / at_once + u64::from(reporter < order.runs % at_once));
    let printed = thread::scope(|scope| {
        let reporters: Vec<_> = shares
            .map(|runs| scope.spawn(move || told_once("canaries", runs)))
            .collect();
        reporters
            .into_iter()
            .map(|reporter| {
                let told = reporter.join();
                told.unwrap_or_else(|_| Err(Problem::new("a story was not told to its end")))
            })
            .collect::<Done<Vec<_>>>()
    })?;
    let mut told = told::Told::default();
    let mut failed = String::new();
    for (text, held) in &printed {
        told.count(text);
        if !held {
            failed.push_str(text);
        }
    }
    let text = format!(
        "at once   {at_once}\nmemory    read whole, as a core dump would have it\nwhole     {} runs\n{}{failed}",
        told.whole(),
        told.lines(),
    );
    let outcome = Outcome::at_the_end(failed.is_empty() && told.whole() == order.runs);
    Ok(Report { text, outcome })
}

/// How many runs go on side by side, where the order says so.
fn at_once(rest: &[String]) -> Done<u64> {
    let at_once = match rest {
        [] => Some(1),
        [word, number] if word == "--at-once" => number.parse().ok().filter(|&number| number > 0),
        _ => None,
    };
    at_once.ok_or_else(|| {
        Problem::new("this part takes -- --at-once N: how many runs go on side by side")
    })
}

fn as_a_story() -> Report {
    Report {
        text: "why       its short form is one of the stories".to_owned(),
        outcome: Outcome::NotRun,
    }
}

fn build() -> Done {
    setup::provide(&[needs::BUILD, needs::DESKTOP])?;
    front_end::prepare_pages()?;
    build_everything()
}

/// What the campaign printed, and whether everything in it held.
fn told_once(part: &str, runs: u64) -> Done<(String, bool)> {
    Shown::new(&paths::built("window-faults").display().to_string())
        .args([part, &runs.to_string()])
        .tell()
}
