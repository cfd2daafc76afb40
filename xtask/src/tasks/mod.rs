//! One module a command.

mod arrows;
pub mod bench;
mod dependencies;
pub mod faults;
mod fuzz;
pub mod macos;
mod part;
pub mod run;
mod shipped;
pub mod test;
mod window_faults;
pub mod windows;

use crate::command::Shown;
use crate::problem::{Done, Problem};

/// Builds every target of everything. Whatever needs a program builds all: by itself it would be built with other features, and so would
/// all that it uses.
fn build_everything() -> Done {
    Shown::cargo()
        .args(["build", "--workspace", "--all-targets"])
        .run()
}

/// Whether `--std-from-source` is among the arguments; anything else is refused.
fn std_from_source(arguments: &[String]) -> Done<bool> {
    match arguments {
        [] => Ok(false),
        [only] if only == "--std-from-source" => Ok(true),
        _ => Err(Problem::new(format!(
            "not understood: {}",
            arguments.join(" ")
        ))),
    }
}
