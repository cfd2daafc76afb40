//! The part of `cargo xtask faults` that looks for bytes which break a parser.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Instant;

use super::part::{Order, Outcome, Part, Report};
use crate::command::{Shown, is_on_path};
use crate::paths;
use crate::problem::{Done, Problem};
use crate::setup::{self, needs};

/// The part; a run is one input to one parser.
pub const PART: Part = Part {
    name: "fuzz",
    what: "no bytes from outside break a parser",
    full: 1_000_000,
    short: 20_000,
    work: fuzz,
};

/// With fewer runs than this, building libFuzzer's targets would take longer than running them.
const LIBFUZZER_FROM: u64 = 100_000;
/// An input that takes longer counts as a failure, in seconds. More than a machine that is busy or asleep for a moment needs.
const LONGEST: u64 = 120;
/// A parser that takes more memory counts as a failure, in megabytes.
const LARGEST: u64 = 2_048;
/// libFuzzer makes inputs as long as the longest seed, or 4,096 bytes. A longer sealed copy than this has only more recipients than
/// any real one, each of which takes a key agreement; a longer field is refused for its length. Seeds that are longer are read
/// whole by the short form.
const LENGTHS: [(&str, usize); 4] = [
    ("sealed_copy", 2_048),
    ("sealed_passphrase", 2_048),
    ("typed_fields", 1_200),
    ("wrapped_identity", 2_048),
];
/// libFuzzer's targets run on the stable compiler; only the flags that instrument them are unstable.
const ALLOW_UNSTABLE: (&str, &str) = ("RUSTC_BOOTSTRAP", "1");

fn fuzz(order: &Order) -> Done<Report> {
    if order.runs < LIBFUZZER_FROM {
        return changed_seeds(order);
    }
    let limit = limit(&order.rest)?;
    provide()?;
    let targets = targets()?;
    build()?;
    let started = Instant::now();
    let mut found = search(&targets, order, limit)?;
    found.sort_by(|one, other| one.target.cmp(&other.target));
    let total: u64 = found.iter().map(|found| found.runs).sum();
    let mut text = format!(
        "parsers   {}, {total} inputs in all, {:.0} s of searching\n",
        found.len(),
        started.elapsed().as_secs_f32()
    );
    for found in &found {
        let _ = writeln!(
            text,
            "  {:<18} {:>9} inputs  {:>6} a second  slowest {:>2} s  {:>5} edges seen  {:>5} inputs kept",
            found.target, found.runs, found.a_second, found.slowest, found.edges, found.kept
        );
        if let Some(seconds) = found.slowest_again {
            let _ = writeln!(
                text,
                "    its slowest input took {seconds:.1} s when it was read again, by itself"
            );
        }
        if found.runs < order.runs {
            let _ = writeln!(text, "    stopped short of {} inputs", order.runs);
        }
        if let Some(trouble) = &found.trouble {
            let _ = writeln!(text, "    {trouble}");
        }
    }
    let short: Vec<_> = found
        .iter()
        .filter(|found| found.runs < order.runs)
        .map(|found| found.target.as_str())
        .collect();
    let outcome = if found.iter().any(|found| found.trouble.is_some()) {
        Outcome::DidNotHold
    } else if short.is_empty() {
        Outcome::Held
    } else {
        Outcome::StoppedShort
    };
    if !short.is_empty() {
        let _ = writeln!(text, "short     {}", short.join(", "));
    }
    Ok(Report { text, outcome })
}

/// The seconds a target may take at most, where the order says so.
fn limit(rest: &[String]) -> Done<Option<u64>> {
    let minutes = match rest {
        [] => return Ok(None),
        [word, minutes] if word == "--minutes" => minutes.parse::<u64>().ok(),
        _ => None,
    };
    minutes.map(|minutes| Some(minutes * 60)).ok_or_else(|| {
        Problem::new("this part takes -- --minutes N: how long a target may take at most")
    })
}

/// The short form: the kept seeds with small changes, in the ordinary build.
fn changed_seeds(order: &Order) -> Done<Report> {
    // Named for the whole workspace, so that nothing is compiled again with other features.
    let arguments = [
        "test",
        "--workspace",
        "--test",
        "seeds",
        "--",
        "--nocapture",
    ];
    let ran = Shown::cargo()
        .args(arguments)
        .env("OUTSIDE_BYTES_CHANGES", order.runs.to_string())
        .env("OUTSIDE_BYTES_SEED", order.seed.to_string())
        .read_showing_errors();
    let (said, held) = match ran {
        Ok(said) => (said, true),
        Err(problem) => (problem.to_string(), false),
    };
    let lines: Vec<_> = said
        .lines()
        .filter(|line| line.contains(" held") || !held)
        .collect();
    let text = format!(
        "parsers   {} (small changes to the kept seeds; libFuzzer from {LIBFUZZER_FROM} runs on)\n  {}\n",
        lines.len(),
        lines.join("\n  ")
    );
    let outcome = Outcome::at_the_end(held);
    Ok(Report { text, outcome })
}

fn provide() -> Done {
    setup::provide(&[needs::BUILD])?;
    if is_on_path("cargo-fuzz") || cargo_fuzz().arg("--version").read().is_ok() {
        return Ok(());
    }
    println!(
        "Missing on this machine:\n  cargo-fuzz               builds the targets for libFuzzer"
    );
    Shown::cargo()
        .args(["install", "cargo-fuzz", "--locked"])
        .run()
}

fn cargo_fuzz() -> Shown {
    Shown::cargo().arg("fuzz")
}

fn folder() -> PathBuf {
    paths::target().join("fuzz")
}

