//! The campaigns: the real workflows and the real records in processes of their own, killed at named points and crossed with
//! faults of Twilio, the keychain and the disk. Everything random comes from one seed.
#![cfg(target_os = "linux")]

pub mod changes;
mod child;
pub mod creation;
pub mod disk;
mod lives;
pub mod records;

use std::process::ExitCode;

use vault::points::Point;

use changes::Changes;
use creation::Creation;
use lives::runs::{campaign, reached_on_paths};

const USAGE: &str = "faults points | creation | changes | records [--runs N] [--seed S] [--only RUN] [--keep] [--at-once N]";

/// What the command line asks of a campaign.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// How many runs.
    pub runs: u64,
    /// Where everything random comes from.
    pub seed: u64,
    /// This run alone, and everything about it is told.
    pub only: Option<u64>,
    /// The folders of the runs stay.
    pub keep: bool,
    /// How many runs side by side.
    pub at_once: usize,
}

/// The whole program.
pub fn run() -> ExitCode {
    match read() {
        Ok(held) => held,
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Whether some path comes to every named point.
fn points() -> ExitCode {
    match never_reached() {
        Ok(none) if none.is_empty() => ExitCode::SUCCESS,
        Ok(points) => {
            println!("no path comes to {}", points.join(", "));
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn never_reached() -> Result<Vec<&'static str>, String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let mut reached = runtime.block_on(reached_on_paths::<Creation>())?;
    reached.extend(runtime.block_on(reached_on_paths::<Changes>())?);
    let names = Point::ALL.iter().map(|point| point.name());
    Ok(names.filter(|name| !reached.contains(*name)).collect())
}

fn read() -> Result<ExitCode, lexopt::Error> {
    use lexopt::prelude::*;
    let mut parser = lexopt::Parser::from_env();
    let Some(Value(named)) = parser.next()? else {
        return Err("which campaign?".into());
    };
    if named == creation::ROLE {
        let life = parser.value()?.string()?;
        creation::live(&life);
        return Ok(ExitCode::SUCCESS);
    }
    if named == changes::ROLE {
        let life = parser.value()?.string()?;
        changes::live(&life);
        return Ok(ExitCode::SUCCESS);
    }
    if named == "writer" {
        let job = parser.value()?.string()?;
        records::scribble(&job);
        return Ok(ExitCode::SUCCESS);
    }
    if named == "points" {
        return Ok(points());
    }
    let mut asked = Asked {
        runs: 100,
        seed: 1,
        only: None,
        keep: false,
        at_once: std::thread::available_parallelism().map_or(2, usize::from),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("runs") => asked.runs = parser.value()?.parse()?,
            Long("seed") => asked.seed = parser.value()?.parse()?,
            Long("only") => asked.only = Some(parser.value()?.parse()?),
            Long("keep") => asked.keep = true,
            Long("at-once") => asked.at_once = parser.value()?.parse()?,
            other => return Err(other.unexpected()),
        }
    }
    let held = match named.to_str() {
        Some("creation") => campaign::<Creation>(&asked),
        Some("changes") => campaign::<Changes>(&asked),
        Some("records") => records::campaign(&asked),
        _ => return Err("there is no such campaign".into()),
    };
    Ok(if held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
