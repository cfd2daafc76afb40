//! What a story came to that was told many times.

use std::fmt::Write as _;

/// The steps of one story, in the order they were first told.
#[derive(Default)]
pub struct Told {
    steps: Vec<Step>,
}

struct Step {
    what: String,
    held: u64,
    failed: u64,
    slowest: f32,
}

impl Told {
    /// Counts the steps in what the stories printed.
    pub fn count(&mut self, printed: &str) {
        for (what, held, seconds) in printed.lines().filter_map(step) {
            let step = match self.steps.iter_mut().find(|step| step.what == what) {
                Some(step) => step,
                None => self.steps.push_mut(Step {
                    what: what.to_owned(),
                    held: 0,
                    failed: 0,
                    slowest: 0.0,
                }),
            };
            step.slowest = step.slowest.max(seconds);
            *(if held {
                &mut step.held
            } else {
                &mut step.failed
            }) += 1;
        }
    }

    /// How often the story was told to its end without a failure.
    pub fn whole(&self) -> u64 {
        self.steps.iter().map(|step| step.held).min().unwrap_or(0)
    }

    /// A line a step.
    pub fn lines(&self) -> String {
        let mut lines = String::new();
        for step in &self.steps {
            let _ = writeln!(
                lines,
                "  {:>4} ok {:>3} failed  slowest {:>5.1} s  {}",
                step.held, step.failed, step.slowest, step.what
            );
        }
        lines
    }
}

/// The name of a step, whether it held, and the seconds it took, of a line that tells one.
fn step(line: &str) -> Option<(&str, bool, f32)> {
    let (number, line) = line.trim_start().split_once(' ')?;
    number.parse::<u64>().ok()?;
    let (sign, line) = line.trim_start().split_once(' ')?;
    let held = match sign {
        "ok" => true,
        "FAILED" => false,
        _ => return None,
    };
    let (seconds, what) = line.trim_start().split_once(" s ")?;
    Some((what.trim_start(), held, seconds.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWICE: &str = "\
run 1 of 2

Canaries
   1  ok       0.9 s  Nothing is asked of Twilio
            204 MB of process 28238
   2  ok      10.8 s  A key is made
run 2 of 2
   3  ok       1.0 s  Nothing is asked of Twilio
   4  FAILED   2.0 s  A key is made
";

    #[test]
    fn a_step_is_counted_each_time_it_is_told() {
        let mut told = Told::default();
        told.count(TWICE);
        assert_eq!(
            told.lines(),
            "     2 ok   0 failed  slowest   1.0 s  Nothing is asked of Twilio\n     \
             1 ok   1 failed  slowest  10.8 s  A key is made\n"
        );
    }

    #[test]
    fn a_story_counts_as_whole_only_with_its_last_step() {
        let mut told = Told::default();
        told.count(TWICE);
        assert_eq!(told.whole(), 1);
        assert_eq!(Told::default().whole(), 0);
    }
}
