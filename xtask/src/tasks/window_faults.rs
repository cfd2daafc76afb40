//! The parts of `cargo xtask faults` that are told in the real window. Their short forms are stories of `cargo xtask test`.
//!
//! They are told of the program built for tests: the shipped one asks nobody but Twilio and its own practice mode.

use super::faults::{Order, Outcome, Part, Report};
use crate::command::Shown;
use crate::paths;
use crate::problem::Done;
use crate::setup::{self, needs};

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
    work: |order| tell("canaries", order),
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
        return Ok(Report {
            text: "why       its short form is one of the stories".to_owned(),
            outcome: Outcome::NotRun,
        });
    }
    setup::provide(&[needs::BUILD, needs::DESKTOP])?;
    Shown::cargo()
        .args(["build", "--workspace", "--bins"])
        .run()?;
    let (text, held) = Shown::new(&paths::built("window-faults").display().to_string())
        .args([part, &order.runs.to_string()])
        .tell()?;
    Ok(Report {
        text,
        outcome: Outcome::at_the_end(held),
    })
}
