//! Tests that need a process of their own: the test starts this program again with only itself in it, and sees by a variable
//! which of the two it is.

#[cfg(unix)]
use std::io::Read;
use std::path::PathBuf;
use std::process::Command;
#[cfg(unix)]
use std::process::Stdio;
#[cfg(unix)]
use std::thread::JoinHandle;

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

/// Runs `test` to its end in a second process, which must succeed, and ends what it left running.
#[cfg(unix)]
pub(crate) fn run_again(mut command: Command) {
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.unwrap();
    let printed = [
        read_in_background(child.stdout.take()),
        read_in_background(child.stderr.take()),
    ];
    let status = child.wait().unwrap();
    // A service that the session's bus started outlives it, and would keep what is printed open for ever.
    #[cfg(target_os = "linux")]
    end_what_is_left_of(&command);
    let told = printed.map(|text| text.join().unwrap()).concat();
    assert!(
        status.success() && told.contains("1 passed"),
        "{status}:\n{told}"
    );
}

#[cfg(unix)]
fn read_in_background(from: Option<impl Read + Send + 'static>) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        from.unwrap().read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Every process that inherited the command's place, whoever its parent is by now.
#[cfg(target_os = "linux")]
fn end_what_is_left_of(command: &Command) {
    use rustix::process::{Pid, Signal, kill_process};
    use std::os::unix::ffi::OsStrExt;

    let place = command.get_envs().find(|(name, _)| *name == PLACE);
    let Some((name, Some(place))) = place else {
        return;
    };
    let inherited = [name.as_bytes(), b"=", place.as_bytes()].concat();
    let processes = std::fs::read_dir("/proc").unwrap().map_while(Result::ok);
    let ids = processes.filter_map(|one| one.file_name().to_str()?.parse().ok());
    for id in ids {
        let variables = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        if variables
            .split(|&byte| byte == 0)
            .any(|one| one == inherited)
            && let Some(process) = Pid::from_raw(id)
        {
            // Fails only where it has just ended by itself.
            let _ = kill_process(process, Signal::KILL);
        }
    }
}
