//! Passes on what a command prints and keeps the last of it, so that a failure can be told again where it is not missed.

use std::collections::VecDeque;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::process::{Command, ExitStatus};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

/// Enough for what test programs end with: which of them failed, and why the last did.
const KEPT: usize = 80;
/// What the command has left running may hold its output open; nobody waits longer than this for its end.
const GRACE: Duration = Duration::from_secs(2);

type Lines = Arc<Mutex<VecDeque<String>>>;

/// Runs the command to its end, its output shown as it comes, and answers how it ended and the last lines of both outputs.
///
/// # Errors
/// Those of starting the command and of waiting for it.
pub fn run(mut command: Command) -> io::Result<(ExitStatus, Vec<String>)> {
    let (reader, writer) = io::pipe()?;
    let mut child = command.stdout(writer.try_clone()?).stderr(writer).spawn()?;
    // It holds the pipe's other end, which must be the child's alone for the output to end.
    drop(command);
    let lines = Lines::default();
    let passing = thread::spawn({
        let lines = Arc::clone(&lines);
        move || pass_on(reader, &lines)
    });
    let status = child.wait()?;
    let ended = Instant::now();
    while !passing.is_finished() && ended.elapsed() < GRACE {
        thread::sleep(Duration::from_millis(10));
    }
    let kept = std::mem::take(&mut *lines.lock());
    Ok((status, kept.into()))
}

/// Output that cannot be read or shown any more ends here: how the command ended is told all the same.
fn pass_on(reader: impl Read, lines: &Lines) {
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    while reader
        .read_until(b'\n', &mut line)
        .is_ok_and(|read| read > 0)
    {
        if io::stdout().write_all(&line).is_err() {
            return;
        }
        let mut lines = lines.lock();
        if lines.len() == KEPT {
            lines.pop_front();
        }
        lines.push_back(String::from_utf8_lossy(&line).trim_end().to_owned());
        line.clear();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> (ExitStatus, Vec<String>) {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command).expect("sh is there")
    }

    #[test]
    fn both_outputs_are_kept_in_their_order_and_how_it_ended_is_told() {
        let (status, lines) = shell("echo one; echo two >&2; printf three; exit 3");
        assert_eq!(status.code(), Some(3));
        assert_eq!(lines, ["one", "two", "three"]);
    }

    #[test]
    fn only_the_last_lines_are_kept() {
        let (_, lines) = shell("seq 1 1000");
        assert_eq!(lines.len(), KEPT);
        assert_eq!(lines.last().map(String::as_str), Some("1000"));
    }

    #[test]
    fn what_it_leaves_running_is_not_waited_for() {
        let started = Instant::now();
        let (_, lines) = shell("echo here; sleep 60 &");
        assert_eq!(lines, ["here"]);
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}
