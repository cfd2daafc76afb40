//! Programs of the system that are started from here: a browser, and what shows the keychain.

use std::io;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use tauri::AppHandle;

/// A program that has not ended by then has begun its work.
const BEGUN_AFTER: Duration = Duration::from_secs(2);

/// What `freed_memory.rs` sets for the web view's processes; it is not for other people's programs.
const FOR_THE_WEB_VIEW: [&str; 2] = ["Malloc", "GLIBC_TUNABLES"];

/// Opens a page in the system's browser. Fails with a technical line.
#[cfg(target_os = "linux")]
pub async fn open_page(_: &AppHandle, page: &str) -> Result<(), String> {
    let with = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).arg(page);
        command
    };
    start_first(vec![with("xdg-open", &[]), with("gio", &["open"])])
        .await
        .map_err(|error| error.to_string())
}

/// Opens a page in the system's browser. Fails with a technical line.
#[cfg(not(target_os = "linux"))]
pub async fn open_page(app: &AppHandle, page: &str) -> Result<(), String> {
    use tauri_plugin_opener::OpenerExt;
    app.opener()
        .open_url(page, None::<&str>)
        .map_err(|error| error.to_string())
}

/// Opens the program that shows what is in the keychain of this name.
pub async fn open_keychain_manager(keychain: &str) -> io::Result<()> {
    start_first(keychain_managers(keychain)).await
}

/// The programs that show a keychain, the likeliest first.
#[cfg(target_os = "windows")]
fn keychain_managers(_: &str) -> Vec<Command> {
    let mut control = Command::new("control.exe");
    control.args(["/name", "Microsoft.CredentialManager"]);
    vec![control]
}

/// The programs that show a keychain, the likeliest first.
#[cfg(target_os = "macos")]
fn keychain_managers(_: &str) -> Vec<Command> {
    let mut open = Command::new("/usr/bin/open");
    open.args(["-b", "com.apple.keychainaccess"]);
    vec![open]
}

/// The programs that show a keychain, the likeliest first. Each store has one of its own, and shows nothing in another's; which store
/// it is may not be known.
#[cfg(not(any(target_os = "windows", target_os = "macos")))]
fn keychain_managers(keychain: &str) -> Vec<Command> {
    // KWallet's is called by both names, depending on KDE's version.
    let programs: &[&str] = match keychain {
        "GNOME Keyring" => &["seahorse"],
        "KWallet" => &["kwalletmanager", "kwalletmanager5"],
        "KeePassXC" => &["keepassxc"],
        _ => &["seahorse", "kwalletmanager", "kwalletmanager5", "keepassxc"],
    };
    programs.iter().map(Command::new).collect()
}

/// Starts the first of these programs that is there and does not fail at once.
async fn start_first(programs: Vec<Command>) -> io::Result<()> {
    let mut failed = io::Error::from(io::ErrorKind::NotFound);
    for program in programs {
        match start(program).await {
            Ok(()) => return Ok(()),
            // That one was there and did not work says more than that another is missing.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

/// Starts a program and leaves it running. Its end is waited for on a thread of its own, so that the system can forget it.
async fn start(mut program: Command) -> io::Result<()> {
    for variable in FOR_THE_WEB_VIEW {
        program.env_remove(variable);
    }
    let mut child = program
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let (sender, ended) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("another program".to_owned())
        .spawn(move || {
            // Nobody listens any more to a program that ends later.
            let _ = sender.send(child.wait());
        })?;
    match tokio::time::timeout(BEGUN_AFTER, ended).await {
        Ok(Ok(Ok(status))) if has_failed(status) => Err(io::Error::other(status.to_string())),
        _ => Ok(()),
    }
}

/// Windows' own programs say nothing dependable by how they end.
fn has_failed(status: ExitStatus) -> bool {
    !cfg!(windows) && !status.success()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::path::Path;
    use std::time::Instant;

    fn names(commands: &[Command]) -> Vec<&OsStr> {
        commands.iter().map(Command::get_program).collect()
    }

    fn shell(script: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        shell
    }

    #[test]
    fn each_keychain_is_shown_by_its_own_program() {
        assert_eq!(names(&keychain_managers("GNOME Keyring")), ["seahorse"]);
        assert_eq!(names(&keychain_managers("KeePassXC")), ["keepassxc"]);
        assert_eq!(
            names(&keychain_managers("KWallet")),
            ["kwalletmanager", "kwalletmanager5"]
        );
        let unknown = keychain_managers("GNOME Keyring or KWallet");
        for program in ["seahorse", "kwalletmanager", "kwalletmanager5", "keepassxc"] {
            assert!(names(&unknown).contains(&OsStr::new(program)), "{program}");
        }
    }

    #[tokio::test]
    async fn the_program_does_not_inherit_what_is_set_for_the_web_view() {
        let folder = tempfile::tempdir().expect("a folder");
        let seen = folder.path().join("seen");
        let mut program = shell("env > \"$SEEN\"");
        program
            .env("SEEN", &seen)
            .env("STAYS", "yes")
            .env("Malloc", "1")
            .env("GLIBC_TUNABLES", "glibc.malloc.perturb=165");
        start(program).await.expect("the shell runs");
        let seen = std::fs::read_to_string(seen).expect("the shell wrote it");
        assert!(seen.contains("STAYS=yes"), "{seen}");
        assert!(!seen.contains("Malloc="), "{seen}");
        assert!(!seen.contains("GLIBC_TUNABLES="), "{seen}");
    }

    #[tokio::test]
    async fn a_program_that_ends_later_is_not_left_behind_as_a_zombie() {
        let folder = tempfile::tempdir().expect("a folder");
        let number = folder.path().join("number");
        let mut program = shell("echo $$ > \"$NUMBER\"; exec sleep 2.5");
        program.env("NUMBER", &number);
        let begun = Instant::now();
        start(program).await.expect("the shell runs");
        assert!(begun.elapsed() >= BEGUN_AFTER, "it was still running");
        let number = std::fs::read_to_string(number).expect("the shell wrote it");
        let place = Path::new("/proc").join(number.trim());
        assert!(place.exists());
        let give_up_at = Instant::now() + Duration::from_secs(20);
        while place.exists() && Instant::now() < give_up_at {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(!place.exists(), "its end was not taken note of");
    }

    #[tokio::test]
    async fn the_next_program_is_tried_where_one_is_missing_or_fails() {
        let missing = || Command::new("no-program-has-this-name");
        start_first(vec![missing(), shell("exit 3"), shell("exit 0")])
            .await
            .expect("the last one works");
        let error = start_first(vec![missing(), shell("exit 3"), missing()])
            .await
            .expect_err("none works");
        assert!(error.to_string().contains('3'), "{error}");
        let error = start_first(vec![missing()]).await.expect_err("none");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
