//! Values on their way to another program. A secret is taken off the clipboard again, if it is still the one put there.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use guard::{Clipboard, ClipboardError, ClipboardWriter, CopyNumber, TakenBack};
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, RunEvent, Wry};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use terms::Secret;

use crate::events::emit;
use crate::wire::{ClipboardCleared, Failure, FailureKind};

/// A clipboard that another program holds is tried so often on the way out, and then left to the system.
const TRIES_AT_EXIT: usize = 10;
const BETWEEN_TRIES_AT_EXIT: Duration = Duration::from_millis(30);
/// Otherwise it is tried until it is done: soon at first, then from time to time.
const BETWEEN_TRIES: Duration = Duration::from_millis(300);
const BETWEEN_LATER_TRIES: Duration = Duration::from_secs(5);
const TRIES_SOON: usize = 10;

/// Tauri's clipboard plugin, which everything that is copied goes through but the secrets of Windows and macOS (decision 2).
struct Plugin(AppHandle);

impl ClipboardWriter for Plugin {
    fn write_text(&self, text: &str) -> Result<(), ClipboardError> {
        self.0.clipboard().write_text(text).map_err(refused)
    }

    #[cfg(target_os = "linux")]
    fn write_secret(&self, secret: &str) -> Result<(), ClipboardError> {
        self.0.clipboard().write_secret(secret).map_err(refused)
    }
}

/// The plugin tells what it met as a text only.
fn refused(error: tauri_plugin_clipboard_manager::Error) -> ClipboardError {
    ClipboardError::Refused(error.to_string())
}

/// The clipboard, once Tauri's plugin is there.
pub fn clipboard_of(app: &AppHandle) -> Arc<Clipboard> {
    Arc::new(Clipboard::new(Plugin(app.clone())))
}

/// Takes a copied secret off the clipboard when the program ends. To be registered before Tauri's clipboard plugin: plugins hear of the end
/// in that order, and from then on that one can be called no more, and clears a secret whether or not somebody copies at that moment.
pub fn cleared_at_exit() -> TauriPlugin<Wry> {
    tauri::plugin::Builder::new("cleared-at-exit")
        .on_event(|app, event| {
            if let RunEvent::Exit = event {
                clear_at_exit(app);
            }
        })
        .build()
}

/// Which copy or card was asked for last. A secret that the keychain had to be waited for does not take the place of what was copied
/// meanwhile, nor is it found on the clipboard beside another customer's card.
#[derive(Default)]
pub struct LastAsked(AtomicU64);

impl LastAsked {
    /// Asks: what was asked for before is no longer the last.
    pub fn ask(&self) -> Asked<'_> {
        Asked {
            last: self,
            number: self.0.fetch_add(1, Ordering::SeqCst) + 1,
        }
    }
}

/// One asking.
pub struct Asked<'a> {
    last: &'a LastAsked,
    number: u64,
}

impl Asked<'_> {
    /// Whether nothing was asked for since.
    pub fn is_last(&self) -> bool {
        self.last.0.load(Ordering::SeqCst) == self.number
    }
}

/// Puts a value that is no secret on the clipboard.
pub async fn copy_text(app: &AppHandle, text: String) -> Result<(), ClipboardError> {
    off_the_window(app, move |clipboard| clipboard.copy_text(&text)).await
}

/// Puts a secret on the clipboard for so long, kept out of clipboard histories where the system knows how.
pub async fn copy_secret(
    app: &AppHandle,
    secret: Secret,
    cleared_after: Duration,
) -> Result<(), ClipboardError> {
    let copying = move |clipboard: &Clipboard| clipboard.copy_secret(secret.expose());
    let copy = off_the_window(app, copying).await?;
    tauri::async_runtime::spawn(clear_later(app.clone(), copy, cleared_after));
    Ok(())
}

/// Takes the secret off the clipboard that is there now; one that is copied while this goes on stays. Where another program goes on
/// holding the clipboard, the secret's own time to be taken off is still to come.
pub async fn clear_if_ours(app: &AppHandle) {
    let Some(copy) = off_the_window(app, Clipboard::copied_secret).await else {
        return;
    };
    for _ in 0..TRIES_SOON {
        if cleared(app, copy).await {
            return;
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
}

fn clear_at_exit(app: &AppHandle) {
    let Some(clipboard) = app.try_state::<Arc<Clipboard>>() else {
        return;
    };
    let Some(copy) = clipboard.end() else {
        return;
    };
    for _ in 0..TRIES_AT_EXIT {
        if clipboard.clear_if_ours(copy) != TakenBack::NotNow {
            return;
        }
        std::thread::sleep(BETWEEN_TRIES_AT_EXIT);
    }
}

async fn clear_later(app: AppHandle, copy: CopyNumber, cleared_after: Duration) {
    tokio::time::sleep(cleared_after).await;
    let mut tries = 0;
    while !cleared(&app, copy).await {
        tries += 1;
        let soon = tries < TRIES_SOON;
        tokio::time::sleep(if soon {
            BETWEEN_TRIES
        } else {
            BETWEEN_LATER_TRIES
        })
        .await;
    }
}

/// Tries once; whether nothing of ours is there any more.
async fn cleared(app: &AppHandle, copy: CopyNumber) -> bool {
    match off_the_window(app, move |clipboard| clipboard.clear_if_ours(copy)).await {
        TakenBack::Yes => {
            emit(app, ClipboardCleared);
            true
        }
        TakenBack::NotOurs => true,
        TakenBack::NotNow => false,
    }
}

/// The clipboard is another program's to answer for, so it is never waited for on the window's own thread.
async fn off_the_window<T: Send + 'static>(
    app: &AppHandle,
    work: impl FnOnce(&Clipboard) -> T + Send + 'static,
) -> T {
    let clipboard = Arc::clone(&app.state::<Arc<Clipboard>>());
    match tauri::async_runtime::spawn_blocking(move || work(&clipboard)).await {
        Ok(outcome) => outcome,
        Err(stopped) => std::panic::resume_unwind(Box::new(stopped.to_string())),
    }
}

/// Something that was not copied.
pub fn clipboard_failure(error: ClipboardError) -> Failure {
    let kind = match error {
        ClipboardError::NotOffered(_) => FailureKind::ClipboardNotOffered,
        ClipboardError::Refused(_) => FailureKind::ClipboardUnavailable,
    };
    Failure {
        technical: Some(error.to_string()),
        ..Failure::of(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_that_were_asked_for_only_the_later_is_the_last() {
        let last = LastAsked::default();
        let first = last.ask();
        assert!(first.is_last());
        let second = last.ask();
        assert!(!first.is_last());
        assert!(second.is_last());
    }
}
