//! Values on their way to another program. A secret is taken off the clipboard again, if it is still the one put there.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_specta::Event;
use vault::Secret;

use crate::wire::ClipboardCleared;

/// A secret stays on the clipboard for so long.
pub const CLEARED_AFTER: Duration = Duration::from_secs(30);

/// A clipboard that another program holds is tried so often.
const CLEAR_TRIES: usize = 10;
const BETWEEN_TRIES: Duration = Duration::from_millis(300);

/// The secret that was copied last, and which copy it was. Locked for as long as the clipboard is written, on a thread that may wait, so
/// that what is remembered is what is there.
#[derive(Default)]
pub struct CopiedSecret(Mutex<Copies>);

#[derive(Default)]
struct Copies {
    count: u64,
    secret: Option<Secret>,
}

/// What became of clearing a copy.
enum Cleared {
    /// The clipboard holds it no longer.
    Yes,
    /// Something else was copied since, or the copy was cleared before.
    NotOurs,
    /// Another program holds the clipboard.
    NotNow,
}

type ClipboardResult<T> = Result<T, tauri_plugin_clipboard_manager::Error>;

impl CopiedSecret {
    /// Writes, and remembers the secret that was written if it was one. Gives the number of the copy.
    fn write(
        &self,
        secret: Option<Secret>,
        write: impl FnOnce(Option<&Secret>) -> ClipboardResult<()>,
    ) -> ClipboardResult<u64> {
        let mut copies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        write(secret.as_ref())?;
        copies.count += 1;
        copies.secret = secret;
        Ok(copies.count)
    }

    /// Clears the copy of this number, or whichever there is.
    fn clear(&self, copy: Option<u64>, is_cleared: impl FnOnce(&Secret) -> bool) -> Cleared {
        let mut copies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if copy.is_some_and(|copy| copy != copies.count) {
            return Cleared::NotOurs;
        }
        match &copies.secret {
            None => Cleared::NotOurs,
            Some(secret) if !is_cleared(secret) => Cleared::NotNow,
            Some(_) => {
                copies.secret = None;
                Cleared::Yes
            }
        }
    }
}

/// Puts a value that is no secret on the clipboard.
pub async fn copy_text(app: &AppHandle, text: String) -> ClipboardResult<()> {
    let app = app.clone();
    let writing = move || {
        let copied = app.state::<CopiedSecret>();
        copied.write(None, |_| app.clipboard().write_text(text))
    };
    off_the_window(writing).await.map(drop)
}

/// Puts a secret on the clipboard, kept out of clipboard histories where the system knows how, for [`CLEARED_AFTER`].
pub async fn copy_secret(app: &AppHandle, secret: Secret) -> ClipboardResult<()> {
    let writer = app.clone();
    let writing = move || {
        let copied = writer.state::<CopiedSecret>();
        copied.write(Some(secret), |secret| {
            let text = secret.map_or("", Secret::expose);
            writer.clipboard().write_secret(text)
        })
    };
    let copy = off_the_window(writing).await?;
    tauri::async_runtime::spawn(clear_later(app.clone(), copy));
    Ok(())
}

/// Takes the copied secret off the clipboard before the program ends.
pub fn clear_at_exit(app: &AppHandle) {
    app.state::<CopiedSecret>()
        .clear(None, |secret| is_cleared(app, secret));
}

async fn clear_later(app: AppHandle, copy: u64) {
    tokio::time::sleep(CLEARED_AFTER).await;
    for _ in 0..CLEAR_TRIES {
        let clearer = app.clone();
        let clearing = move || {
            let copied = clearer.state::<CopiedSecret>();
            copied.clear(Some(copy), |secret| is_cleared(&clearer, secret))
        };
        match off_the_window(clearing).await {
            Cleared::Yes => {
                // A window that is gone has nobody to tell.
                let _ = ClipboardCleared.emit(&app);
                return;
            }
            Cleared::NotOurs => return,
            Cleared::NotNow => tokio::time::sleep(BETWEEN_TRIES).await,
        }
    }
}

/// Whether the clipboard no longer holds the secret, after clearing it if it does. Somebody else's text is left alone.
fn is_cleared(app: &AppHandle, secret: &Secret) -> bool {
    let clipboard = app.clipboard();
    match clipboard.read_text() {
        Ok(text) if text == secret.expose() => clipboard.clear().is_ok(),
        // An empty clipboard, or one that holds no text, is told as an error too.
        _ => true,
    }
}

/// The clipboard is another program's to answer for, so it is never waited for on the window's own thread.
async fn off_the_window<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(stopped) => std::panic::resume_unwind(Box::new(stopped.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned()).expect("it can be stored")
    }

    fn copy(copied: &CopiedSecret, text: Option<&str>) -> u64 {
        let copy = copied.write(text.map(secret), |_| Ok(()));
        copy.expect("this clipboard takes everything")
    }

    #[test]
    fn a_later_copy_is_not_cleared_by_the_timer_of_an_earlier_one() {
        let copied = CopiedSecret::default();
        let first = copy(&copied, Some("first"));
        let second = copy(&copied, Some("second"));
        assert!(matches!(
            copied.clear(Some(first), |_| true),
            Cleared::NotOurs
        ));
        assert!(matches!(copied.clear(Some(second), |_| true), Cleared::Yes));
        assert!(matches!(
            copied.clear(Some(second), |_| true),
            Cleared::NotOurs
        ));
    }

    #[test]
    fn a_secret_that_a_busy_clipboard_keeps_is_tried_again() {
        let copied = CopiedSecret::default();
        let only = copy(&copied, Some("only"));
        assert!(matches!(
            copied.clear(Some(only), |_| false),
            Cleared::NotNow
        ));
        assert!(matches!(copied.clear(Some(only), |_| true), Cleared::Yes));
    }

    #[test]
    fn a_value_that_could_not_be_copied_does_not_make_the_secret_forgotten() {
        let copied = CopiedSecret::default();
        copy(&copied, Some("still there"));
        let busy = || tauri_plugin_clipboard_manager::Error::Clipboard("busy".to_owned());
        copied
            .write(None, |_| Err(busy()))
            .expect_err("the clipboard is busy");
        assert!(matches!(copied.clear(None, |_| true), Cleared::Yes));
    }
}
