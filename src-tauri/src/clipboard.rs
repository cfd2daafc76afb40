//! Values on their way to another program. A secret is taken off the clipboard again, if it is still the one put there.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_specta::Event;
use vault::Secret;

use crate::wire::ClipboardCleared;

/// A secret stays on the clipboard for so long.
pub const CLEARED_AFTER: Duration = Duration::from_secs(30);

/// The secret that was copied last, and which copy it was.
#[derive(Default)]
pub struct CopiedSecret(Mutex<Copies>);

#[derive(Default)]
struct Copies {
    count: u64,
    secret: Option<Secret>,
}

impl CopiedSecret {
    fn is_now(&self, secret: Option<Secret>) -> u64 {
        let mut copies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        copies.count += 1;
        copies.secret = secret;
        copies.count
    }

    fn take_if(&self, copy: Option<u64>) -> Option<Secret> {
        let mut copies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if copy.is_some_and(|copy| copy != copies.count) {
            return None;
        }
        copies.secret.take()
    }
}

/// Puts a value that is no secret on the clipboard.
pub async fn copy_text(
    app: &AppHandle,
    text: String,
) -> Result<(), tauri_plugin_clipboard_manager::Error> {
    app.state::<Arc<CopiedSecret>>().is_now(None);
    let app = app.clone();
    off_the_window(move || app.clipboard().write_text(text)).await
}

/// Puts a secret on the clipboard, kept out of clipboard histories where the system knows how, for [`CLEARED_AFTER`].
pub async fn copy_secret(
    app: &AppHandle,
    secret: Secret,
) -> Result<(), tauri_plugin_clipboard_manager::Error> {
    let text = secret.duplicate();
    let writer = app.clone();
    off_the_window(move || writer.clipboard().write_secret(text.expose())).await?;
    let copy = app.state::<Arc<CopiedSecret>>().is_now(Some(secret));
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(CLEARED_AFTER).await;
        if let Some(secret) = app.state::<Arc<CopiedSecret>>().take_if(Some(copy)) {
            clear(&app, secret).await;
        }
    });
    Ok(())
}

/// Takes the copied secret off the clipboard before the program ends.
pub fn clear_at_exit(app: &AppHandle) {
    if let Some(secret) = app.state::<Arc<CopiedSecret>>().take_if(None) {
        clear_if_ours(app, &secret);
    }
}

async fn clear(app: &AppHandle, secret: Secret) {
    let clearer = app.clone();
    off_the_window(move || clear_if_ours(&clearer, &secret)).await;
    // A window that is gone has nobody to tell.
    let _ = ClipboardCleared.emit(app);
}

fn clear_if_ours(app: &AppHandle, secret: &Secret) {
    let clipboard = app.clipboard();
    if clipboard
        .read_text()
        .is_ok_and(|text| text == secret.expose())
    {
        // Nothing more can be done about a clipboard that refuses.
        let _ = clipboard.clear();
    }
}

/// The clipboard is another program's to answer for, so it is never waited for on the window's own thread.
async fn off_the_window<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(stopped) => std::panic::resume_unwind(Box::new(stopped.to_string())),
    }
}
