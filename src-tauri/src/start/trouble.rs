//! What keeps the program from starting, told where its user sees it: in a box of the system's and a line of a file. A program that was
//! started from a menu has no console.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use vault::private;

use super::options::{OptionsError, SAY_THAT_NONE_ANSWERS};
use crate::words::words;

/// The file in the data folder that has a line for each start that failed.
const FILE: &str = "start.log";
/// A longer file is begun anew.
const LONGEST_FILE: u64 = 64 * 1024;
/// As in `tauri.conf.json`, which is not read yet when this is needed.
const IDENTIFIER: &str = "org.subvault.desktop";

/// Why the program does not start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartTrouble {
    /// The command line is not understood.
    Arguments(OptionsError),
    /// There is no desktop to show a window on.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "other systems always have a desktop")
    )]
    NoDesktop,
    /// The system's web view is missing.
    #[cfg_attr(
        not(windows),
        allow(dead_code, reason = "elsewhere it is part of the system, or linked")
    )]
    NoWebView,
    /// Another one is open and takes no word.
    OpenOneIsSilent,
    /// Something else failed while the window was made.
    Window(String),
    /// The program stopped at a fault of its own. What it said of it is not kept: it may hold anything.
    Fault(String),
}

impl StartTrouble {
    /// What its user is told.
    fn text(&self) -> String {
        let say = &words().start;
        match self {
            Self::Arguments(OptionsError::Unknown(option)) => (say.unknown_option)(option),
            Self::Arguments(OptionsError::NoValue(option)) => (say.no_value)(option),
            Self::NoDesktop => say.no_desktop.to_owned(),
            Self::NoWebView => say.no_web_view.to_owned(),
            Self::OpenOneIsSilent => say.open_one_is_silent.to_owned(),
            Self::Window(technical) => (say.no_window)(technical),
            Self::Fault(place) => (say.fault)(place),
        }
    }
}

impl From<OptionsError> for StartTrouble {
    fn from(error: OptionsError) -> Self {
        Self::Arguments(error)
    }
}

/// Looks for what is missing, before anything is started that would end the program for lack of it.
///
/// # Errors
/// What is missing.
pub fn find_out_before() -> Result<(), StartTrouble> {
    #[cfg(target_os = "linux")]
    if gtk::init().is_err() {
        return Err(StartTrouble::NoDesktop);
    }
    #[cfg(windows)]
    if tauri::webview_version().is_err() {
        return Err(StartTrouble::NoWebView);
    }
    Ok(())
}

/// Says why the program does not start: on the console, in a file, and in a box where there is a desktop.
pub fn tell(trouble: &StartTrouble, data: Option<&Path>) {
    let text = trouble.text();
    eprintln!("{text}");
    let written = write_down(&text, data);
    if *trouble != StartTrouble::NoDesktop {
        show_box(&text, written.as_deref());
    }
}

/// Says that the open Subvault does not answer, from a thread of a program that hangs on it. Boxes are the main thread's to show, which is
/// the one that hangs, so another process of the same program shows it.
pub fn tell_that_none_answers(data: Option<&Path>) {
    let text = StartTrouble::OpenOneIsSilent.text();
    eprintln!("{text}");
    // Where it cannot be written or shown, the console has it.
    let _ = write_down(&text, data);
    if let Ok(program) = std::env::current_exe() {
        let _ = std::process::Command::new(program)
            .arg(SAY_THAT_NONE_ANSWERS)
            .status();
    }
}

/// Shows the box of [`tell_that_none_answers`].
pub fn say_that_none_answers() {
    show_box(&StartTrouble::OpenOneIsSilent.text(), None);
}

fn show_box(text: &str, written: Option<&Path>) {
    let note = written.map_or_else(String::new, |file| {
        let also_in = words().start.also_in;
        format!("\n\n{}", also_in(&file.display().to_string()))
    });
    // The box takes its text as C does: up to the first zero.
    let text = format!("{text}{note}").replace('\0', " ");
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(words().start.title)
        .set_description(text)
        .show();
}

/// Adds a line to the file, and answers where that is. A folder that cannot be written is no reason to say nothing at all.
fn write_down(text: &str, data: Option<&Path>) -> Option<PathBuf> {
    let folder = match data {
        Some(named) => {
            let folder = std::path::absolute(named).ok()?;
            private::named_folder(&folder).ok()?;
            folder
        }
        None => {
            let folder = dirs::data_local_dir()?.join(IDENTIFIER);
            private::folder(&folder).ok()?;
            folder
        }
    };
    let file = folder.join(FILE);
    if std::fs::metadata(&file).is_ok_and(|file| file.len() > LONGEST_FILE) {
        std::fs::remove_file(&file).ok()?;
    }
    let open = match private::new_file(&file) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            OpenOptions::new().append(true).open(&file)
        }
        made => made,
    };
    let line = text.replace(['\r', '\n'], " ");
    writeln!(open.ok()?, "{} {line}", Timestamp::now()).ok()?;
    Some(file)
}

/// From now on a panic leaves a line that says where it was. Until `opened` is told that the window is there, its user is shown it too,
/// since there is nothing else to see.
pub fn remember_panics(data: Option<&Path>) -> &'static AtomicBool {
    static OPENED: AtomicBool = AtomicBool::new(false);
    let data = data.map(Path::to_owned);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or_else(
            || "an unknown place".to_owned(),
            |place| format!("{}:{}", place.file(), place.line()),
        );
        let text = StartTrouble::Fault(place).text();
        let written = write_down(&text, data.as_deref());
        usual(panic);
        if !OPENED.load(Ordering::SeqCst) {
            show_box(&text, written.as_deref());
        }
    }));
    &OPENED
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(folder: &Path) -> Vec<String> {
        let file = std::fs::read_to_string(folder.join(FILE)).expect("the file is there");
        file.lines().map(str::to_owned).collect()
    }

    #[test]
    fn each_start_that_failed_leaves_a_line_with_its_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let named = folder.path().join("new");
        for trouble in [
            StartTrouble::NoDesktop,
            StartTrouble::Window("two\nlines".to_owned()),
        ] {
            let written = write_down(&trouble.text(), Some(&named));
            assert_eq!(written, Some(named.join(FILE)));
        }
        let lines = lines(&named);
        assert_eq!(lines.len(), 2, "{lines:?}");
        for (line, part) in lines.iter().zip(["no desktop", "two lines"]) {
            let (time, text) = line.split_once(' ').expect("a time and a text");
            assert!(time.parse::<Timestamp>().is_ok(), "{time}");
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn the_file_does_not_grow_for_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        let long = "x".repeat(70 * 1024);
        for text in [&long, "after", "and after"] {
            write_down(text, Some(folder.path())).expect("it can be written");
        }
        assert_eq!(lines(folder.path()).len(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_user_reads_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let named = folder.path().join("new");
        let file = write_down("text", Some(&named)).expect("it can be written");
        let mode = |path: &Path| {
            let mode = std::fs::metadata(path).expect("it is there").permissions();
            mode.mode() & 0o777
        };
        assert_eq!((mode(&named), mode(&file)), (0o700, 0o600));
    }

    #[test]
    fn the_folder_is_the_one_that_the_windows_framework_has_for_the_program() {
        let configuration: serde_json::Value =
            serde_json::from_str(include_str!("../../../tauri.conf.json")).expect("it is JSON");
        assert_eq!(configuration["identifier"], IDENTIFIER);
    }
}
