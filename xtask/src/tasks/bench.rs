use crate::command::Shown;
use crate::paths;
use crate::problem::{Done, Problem};
use crate::setup::{self, front_end, needs};

/// Measures the program beside an empty window built the same way, and prints the figures with their goals.
pub fn bench(arguments: &[String]) -> Done {
    if !arguments.is_empty() {
        return Err(Problem::new(format!(
            "not understood: {}",
            arguments.join(" ")
        )));
    }
    setup::provide(&[needs::BUILD, needs::DESKTOP])?;
    front_end::prepare_pages()?;
    let packages = ["subvault", "empty-window", "practice", "stories"];
    Shown::cargo()
        .args(["build", "--release"])
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .run()?;
    Shown::new(&paths::target().join("release/measure").to_string_lossy()).run()
}
