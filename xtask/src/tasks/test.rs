use super::{arrows, build_everything, dependencies, faults, macos, shipped, windows};
use crate::command::{Shown, is_on_path};
use crate::flaky;
use crate::paths;
use crate::problem::{Done, Problem};
use crate::setup::{self, front_end, needs};
use crate::steps::{self, Retry, Step, Work};

/// Everything that must hold, in the order it is tried: what is quick and often wrong comes first.
const STEPS: &[Step] = &[
    Step {
        name: "setup",
        what: "what the steps need is installed",
        needs: &[],
        aim: 60,
        work: Work::Plain(provide),
    },
    Step {
        name: "format",
        what: "Rust is formatted",
        needs: &[],
        aim: 5,
        work: Work::Plain(format),
    },
    Step {
        name: "arrows",
        what: "packages and files use each other one way",
        needs: &[],
        aim: 5,
        work: Work::Plain(arrows::arrows),
    },
    Step {
        name: "ui-packages",
        what: "the front end's packages are installed",
        needs: &["setup"],
        aim: 15,
        work: Work::Plain(ui_packages),
    },
    Step {
        name: "ui-check",
        what: "the page is formatted and linted, and its types and components hold",
        needs: &["ui-packages"],
        aim: 45,
        work: Work::Plain(ui_check),
    },
    Step {
        name: "ui-test",
        what: "units and components (vitest)",
        needs: &["ui-packages"],
        aim: 20,
        work: Work::Plain(ui_test),
    },
    Step {
        name: "ui-build",
        what: "the pages build",
        needs: &["ui-packages"],
        aim: 5,
        work: Work::Plain(front_end::build_pages),
    },
    Step {
        name: "build",
        what: "every Rust target builds",
        needs: &["setup", "ui-build"],
        aim: 240,
        work: Work::Plain(build_everything),
    },
    Step {
        name: "clippy",
        what: "clippy finds nothing",
        needs: &["setup", "ui-build"],
        aim: 110,
        work: Work::Plain(clippy),
    },
    Step {
        name: "rust-test",
        what: "Rust units, properties and integration",
        needs: &["build"],
        aim: 90,
        work: Work::Plain(rust_test),
    },
    Step {
        name: "doc-test",
        what: "the examples in the documentation",
        needs: &["build"],
        aim: 10,
        work: Work::Plain(doc_test),
    },
    Step {
        name: "keychain",
        what: "the vault on a real keychain, and its sealed copies opened by age",
        needs: &["build"],
        aim: 30,
        work: Work::Plain(keychain),
    },
    Step {
        name: "bindings",
        what: "the types the front end uses are current",
        needs: &["build"],
        aim: 5,
        work: Work::Plain(bindings),
    },
    Step {
        name: "shipped",
        what: "nothing that only tests need is in the program that ships",
        needs: &[],
        aim: 5,
        work: Work::Plain(shipped::shipped),
    },
    Step {
        name: "faults",
        what: "the short form of the campaigns of kills and faults",
        needs: &["build"],
        aim: 70,
        work: Work::Plain(faults::short),
    },
    Step {
        name: "dependencies",
        what: "what it is built from: licences, sources, duplicates, known weaknesses",
        needs: &["setup"],
        aim: 10,
        work: Work::Plain(dependencies::dependencies),
    },
    Step {
        name: "conformance",
        what: "Twilio's own client and documents judge the practice server",
        needs: &["build"],
        aim: 20,
        work: Work::Plain(conformance),
    },
    Step {
        name: "browser",
        what: "the front end in a browser",
        needs: &["setup", "ui-packages"],
        aim: 90,
        work: Work::Retried(browser),
    },
    Step {
        name: "stories",
        what: "whole stories in the real window, on a real keychain",
        needs: &["build"],
        aim: 150,
        work: Work::Retried(stories),
    },
    Step {
        name: "axe",
        what: "every screen of the real window, light and dark (axe-core)",
        needs: &["build"],
        aim: 90,
        work: Work::Retried(axe),
    },
    Step {
        name: "windows",
        what: "builds for Windows, and the crates' tests pass under Wine",
        needs: &["setup", "ui-build"],
        aim: 190,
        work: Work::Retried(for_windows),
    },
    Step {
        name: "macos",
        what: "type-checks for Apple silicon",
        needs: &["setup", "ui-build"],
        aim: 80,
        work: Work::Plain(for_macos),
    },
];

/// Runs all steps, or the named ones with those that they need. `--repeat N` runs the named ones N times, and those that they need once.
pub fn test(arguments: &[String]) -> Done {
    if arguments == ["--list"] {
        for step in STEPS {
            println!("{:<14} {}", step.name, step.what);
        }
        return Ok(());
    }
    let (names, times) = read(arguments)?;
    match times {
        Some(times) => steps::repeat(&steps::named(STEPS, &names), &names, times),
        None if names.is_empty() => steps::run_all(&STEPS.iter().collect::<Vec<_>>()),
        None => steps::run_all(&steps::named(STEPS, &names)),
    }
}

/// The names of steps, and how often they are to be run where that was asked for.
fn read(arguments: &[String]) -> Done<(Vec<String>, Option<u32>)> {
    let (mut names, mut times) = (Vec::new(), None);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--repeat" {
            let number = words.next().and_then(|number| number.parse().ok());
            times = Some(number.ok_or_else(|| Problem::new("--repeat needs a number"))?);
        } else if STEPS.iter().any(|step| step.name == word) {
            names.push(word.clone());
        } else {
            return Err(Problem::new(format!(
                "there is no step `{word}`; `cargo xtask test --list` lists them"
            )));
        }
    }
    if times.is_some() && names.is_empty() {
        return Err(Problem::new(
            "--repeat needs the names of the steps to repeat",
        ));
    }
    Ok((names, times))
}

