//! The parts of `cargo xtask faults` that are told in the real window, of the program as it is shipped. Their short forms are stories of
//! `cargo xtask test`, told of the one built for tests.

use super::faults::{Order, Part, Report};
use crate::command::Shown;
use crate::paths;
use crate::problem::Done;

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

fn tell(part: &str, order: &Order) -> Done<Report> {
    if order.runs == 0 {
        return Ok(Report {
            text: "its short form is one of the stories".to_owned(),
            held: true,
        });
    }
    super::bench::build_as_shipped()?;
    let program = paths::target().join("release/window-faults");
    let (text, held) = Shown::new(&program.display().to_string())
        .args([part, &order.runs.to_string()])
        .tell()?;
    Ok(Report { text, held })
}
