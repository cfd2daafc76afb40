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
    front_end::install_packages(&paths::conformance())?;
    let packages = ["subvault", "empty-window", "practice", "stories", "reading"];
    Shown::cargo()
        .args(["build", "--release"])
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .run()?;
    let built = |program: &str| paths::target().join("release").join(program);
    Shown::new(&built("reading").to_string_lossy())
        .arg(paths::conformance())
        .run()?;
    Shown::new(&built("measure").to_string_lossy()).run()
}
