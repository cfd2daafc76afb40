//! One module a command.

pub mod bench;
mod dependencies;
pub mod faults;
mod fuzz;
pub mod macos;
mod part;
pub mod run;
pub mod test;
mod window_faults;
pub mod windows;

use crate::problem::{Done, Problem};

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
