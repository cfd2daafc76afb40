use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use parking_lot::Mutex;
use rustix::process::{Pid, Signal, kill_process};

use crate::{Failure, Told};

/// A program in the background, ended when the value is dropped.
pub struct Running {
    child: Child,
    name: String,
    printed: Arc<Mutex<Vec<(Instant, String)>>>,
}

impl Running {
    /// Starts the command, gives it `input`, and collects what it prints.
    pub fn start(command: Command, input: &str) -> Told<Self> {
        let (mut running, output) = Self::spawn(command, input)?;
        if let Some(output) = output {
            running.collect(output);
        }
        Ok(running)
    }

    /// Starts the command and answers its first `count` lines, which say that it is ready.
    pub fn start_and_read<const COUNT: usize>(command: Command) -> Told<(Self, [String; COUNT])> {
        let (mut running, output) = Self::spawn(command, "")?;
        let mut output = BufReader::new(output.ok_or_else(|| Failure::new("no output to read"))?);
        let mut lines = [const { String::new() }; COUNT];
        for line in &mut lines {
            let read = output
                .read_line(line)
                .map_err(|error| Failure::from_error(&running.name, error))?;
            if read == 0 {
                return Err(
                    Failure::new(format!("{} ended before it was ready", running.name))
                        .and(running.printed()),
                );
            }
            line.truncate(line.trim_end().len());
        }
        running.collect(output);
        Ok((running, lines))
    }

    fn spawn(mut command: Command, input: &str) -> Told<(Self, Option<std::process::ChildStdout>)> {
        let name = command.get_program().to_string_lossy().into_owned();
        let starting = |error| Failure::from_error(&format!("start {name}"), error);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(starting)?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes()).map_err(starting)?;
        }
        let output = child.stdout.take();
        let errors = child.stderr.take();
        let mut running = Self {
            child,
            name,
            printed: Arc::default(),
        };
        if let Some(errors) = errors {
            running.collect(errors);
        }
        Ok((running, output))
    }

    fn collect(&mut self, from: impl std::io::Read + Send + 'static) {
        let printed = Arc::clone(&self.printed);
        std::thread::spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                let mut printed = printed.lock();
                printed.push((Instant::now(), line));
            }
        });
    }

    /// What the program printed so far, both streams together.
    pub fn printed(&self) -> String {
        let printed = self.printed.lock();
        printed
            .iter()
            .map(|(_, line)| format!("{line}\n"))
            .collect()
    }

    /// When it first printed a line that begins with `word`.
    pub fn first_printed(&self, word: &str) -> Option<Instant> {
        let printed = self.printed.lock();
        printed
            .iter()
            .find(|(_, line)| line.starts_with(word))
            .map(|(at, _)| *at)
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) -> Told {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let pid = pid.ok_or_else(|| Failure::new(format!("{} has no process id", self.name)))?;
        kill_process(pid, signal)
            .map_err(|error| Failure::from_error(&format!("signal {}", self.name), error))
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the program has ended.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// Ends the program now.
    pub fn end(&mut self) {
        // Both fail only where the program has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}
