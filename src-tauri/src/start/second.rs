//! A second start beside an open window: the open one comes up, and says so where it has other data than was asked for.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use tauri::plugin::{Builder, TauriPlugin};
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

use super::options::{Options, Wanted};
use super::trouble::tell_that_none_answers;
use crate::session::AppSession;
use crate::window::{WINDOW, show};
use crate::words::words;

/// An open Subvault answers a second start within milliseconds. Tauri's plugin gives up after ten seconds on Windows, elsewhere never.
const ANSWERED_WITHIN: Duration = Duration::from_secs(8);

/// Dropped when it is known that no other is open.
struct Waiting(
    #[allow(dead_code, reason = "it is dropped, which its thread notices")] SyncSender<()>,
);

/// From here on the program may be waiting for the one that is open. Goes before the plugin that looks for it.
pub fn begins_waiting(data: Option<PathBuf>) -> TauriPlugin<Wry> {
    Builder::new("begins-waiting")
        .setup(move |app, _| {
            let (sender, first) = sync_channel::<()>(0);
            std::thread::spawn(move || {
                if first.recv_timeout(ANSWERED_WITHIN) == Err(RecvTimeoutError::Timeout) {
                    tell_that_none_answers(data.as_deref());
                    std::process::exit(1);
                }
            });
            app.manage(parking_lot::Mutex::new(Some(Waiting(sender))));
            Ok(())
        })
        .build()
}

/// No other is open. Goes after the plugin that looks for it, which ends the program where one is.
pub fn is_first() -> TauriPlugin<Wry> {
    Builder::new("is-first")
        .setup(|app, _| {
            let waiting = app.state::<parking_lot::Mutex<Option<Waiting>>>();
            let mut waiting = waiting.lock();
            *waiting = None;
            Ok(())
        })
        .build()
}

/// Brings the open window up, and says where it is not what was asked for.
pub fn started_again(app: &AppHandle, arguments: Vec<String>, started_in: &str) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        show(&window);
    }
    // The second program has read them before, and would not have come so far.
    let Ok(Wanted::Window(asked)) = Options::parse(arguments.into_iter().map(OsString::from))
    else {
        return;
    };
    let session = app.state::<AppSession>();
    let open = Opened {
        folder: session.base_folder().to_owned(),
        practice: session.is_practice_now(),
    };
    if let Some(text) = open.differs_from(&asked, Path::new(started_in), usual_folder(app)) {
        app.dialog()
            .message(text)
            .title(words().start.open_already)
            .kind(MessageDialogKind::Info)
            .show(|_| {});
    }
}

/// Where the program keeps its files when no folder is named.
fn usual_folder(app: &AppHandle) -> Option<PathBuf> {
    app.path().app_local_data_dir().ok()
}

/// What is open.
struct Opened {
    folder: PathBuf,
    practice: bool,
}

impl Opened {
    /// The sentence for whoever asked for something else than is open.
    fn differs_from(
        &self,
        asked: &Options,
        started_in: &Path,
        usual: Option<PathBuf>,
    ) -> Option<String> {
        let folder = match &asked.data {
            Some(named) => Some(started_in.join(named)),
            None => usual,
        }?;
        if !is_same(&folder, &self.folder) {
            return Some((words().start.open_with_other_data)(
                &shown(&self.folder),
                &shown(&folder),
            ));
        }
        (asked.practice && !self.practice)
            .then(|| words().start.open_without_practice_mode.to_owned())
    }
}

/// Whether two paths lead to one folder, by whatever links.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    real(one) == real(other)
}

fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(500)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(practice: bool, data: Option<&str>) -> Options {
        Options {
            practice,
            data: data.map(PathBuf::from),
            ..Options::default()
        }
    }

    fn text(open: (&str, bool), asked: &Options) -> Option<String> {
        let open = Opened {
            folder: PathBuf::from(open.0),
            practice: open.1,
        };
        open.differs_from(asked, Path::new("/started"), Some(PathBuf::from("/usual")))
    }

    #[test]
    fn what_is_open_already_needs_no_word() {
        for (open, asked) in [
            (("/usual", false), asked(false, None)),
            (("/usual", true), asked(true, None)),
            // Whoever starts it once more from the menu sees by the band that practice mode is open.
            (("/usual", true), asked(false, None)),
            (("/usual", false), asked(false, Some("/usual"))),
            (("/started/mine", true), asked(true, Some("mine"))),
        ] {
            assert_eq!(text(open, &asked), None, "{open:?} {asked:?}");
        }
    }

    #[test]
    fn other_data_than_is_open_is_said_with_both_folders() {
        for (asked, folder) in [
            (asked(true, Some("/other")), "/other"),
            (asked(false, Some("other")), "/started/other"),
        ] {
            let text = text(("/usual", false), &asked).expect("it differs");
            assert!(text.contains("/usual") && text.contains(folder), "{text}");
        }
        assert!(
            text(("/mine", false), &asked(false, None)).is_some_and(|text| text.contains("/usual"))
        );
    }

    #[test]
    fn practice_mode_asked_for_beside_the_real_account_is_said() {
        let text = text(("/usual", false), &asked(true, None)).expect("it differs");
        assert!(text.contains("practice mode"), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_folder_that_is_open_leads_to_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::create_dir(&real).expect("it can be made");
        std::os::unix::fs::symlink(&real, &link).expect("it can be linked");
        assert!(is_same(&real, &link));
        assert!(!is_same(&real, folder.path()));
    }
}
