//! `cargo xtask faults`: long campaigns of kills, faults and hostile input, one part a file, one summary block a part.

mod campaign;
mod changes;
mod creation;
mod records;

use std::time::Instant;

use crate::command::Shown;
use crate::paths;
use crate::problem::{Done, Problem};
use crate::tasks::part::{Order, Outcome, Part};

/// A campaign is added here.
const PARTS: &[Part] = &[
    creation::PART,
    changes::PART,
    records::PART,
    super::fuzz::PART,
    super::window_faults::HANG,
    super::window_faults::CANARIES,
    super::window_faults::LOCKED,
    super::window_faults::RESTORE,
];

/// The seed of the short form: the same every time, so that a delivery fails over nothing that it did not touch.
const FIXED_SEED: u64 = 1;

const USAGE: &str = "\
cargo xtask faults [PART…] [--runs N] [--seed S] [--short] [--evidence] [-- ARGUMENTS OF THE PART]
    --runs      how many runs of each part; at full size unless told
    --seed      where everything random of creation, changes, records and fuzz comes from; a fresh one unless told
    --short     the short form, with a fixed seed
    --evidence  write each summary to docs/evidence/
    --list      the parts there are";

struct Asked {
    parts: Vec<&'static Part>,
    runs: Option<u64>,
    seed: Option<u64>,
    short: bool,
    evidence: bool,
    rest: Vec<String>,
}

/// Runs all parts, or the named ones.
pub fn faults(arguments: &[String]) -> Done {
    if arguments == ["--list"] {
        for part in PARTS {
            println!("{:<10} {:>9} runs  {}", part.name, part.full, part.what);
        }
        return Ok(());
    }
    run(&read(arguments)?)
}

/// The short form of every part, a step of `cargo xtask test`.
pub fn short() -> Done {
    run(&Asked {
        parts: PARTS.iter().collect(),
        runs: None,
        seed: None,
        short: true,
        evidence: false,
        rest: Vec::new(),
    })
}

fn read(arguments: &[String]) -> Done<Asked> {
    let mut asked = Asked {
        parts: Vec::new(),
        runs: None,
        seed: None,
        short: false,
        evidence: false,
        rest: Vec::new(),
    };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let mut number = || {
            words
                .next()
                .and_then(|number| number.parse().ok())
                .ok_or_else(|| Problem::new(format!("{word} needs a number\n\n{USAGE}")))
        };
        match word.as_str() {
            "--runs" => asked.runs = Some(number()?),
            "--seed" => asked.seed = Some(number()?),
            "--short" => asked.short = true,
            "--evidence" => asked.evidence = true,
            "--" => asked.rest = words.by_ref().cloned().collect(),
            name => asked.parts.push(
                PARTS
                    .iter()
                    .find(|part| part.name == name)
                    .ok_or_else(|| Problem::new(format!("not understood: {name}\n\n{USAGE}")))?,
            ),
        }
    }
    if asked.parts.is_empty() {
        asked.parts = PARTS.iter().collect();
    }
    Ok(asked)
}

fn run(asked: &Asked) -> Done {
    let mut failed = Vec::new();
    for part in &asked.parts {
        let runs = asked
            .runs
            .unwrap_or(if asked.short { part.short } else { part.full });
        let seed = match asked.seed {
            Some(seed) => seed,
            None if asked.short => FIXED_SEED,
            None => fresh_seed(),
        };
        let order = Order {
            runs,
            seed,
            rest: asked.rest.clone(),
        };
        if let Some(failure) = run_part(part, &order, asked.evidence)?.failure() {
            failed.push(format!("{} {failure}", part.name));
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Problem::new(failed.join(", ")))
    }
}

fn run_part(part: &Part, order: &Order, evidence: bool) -> Done<Outcome> {
    let commit = commit()?;
    let date = Shown::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"]);
    let date = date.read()?.trim().to_owned();
    let started = Instant::now();
    let report = (part.work)(order)?;
    let block = format!(
        "=== {} · {} ===\ndate      {date}\ncommit    {commit}\nseed      {}\nruns      {}\ntook      {:.0} s\n{}\nresult    {}\n",
        part.name,
        part.what,
        order.seed,
        order.runs,
        started.elapsed().as_secs_f32(),
        report.text.trim_end(),
        report.outcome.result(),
    );
    println!("\n{block}");
    // Nothing was found out, so what an earlier run found stays.
    if evidence && report.outcome != Outcome::NotRun {
        let folder = paths::root().join("docs/evidence");
        let file = folder.join(format!("{}.txt", part.name));
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&file, block))
            .map_err(|error| Problem::doing("write the evidence", error))?;
    }
    Ok(report.outcome)
}

/// The commit that is checked out, and whether files differ from it. The evidence itself does not count: the part before may have just
/// written its own.
fn commit() -> Done<String> {
    let git = |arguments: &[&str]| Shown::new("git").args(arguments).read();
    let commit = git(&["rev-parse", "HEAD"])?.trim().to_owned();
    let changed = !git(&[
        "status",
        "--porcelain",
        "--untracked-files=no",
        "--",
        ":!docs/evidence",
    ])?
    .trim()
    .is_empty();
    Ok(if changed {
        format!("{commit}, with changes")
    } else {
        commit
    })
}

fn fresh_seed() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(7, |since| since.as_secs() % 1_000_000_000)
}
