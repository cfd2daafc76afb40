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
    /// How many seconds it should take on two cores where nothing is installed yet. Only told, never judged: computers differ.
    pub aim: u32,
    /// The work itself.
    pub work: Work,
}

/// What a step does.
pub enum Work {
    /// It holds or it does not.
    Plain(fn() -> Done),
    /// It drives windows or programs of other people's, where once in a while something fails by chance. Answers what failed at first
    /// and held when it was tried again.
    Retried(fn(Retry) -> Done<Vec<String>>),
}

/// Whether what fails in a [`Work::Retried`] is tried once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Once; it is told as flaky then.
    Once,
    /// Not at all: how often something fails is what is being found out.
    Never,
}

impl Retry {
    /// The number of retries.
    pub fn count(self) -> u32 {
        match self {
            Self::Once => 1,
            Self::Never => 0,
        }
    }
}

enum Outcome {
    /// With what was flaky.
    Passed(Vec<String>),
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

/// Runs the named steps again and again, without trying anything once more, and says how often each failed.
pub fn repeat(steps: &[&Step], names: &[String], times: u32) -> Done {
    let (named, before): (Vec<&Step>, Vec<&Step>) = steps
        .iter()
        .copied()
        .partition(|step| names.iter().any(|name| name == step.name));
    run_all(&before)?;
    let mut failed = vec![0_u32; named.len()];
    for turn in 1..=times {
        for (step, failed) in named.iter().zip(&mut failed) {
            println!("\n=== {} · turn {turn} of {times} ===", step.name);
            let started = Instant::now();
            let outcome = work(step, Retry::Never);
            if let Err(problem) = &outcome {
                *failed += 1;
                println!("{problem}");
            }
            let how = if outcome.is_ok() { "ok" } else { "FAILED" };
            println!(
                "{} turn {turn}: {how}, {:.1} s",
                step.name,
                started.elapsed().as_secs_f32()
            );
        }
    }
    println!("\n=== {times} turns ===");
    for (step, failed) in named.iter().zip(&failed) {
        println!("{:<14} {failed} failed", step.name);
    }
    match failed.iter().sum() {
        0_u32 => Ok(()),
        _ => Err(Problem::already_said()),
    }
}

fn work(step: &Step, retry: Retry) -> Done<Vec<String>> {
    match step.work {
        Work::Plain(work) => work().map(|()| Vec::new()),
        Work::Retried(work) => work(retry),
    }
}

/// Runs the steps in order, prints one line a step at the end, and fails if any of them did.
pub fn run_all(steps: &[&Step]) -> Done {
    let mut done: Vec<(&Step, Outcome, Duration)> = Vec::new();
    for step in steps {
        println!("\n=== {} · {} ===", step.name, step.what);
        let started = Instant::now();
        let unmet = step.needs.iter().copied().find(|&needed| {
            done.iter().any(|(earlier, outcome, _)| {
                earlier.name == needed && !matches!(outcome, Outcome::Passed(_))
            })
        });
        let outcome = match unmet {
            Some(needed) => {
                println!("not tried: it needs `{needed}`, which failed");
                Outcome::Unmet(needed)
            }
            None => match work(step, Retry::Once) {
                Ok(flaky) => Outcome::Passed(flaky),
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
    println!("\n=== summary: seconds taken, and aimed at on two cores ===");
    for (step, outcome, took) in done {
        let (seconds, aim) = (took.as_secs_f32(), step.aim);
        match outcome {
            Outcome::Passed(_) => {
                println!(
                    "{:<14} ok      {seconds:>7.1} /{aim:>4}  {}",
                    step.name, step.what
                )
            }
            Outcome::Failed(_) => {
                println!(
                    "{:<14} FAILED  {seconds:>7.1} /{aim:>4}  {}",
                    step.name, step.what
                )
            }
            Outcome::Unmet(needed) => {
                println!("{:<14} FAILED  not tried: needs `{needed}`", step.name)
            }
        }
    }
    let took: f32 = done.iter().map(|(_, _, took)| took.as_secs_f32()).sum();
    let aim: u32 = done.iter().map(|(step, ..)| step.aim).sum();
    println!("{:<14}         {took:>7.1} /{aim:>4}", "together");
    let flaky = done.iter().flat_map(|(step, outcome, _)| match outcome {
        Outcome::Passed(flaky) => flaky.iter().map(|what| (step.name, what)).collect(),
        _ => Vec::new(),
    });
    for (step, what) in flaky {
        println!("flaky in {step}: {what}");
    }
    let passed = done
        .iter()
        .filter(|(_, outcome, _)| matches!(outcome, Outcome::Passed(_)))
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
            aim: 1,
            work: Work::Plain(|| Ok(())),
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

    #[test]
    fn what_is_repeated_is_tried_without_a_second_chance_and_its_failures_counted() {
        const BY_CHANCE: Step = Step {
            work: Work::Retried(|retry| match retry {
                Retry::Once => Ok(vec!["a story".to_owned()]),
                Retry::Never => Err(Problem::new("by chance")),
            }),
            ..step("stories", &["build"])
        };
        run_all(&[&BY_CHANCE]).expect("it held when it was tried again");
        let names = ["stories".to_owned()];
        repeat(&[&ALL[0], &BY_CHANCE], &names, 3).expect_err("it failed each time");
        repeat(&[&ALL[0], &ALL[3]], &names, 3).expect("it held");
    }
}
