//! The project's own commands. `cargo xtask` without a command says which there are.

mod arrows;
mod command;
mod files;
mod flaky;
mod last_lines;
mod paths;
mod problem;
mod setup;
mod steps;
mod tasks;

use std::process::ExitCode;

use problem::Problem;

const HELP: &str = "\
cargo xtask run [--real]       build the program and open it on made-up data (--real: on your own Twilio account);
                               where there is no display, run the main job on a display in memory, with a picture of each step
cargo xtask test [STEP…]       everything that must hold before a change lands; --list names the steps,
                               --repeat N runs the named ones N times and counts what fails
cargo xtask bench              start, memory and speed, beside an empty window and the goals
cargo xtask faults [PART…]     long campaigns of kills, faults and hostile input; --list names the parts
cargo xtask windows            cross-build the program for Windows and run the crates' tests under Wine
cargo xtask macos              type-check the program for Apple silicon
cargo xtask setup              install what the tests need, and nothing else

windows and macos take --std-from-source: build the standard library from Debian's rust-src instead of asking rustup.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((task, arguments)) = arguments.split_first() else {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    };
    let outcome = match task.as_str() {
        "run" => tasks::run::run(arguments),
        "test" => tasks::test::test(arguments),
        "bench" => tasks::bench::bench(arguments),
        "faults" => tasks::faults::faults(arguments),
        "windows" => tasks::windows::windows(arguments),
        "macos" => tasks::macos::macos(arguments),
        "setup" => tasks::test::set_up(arguments),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(Problem::new(format!(
            "there is no command `{other}`\n\n{HELP}"
        ))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            if !problem.is_said() {
                eprintln!("\n{problem}");
            }
            ExitCode::FAILURE
        }
    }
}
