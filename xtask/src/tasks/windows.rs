use std::path::PathBuf;

use serde_json::Value;

use super::std_from_source;
use crate::command::Shown;
use crate::paths;
use crate::problem::{Done, Problem};
use crate::setup::{self, front_end, needs, rust_std::RustStd, wine};
use crate::steps::Retry;

const TARGET: &str = "x86_64-pc-windows-gnu";

/// The packages whose tests run under Wine: all but the window, which needs a web view that Wine has not.
const TESTED: [&str; 5] = ["twilio", "vault", "workflows", "practice", "guard"];

/// Cross-builds the whole program for Windows and runs the crates' tests under Wine, on Wine's Credential Manager.
pub fn windows(arguments: &[String]) -> Done {
    for name in built_and_tested(std_from_source(arguments)?, Retry::Once)? {
        println!("flaky: {name}");
    }
    Ok(())
}

/// The same; answers what failed at first and passed when it was tried again.
pub fn built_and_tested(from_source: bool, retry: Retry) -> Done<Vec<String>> {
    if cfg!(windows) {
        return on_windows().map(|()| Vec::new());
    }
    setup::provide(&[needs::BUILD, needs::WINDOWS])?;
    front_end::prepare_pages()?;
    let std = RustStd::provide(TARGET, from_source)?;
    // One build of everything, so that no package is compiled twice with other features.
    let listing = std
        .used_by(Shown::cargo().args([
            "build",
            "--target",
            TARGET,
            "--message-format=json-render-diagnostics",
        ]))
        .args(["--package", "subvault"])
        .args(TESTED.iter().flat_map(|package| ["--package", package]))
        .args(["--lib", "--bins", "--tests"])
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .read_showing_errors()?;
    let built = paths::target().join(TARGET).join("debug");
    let program = built.join("subvault.exe");
    let size = std::fs::metadata(&program)
        .map_err(|error| Problem::doing("find subvault.exe", error))?
        .len();
    println!("subvault.exe: {} MB", size / 1_000_000);
    wine::provide_random_numbers(&[built.clone(), built.join("deps")])?;
    run_tests(&test_programs(&listing)?, retry)
}

/// The same on Windows itself, where nothing has to stand in for anything.
fn on_windows() -> Done {
    setup::provide(&[])?;
    front_end::prepare_pages()?;
    Shown::cargo()
        .args(["build", "--package", "subvault"])
        .run()?;
    Shown::cargo()
        .arg("test")
        .args(TESTED.iter().flat_map(|package| ["--package", package]))
        .run()
}

/// A program with tests, and the folder of the package they belong to.
struct TestProgram {
    package: String,
    program: PathBuf,
    folder: PathBuf,
}

/// Reads cargo's messages: one JSON value a line.
fn test_programs(listing: &str) -> Done<Vec<TestProgram>> {
    let mut found = Vec::new();
    for line in listing.lines() {
        let message: Value = serde_json::from_str(line)
            .map_err(|error| Problem::doing("read cargo's messages", error))?;
        let of_tests = message["profile"]["test"].as_bool() == Some(true);
        let (true, Some(program), Some(manifest)) = (
            of_tests,
            message["executable"].as_str(),
            message["manifest_path"].as_str(),
        ) else {
            continue;
        };
        let folder = PathBuf::from(manifest)
            .parent()
            .map(PathBuf::from)
            .unwrap_or_default();
        let package = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if TESTED.contains(&package.as_str()) {
            found.push(TestProgram {
                package,
                program: PathBuf::from(program),
                folder,
            });
        }
    }
    match TESTED
        .iter()
        .find(|tested| !found.iter().any(|program| program.package == **tested))
    {
        Some(without) => Err(Problem::new(format!("no tests of {without} were built"))),
        None => Ok(found),
    }
}

/// Wine fails to start a process once in a while, so a program whose tests fail is run once more where that is allowed.
fn run_tests(programs: &[TestProgram], retry: Retry) -> Done<Vec<String>> {
    let (mut flaky, mut failed) = (Vec::new(), Vec::new());
    for test in programs {
        let mut outcomes = (0..=retry.count()).map(|_| run_one(test));
        match outcomes.position(|outcome| outcome.is_ok()) {
            Some(0) => {}
            Some(_) => flaky.push(test.package.clone()),
            None => failed.push(test.package.as_str()),
        }
    }
    if failed.is_empty() {
        Ok(flaky)
    } else {
        Err(Problem::new(format!(
            "tests failed under Wine: {}",
            failed.join(", ")
        )))
    }
}

fn run_one(test: &TestProgram) -> Done {
    let ran = wine::under_wine(&test.program)
        .inside(&test.folder)
        .env("CARGO_MANIFEST_DIR", test.folder.display().to_string())
        .run();
    if let Err(problem) = &ran {
        println!("{problem}");
    }
    ran
}
