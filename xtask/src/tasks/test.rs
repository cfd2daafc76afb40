use super::{faults, macos, windows};
use crate::command::{Shown, is_on_path};
use crate::paths;
use crate::problem::{Done, Problem};
use crate::setup::{self, front_end, needs};
use crate::steps::{self, Step};

/// Everything that must hold, in the order it is tried: what is quick and often wrong comes first.
const STEPS: &[Step] = &[
    Step {
        name: "setup",
        what: "what the steps need is installed",
        needs: &[],
        work: provide,
    },
    Step {
        name: "format",
        what: "Rust is formatted",
        needs: &[],
        work: format,
    },
    Step {
        name: "ui-packages",
        what: "the front end's packages are installed",
        needs: &["setup"],
        work: ui_packages,
    },
    Step {
        name: "ui-check",
        what: "types and components hold (svelte-check)",
        needs: &["ui-packages"],
        work: ui_check,
    },
    Step {
        name: "ui-test",
        what: "units and components (vitest)",
        needs: &["ui-packages"],
        work: ui_test,
    },
    Step {
        name: "ui-build",
        what: "the pages build",
        needs: &["ui-packages"],
        work: front_end::build_pages,
    },
    Step {
        name: "build",
        what: "every Rust target builds",
        needs: &["setup", "ui-build"],
        work: build,
    },
    Step {
        name: "clippy",
        what: "clippy finds nothing",
        needs: &["setup", "ui-build"],
        work: clippy,
    },
    Step {
        name: "rust-test",
        what: "Rust units, properties and integration",
        needs: &["build"],
        work: rust_test,
    },
    Step {
        name: "doc-test",
        what: "the examples in the documentation",
        needs: &["build"],
        work: doc_test,
    },
    Step {
        name: "keychain",
        what: "the vault on a real keychain, and its sealed copies opened by age",
        needs: &["build"],
        work: keychain,
    },
    Step {
        name: "bindings",
        what: "the types the front end uses are current",
        needs: &["build"],
        work: bindings,
    },
    Step {
        name: "shipped",
        what: "nothing that only tests need is in the program",
        needs: &[],
        work: shipped,
    },
    Step {
        name: "faults",
        what: "the short form of the campaigns of kills and faults",
        needs: &["build"],
        work: faults::short,
    },
    Step {
        name: "conformance",
        what: "Twilio's own client and documents judge the practice server",
        needs: &["build"],
        work: conformance,
    },
    Step {
        name: "browser",
        what: "the front end in a browser",
        needs: &["setup", "ui-packages"],
        work: browser,
    },
    Step {
        name: "stories",
        what: "whole stories in the real window, on a real keychain",
        needs: &["build"],
        work: stories,
    },
    Step {
        name: "axe",
        what: "every screen of the real window, light and dark (axe-core)",
        needs: &["build"],
        work: axe,
    },
    Step {
        name: "windows",
        what: "builds for Windows, and the crates' tests pass under Wine",
        needs: &["setup", "ui-build"],
        work: for_windows,
    },
    Step {
        name: "macos",
        what: "type-checks for Apple silicon",
        needs: &["setup", "ui-build"],
        work: for_macos,
    },
];

/// Runs all steps, or the named ones with those that they need.
pub fn test(arguments: &[String]) -> Done {
    if arguments == ["--list"] {
        for step in STEPS {
            println!("{:<14} {}", step.name, step.what);
        }
        return Ok(());
    }
    if let Some(unknown) = arguments
        .iter()
        .find(|name| !STEPS.iter().any(|step| step.name == name.as_str()))
    {
        return Err(Problem::new(format!(
            "there is no step `{unknown}`; `cargo xtask test --list` lists them"
        )));
    }
    steps::run_all(&if arguments.is_empty() {
        STEPS.iter().collect()
    } else {
        steps::named(STEPS, arguments)
    })
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
        needs::MACOS,
    ])
}

fn format() -> Done {
    Shown::cargo().args(["fmt", "--all", "--check"]).run()
}

fn ui_packages() -> Done {
    front_end::install_packages(&paths::ui())
}

fn ui_check() -> Done {
    npm("check")
}

fn ui_test() -> Done {
    npm("test")
}

fn browser() -> Done {
    let browser = needs::browser().ok_or_else(|| Problem::new("no browser is installed"))?;
    Shown::new("npm")
        .args(["run", "test:browser"])
        .inside(paths::ui())
        .env("CHROMIUM", browser)
        .run()
}

fn build() -> Done {
    Shown::cargo()
        .args(["build", "--workspace", "--all-targets"])
        .run()
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

/// All packages are always named together, so that none is compiled again with other features.
fn rust_test() -> Done {
    // It is loaded by tests and linked by none, so that building the tests does not build it.
    Shown::cargo()
        .args(["build", "--package", "faulty-disk"])
        .run()?;
    if has_nextest() {
        return nextest("not package(stories)").run();
    }
    Shown::cargo()
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

/// Features that only tests may turn on, as `cargo tree` names them.
const ONLY_FOR_TESTS: [&str; 3] = ["kill-points", "file-store", "fuzzing"];

/// The crates of this workspace that the program is made of.
const OWN_CRATES: [&str; 5] = ["guard", "practice", "twilio", "vault", "workflows"];

/// What the program is built from, by itself, has none of the features that only tests turn on.
fn shipped() -> Done {
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

fn conformance() -> Done {
    let folder = paths::conformance();
    front_end::install_packages(&folder)?;
    Shown::new("npm")
        .arg("test")
        .inside(folder)
        .env("PRACTICE_BIN", paths::built("practice"))
        .run()
}

fn stories() -> Done {
    in_the_window(
        "package(stories) & not binary(accessibility)",
        &["--lib", "--test", "harness", "--test", "stories"],
    )
}

fn axe() -> Done {
    in_the_window(
        "package(stories) & binary(accessibility)",
        &["--test", "accessibility"],
    )
}

/// One at a time: two windows on two cores measure each other's patience.
fn in_the_window(filter: &str, targets: &[&str]) -> Done {
    if !cfg!(target_os = "linux") {
        return Err(Problem::new("the window is driven on Linux only"));
    }
    if has_nextest() {
        return nextest(filter).args(["--test-threads", "1"]).run();
    }
    Shown::cargo()
        .args(["test", "--package", "stories"])
        .args(targets)
        .args(["--", "--test-threads", "1"])
        .run()
}

fn for_windows() -> Done {
    windows::windows(&[])
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
