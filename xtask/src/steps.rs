use std::collections::HashSet;
use std::time::{Duration, Instant};

use crate::problem::{Done, Problem};

/// One thing that must hold.
pub struct Step {
    /// The name to call it by.
    pub name: &'static str,
    /// What it makes sure of, in one line.
    pub what: &'static str,
    /// The steps without which it cannot be tried, each of them earlier in the list.
    pub needs: &'static [&'static str],
    /// The work itself.
    pub work: fn() -> Done,
}

enum Outcome {
    Passed,
    Failed(Problem),
    /// A step it needs failed; it counts as failed.
    Unmet(&'static str),
}

/// The steps of these names in their order, with those that they need: what they judge is then what is checked out.
pub fn named(all: &'static [Step], names: &[String]) -> Vec<&'static Step> {
    let mut wanted: HashSet<&str> = names.iter().map(String::as_str).collect();
    let mut chosen: Vec<_> = all
        .iter()
        .rev()
        .filter(|step| {
            let chosen = wanted.contains(step.name);
            if chosen {
                wanted.extend(step.needs);
            }
            chosen
        })
        .collect();
    chosen.reverse();
    chosen
}

/// Runs the steps in order, prints one line a step at the end, and fails if any of them did.
pub fn run_all(steps: &[&Step]) -> Done {
    let mut done: Vec<(&Step, Outcome, Duration)> = Vec::new();
    for step in steps {
        println!("\n=== {} · {} ===", step.name, step.what);
        let started = Instant::now();
        let unmet = step.needs.iter().copied().find(|&needed| {
            done.iter().any(|(earlier, outcome, _)| {
                earlier.name == needed && !matches!(outcome, Outcome::Passed)
            })
        });
        let outcome = match unmet {
            Some(needed) => {
                println!("not tried: it needs `{needed}`, which failed");
                Outcome::Unmet(needed)
            }
            None => match (step.work)() {
                Ok(()) => Outcome::Passed,
                Err(problem) => {
                    println!("{problem}");
                    Outcome::Failed(problem)
                }
            },
        };
        done.push((step, outcome, started.elapsed()));
    }
    summarise(&done)
}

/// What failed is told again at the end, where the output of the steps after it does not hide it.
fn summarise(done: &[(&Step, Outcome, Duration)]) -> Done {
    for (step, outcome, _) in done {
        if let Outcome::Failed(problem) = outcome {
            println!("\n=== what failed: {} ===", step.name);
            for line in problem.shown() {
                println!("{line}");
            }
            println!("{problem}");
        }
    }
    println!("\n=== summary ===");
    for (step, outcome, took) in done {
        let seconds = took.as_secs_f32();
        match outcome {
            Outcome::Passed => {
                println!("{:<14} ok      {seconds:>7.1} s  {}", step.name, step.what)
            }
            Outcome::Failed(_) => {
                println!("{:<14} FAILED  {seconds:>7.1} s  {}", step.name, step.what)
            }
            Outcome::Unmet(needed) => {
                println!("{:<14} FAILED  not tried: needs `{needed}`", step.name)
            }
        }
    }
    let passed = done
        .iter()
        .filter(|(_, outcome, _)| matches!(outcome, Outcome::Passed))
        .count();
    let failed = done.len() - passed;
    println!("\n{passed} passed, {failed} failed");
    if failed == 0 {
        Ok(())
    } else {
        Err(Problem::already_said())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn step(name: &'static str, needs: &'static [&'static str]) -> Step {
        Step {
            name,
            what: "",
            needs,
            work: || Ok(()),
        }
    }

    const ALL: &[Step] = &[
        step("setup", &[]),
        step("format", &[]),
        step("build", &["setup"]),
        step("stories", &["build"]),
    ];

    #[test]
    fn a_step_that_is_named_comes_with_what_it_needs_and_no_more() {
        let steps = named(ALL, &["stories".to_owned()]);
        let names: Vec<_> = steps.iter().map(|step| step.name).collect();
        assert_eq!(names, ["setup", "build", "stories"]);
    }
}
