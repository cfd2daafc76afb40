//! Tests that need a process of their own: the test starts this program again with only itself in it, and sees by a variable
//! which of the two it is.

use std::path::PathBuf;
use std::process::Command;

const PLACE: &str = "VAULT_TEST_PLACE";

/// In the second process, the folder that the first one named.
pub(crate) fn place() -> Option<PathBuf> {
    std::env::var_os(PLACE).map(PathBuf::from)
}

/// The command that runs `test` alone in a second process, as `wrapper` wants it started.
pub(crate) fn again(wrapper: &[&str], test: &str, place: &std::path::Path) -> Command {
    again_as(&std::env::current_exe().unwrap(), wrapper, test, place)
}

/// The same with a copy of this program that somebody else may start.
pub(crate) fn again_as(
    program: &std::path::Path,
    wrapper: &[&str],
    test: &str,
    place: &std::path::Path,
) -> Command {
    let mut command = match wrapper.split_first() {
        None => Command::new(program),
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
    };
    let alone = [
        "--include-ignored",
        "--exact",
        "--nocapture",
        "--test-threads=1",
        test,
    ];
    command.args(alone).env(PLACE, place);
    command
}

/// Runs `test` to its end in a second process, which must succeed.
#[cfg(unix)]
pub(crate) fn run_again(mut command: Command) {
    let output = command.output().unwrap();
    let told = [output.stdout, output.stderr]
        .map(|text| String::from_utf8_lossy(&text).into_owned())
        .concat();
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{}:\n{told}",
        output.status
    );
}