/// Installs what the steps need.
pub fn set_up(arguments: &[String]) -> Done {
    if !arguments.is_empty() {
        return Err(Problem::new(format!(
            "not understood: {}",
            arguments.join(" ")
        )));
    }
    provide()
}

fn provide() -> Done {
    setup::provide(&[
        needs::BUILD,
        needs::DESKTOP,
        needs::BROWSER,
        needs::SEALED_COPIES,
        needs::WINDOWS,
        needs::FROM_PYPI,
    ])
}

fn format() -> Done {
    Shown::cargo().args(["fmt", "--all", "--check"]).run()
}

fn ui_packages() -> Done {
    front_end::install_packages(&paths::ui())
}

fn ui_check() -> Done {
    npm("lint")?;
    npm("check")
}

fn ui_test() -> Done {
    npm("test")
}

fn browser(retry: Retry) -> Done<Vec<String>> {
    let browser = needs::browser().ok_or_else(|| Problem::new("no browser is installed"))?;
    Shown::new("npm")
        .args(["run", "test:browser"])
        .inside(paths::ui())
        .env("CHROMIUM", browser)
        .env("RETRIES", retry.count().to_string())
        .run_and_read_end()
        .map(|end| flaky::in_playwrights(&end))
}

fn clippy() -> Done {
    Shown::cargo()
        .args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ])
        .run()
}

/// What property tests draw: the same each time, so that a delivery fails over nothing that it did not touch. New draws belong to those
/// who look for faults: `cargo test` without this variable.
const DRAWS: (&str, &str) = ("PROPTEST_RNG_SEED", "1");

/// All packages are always named together, so that none is compiled again with other features.
fn rust_test() -> Done {
    // It is loaded by tests and linked by none, so that building the tests does not build it.
    Shown::cargo()
        .args(["build", "--package", "faulty-disk"])
        .run()?;
    if has_nextest() {
        return nextest("not package(stories)").env(DRAWS.0, DRAWS.1).run();
    }
    Shown::cargo()
        .env(DRAWS.0, DRAWS.1)
        .args([
            "test",
            "--workspace",
            "--exclude",
            "stories",
            "--lib",
            "--bins",
            "--tests",
        ])
        .run()
}

fn doc_test() -> Done {
    Shown::cargo().args(["test", "--workspace", "--doc"]).run()
}

/// The vault's ignored tests are those that need programs from outside: a keychain, which each makes for itself, and age.
fn keychain() -> Done {
    if has_nextest() {
        return nextest("package(vault)")
            .args(["--run-ignored", "only"])
            .run();
    }
    Shown::cargo()
        .args(["test", "--package", "vault", "--", "--ignored"])
        .run()
}

fn bindings() -> Done {
    if has_nextest() {
        return nextest("package(subvault) & test(bindings)").run();
    }
    Shown::cargo()
        .args(["test", "--package", "subvault", "bindings"])
        .run()
}

fn conformance() -> Done {
    let folder = paths::conformance();
    front_end::install_packages(&folder)?;
    Shown::new("npm")
        .arg("test")
        .inside(folder)
        .env("PRACTICE_BIN", paths::built("practice"))
        .run()
}

fn stories(retry: Retry) -> Done<Vec<String>> {
    in_the_window(
        retry,
        "package(stories) & not binary(accessibility)",
        &["--lib", "--test", "harness", "--test", "stories"],
    )
}

fn axe(retry: Retry) -> Done<Vec<String>> {
    in_the_window(
        retry,
        "package(stories) & binary(accessibility)",
        &["--test", "accessibility"],
    )
}

/// Each test has a desktop of its own, so that two can go on side by side: a window mostly waits.
const WINDOWS_AT_ONCE: &str = "2";

fn in_the_window(retry: Retry, filter: &str, targets: &[&str]) -> Done<Vec<String>> {
    if !cfg!(target_os = "linux") {
        return Err(Problem::new("the window is driven on Linux only"));
    }
    if has_nextest() {
        return nextest(filter)
            .args(["--test-threads", WINDOWS_AT_ONCE])
            .args(["--retries", &retry.count().to_string()])
            .run_and_read_end()
            .map(|end| flaky::in_nextests(&end));
    }
    // Cargo's own runner has no second chances.
    Shown::cargo()
        .args(["test", "--package", "stories"])
        .args(targets)
        .args(["--", "--test-threads", WINDOWS_AT_ONCE])
        .run()
        .map(|()| Vec::new())
}

fn for_windows(retry: Retry) -> Done<Vec<String>> {
    windows::built_and_tested(false, retry)
}

fn for_macos() -> Done {
    macos::macos(&[])
}

fn npm(script: &str) -> Done {
    Shown::new("npm")
        .args(["run", script])
        .inside(paths::ui())
        .run()
}

fn has_nextest() -> bool {
    is_on_path("cargo-nextest")
}

fn nextest(filter: &str) -> Shown {
    Shown::cargo().args([
        "nextest",
        "run",
        "--workspace",
        "--no-fail-fast",
        "-E",
        filter,
    ])
}