/// The targets, by their files.
fn targets() -> Done<Vec<String>> {
    let folder = paths::root().join("fuzz/targets");
    let reading = |error| Problem::doing("read fuzz/targets", error);
    let mut targets = Vec::new();
    for entry in fs::read_dir(&folder).map_err(reading)? {
        let path = entry.map_err(reading)?.path();
        if let Some(name) = path.file_stem() {
            targets.push(name.to_string_lossy().into_owned());
        }
    }
    targets.sort();
    Ok(targets)
}

/// The parsers are safe Rust, so what libFuzzer needs to see is a panic; an address sanitizer would only make it slower.
fn build() -> Done {
    cargo_fuzz()
        .args(["build", "--sanitizer", "none", "--target-dir"])
        .arg(folder())
        .env(ALLOW_UNSTABLE.0, ALLOW_UNSTABLE.1)
        .run()
}

/// What one target came to.
struct Found {
    target: String,
    runs: u64,
    a_second: u64,
    /// What the slowest input took, in whole seconds.
    slowest: u64,
    /// What that input takes when it is read again by itself, in seconds, where libFuzzer kept it. A machine that stood still for a
    /// moment makes any input slow.
    slowest_again: Option<f32>,
    edges: u64,
    kept: u64,
    /// What broke, and how to see it again.
    trouble: Option<String>,
}

/// Runs all targets, as many at once as there are processors.
fn search(targets: &[String], order: &Order, limit: Option<u64>) -> Done<Vec<Found>> {
    let waiting = Mutex::new(targets.iter());
    let found = Mutex::new(Vec::new());
    let at_once = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                loop {
                    let Some(target) = waiting.lock().ok().and_then(|mut waiting| waiting.next())
                    else {
                        return;
                    };
                    let outcome = search_one(target, order, limit);
                    if let Ok(mut found) = found.lock() {
                        found.push(outcome);
                    }
                }
            });
        }
    });
    let found = found.into_inner().unwrap_or_default();
    if found.len() < targets.len() {
        return Err(Problem::new("not every target was run"));
    }
    found.into_iter().collect()
}

fn search_one(target: &str, order: &Order, limit: Option<u64>) -> Done<Found> {
    let seeds = paths::root().join("tests/outside-bytes/seeds").join(target);
    let corpus = folder().join("corpus").join(target);
    let artifacts = folder().join("artifacts").join(target);
    for folder in [&corpus, &artifacts] {
        fs::create_dir_all(folder).map_err(|error| Problem::doing("make a folder", error))?;
    }
    println!(
        "searching {target}: {} inputs from seed {}",
        order.runs, order.seed
    );
    let program = program(target)?;
    let output = Command::new(&program)
        .arg(format!("-runs={}", order.runs))
        // libFuzzer takes 0 for "any", and 32 bits.
        .arg(format!("-seed={}", (order.seed % 0x7fff_ffff).max(1)))
        .arg(format!("-timeout={LONGEST}"))
        .arg(format!("-rss_limit_mb={LARGEST}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(length(target))
        .args(limit.map(|seconds| format!("-max_total_time={seconds}")))
        .args(["-print_final_stats=1", "-verbosity=1"])
        .args([&corpus, &seeds])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Problem::doing(target, error))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let stat = |name: &str| {
        let line = said.lines().rev().find_map(|line| line.strip_prefix(name));
        line.and_then(|value| value.trim().parse().ok())
            .unwrap_or(0)
    };
    let edges = said
        .lines()
        .rev()
        .find_map(|line| line.split_once(" cov: ")?.1.split(' ').next()?.parse().ok());
    let runs = stat("stat::number_of_executed_units:");
    let trouble = (!output.status.success()).then(|| {
        let panic = said.lines().find(|line| line.contains("panicked at") || line.contains("ERROR:"));
        let input = written(&said).find(|file| !is_slow(file));
        format!(
            "BROKE: {}; see it again: RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none {target} {}",
            panic.unwrap_or("it ended without saying why").trim(),
            input.unwrap_or("(no input was left)"),
        )
    });
    Ok(Found {
        target: target.to_owned(),
        runs,
        a_second: stat("stat::average_exec_per_sec:"),
        slowest: stat("stat::slowest_unit_time_sec:"),
        slowest_again: written(&said)
            .filter(is_slow)
            .last()
            .and_then(|input| seconds_for(&program, input)),
        edges: edges.unwrap_or(0),
        kept: fs::read_dir(&corpus)
            .map_or(0, |files| u64::try_from(files.count()).unwrap_or(u64::MAX)),
        trouble,
    })
}

/// The inputs that libFuzzer says it left.
fn written(said: &str) -> impl Iterator<Item = &str> {
    said.lines()
        .filter_map(|line| line.split_once("Test unit written to "))
        .map(|(_, file)| file.trim())
}

/// Whether an input was left for nothing but its time. Each took longer than the one before.
fn is_slow(input: &&str) -> bool {
    input.contains("slow-unit-")
}

/// What a target takes to read one input.
fn seconds_for(program: &Path, input: &str) -> Option<f32> {
    let started = Instant::now();
    let reading = Command::new(program)
        .arg(input)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    reading.ok().map(|_| started.elapsed().as_secs_f32())
}

fn length(target: &str) -> Option<String> {
    let (_, length) = LENGTHS.iter().find(|(name, _)| *name == target)?;
    Some(format!("-max_len={length}"))
}

/// cargo-fuzz always names the platform, so the folder below has its name.
fn program(target: &str) -> Done<PathBuf> {
    let platform = Shown::new("rustc").arg("-vV").read()?;
    let platform = platform
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or_else(|| Problem::new("rustc does not say what it builds for"))?;
    Ok(folder().join(platform).join("release").join(target))
}
