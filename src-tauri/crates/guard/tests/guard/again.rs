//! Tests that need a process of their own: the test starts this program again with only itself in it, and sees by a variable
//! which of the two it is.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

const SECOND: &str = "GUARD_TEST_SECOND_PROCESS";
const READY: &str = "the second process is ready";

/// Whether this is the second process.
pub(crate) fn is_second() -> bool {
    std::env::var_os(SECOND).is_some()
}

/// In the second process: says that it is ready, and stays until the first one lets go of it.
pub(crate) fn ready_and_waiting() {
    println!("\n{READY}");
    let mut nothing = [0];
    // An end of the pipe, however it comes about, is the sign to go.
    let _ = std::io::stdin().read(&mut nothing);
}

/// A command with the rights of a plain user: whoever may trace every process is stopped by nothing.
pub(crate) fn without_rights(program: impl AsRef<OsStr>) -> Command {
    let may_trace = cfg!(target_os = "linux")
        && std::fs::read_to_string("/proc/self/status")
            .is_ok_and(|status| !status.contains("CapEff:\t0000000000000000"));
    if !may_trace {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--inh-caps=-all", "--bounding-set=-all"])
        .arg(program.as_ref());
    command
}

/// A second process with `test` alone in it, at the point where it is ready. It is ended with this.
pub(crate) struct Second(Child);

impl Second {
    /// `variables` tell the second process what to do.
    pub(crate) fn start(test: &str, variables: &[(&str, &str)]) -> Self {
        let mut child = without_rights(std::env::current_exe().expect("this program has a path"))
            .args(["--exact", "--nocapture", "--test-threads=1", test])
            .env(SECOND, "1")
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the second process starts");
        let output = child.stdout.take().expect("it was asked for");
        let is_ready = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .any(|line| line == READY);
        assert!(is_ready, "the second process ended before it was ready");
        Self(child)
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        // One that has ended by itself needs no more ending.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
