//! That the program that ships has nothing in it that is for tests.

use crate::command::Shown;
use crate::paths;
use crate::problem::{Done, Problem};

/// Features that only tests may turn on, as `cargo tree` names them.
const ONLY_FOR_TESTS: [&str; 3] = ["kill-points", "file-store", "fuzzing"];

/// The crates of this workspace that the program is made of.
const OWN_CRATES: [&str; 5] = ["guard", "practice", "twilio", "vault", "workflows"];

/// What opens the program to its tests (`src-tauri/src/doors.rs`, `options.rs`) is there with debug assertions only: what ships is built
/// without them.
fn ships_without_debug_assertions() -> Done {
    let manifest = paths::root().join("Cargo.toml");
    let manifest = std::fs::read_to_string(&manifest)
        .map_err(|error| Problem::new(format!("{}: {error}", manifest.display())))?;
    let turned_on = manifest
        .split("\n[")
        .filter(|section| section.starts_with("profile.release"))
        .flat_map(str::lines)
        .any(|line| {
            let line: String = line.split_whitespace().collect();
            line.starts_with("debug-assertions=true") || line.starts_with("inherits=\"dev\"")
        });
    if turned_on {
        return Err(Problem::new(
            "the program would ship with debug assertions, and with what they open to tests"
                .to_owned(),
        ));
    }
    let built = paths::root()
        .join("target/release")
        .join(format!("subvault{}", std::env::consts::EXE_SUFFIX));
    if !built.exists() {
        return Ok(());
    }
    // It ends at the command line, before there is a window.
    let answer = std::process::Command::new(&built)
        .args(["--lock-after", "1"])
        .output()
        .map_err(|error| Problem::new(format!("{}: {error}", built.display())))?;
    if answer.status.code() == Some(2) {
        return Ok(());
    }
    Err(Problem::new(format!(
        "{} knows options that are for tests",
        built.display()
    )))
}

/// What the program is built from, by itself, has none of the features that only tests turn on, nor the doors.
pub fn shipped() -> Done {
    ships_without_debug_assertions()?;
    let features = Shown::cargo()
        .args(["tree", "--package", "subvault", "--target", "all"])
        .args([
            "--edges",
            "normal,build",
            "--format",
            "{p} {f}",
            "--prefix",
            "none",
        ])
        .read()?;
    for name in OWN_CRATES {
        let of_it = |line: &&str| line.split(' ').next() == Some(name);
        let mut lines = features.lines().filter(of_it).peekable();
        if lines.peek().is_none() {
            return Err(Problem::new(format!(
                "the program is not made of `{name}` any more"
            )));
        }
        if let Some(line) =
            lines.find(|line| ONLY_FOR_TESTS.iter().any(|feature| line.contains(feature)))
        {
            return Err(Problem::new(format!(
                "the program would be built with {line}"
            )));
        }
    }
    Ok(())
}
