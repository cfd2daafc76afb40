//! Closing the program: at once, or after a question where a secret is not safe yet. The window asks, or the system where it cannot.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};
use tokio::sync::{Notify, oneshot};

use crate::events;
use crate::session::AppSession;
use crate::window::{WINDOW, load_anew};
use crate::words::words;

/// A close that cannot be thought over in this time is carried out.
const THOUGHT_OVER_WITHIN: Duration = Duration::from_secs(1);
/// A page that has not asked by then is not there any more, or does nothing any more.
const ASKED_WITHIN: Duration = Duration::from_secs(3);

/// Who asks whether to close.
#[derive(Default)]
pub struct CloseQuestion {
    /// The window has put the question before the user.
    window_asks: Notify,
    /// The system's own box with the question is open.
    system_asks: AtomicBool,
}

impl CloseQuestion {
    /// The window asks.
    pub fn window_asks(&self) {
        self.window_asks.notify_waiters();
    }
}

/// Closes at once, unless a secret is not safe yet: then somebody is asked first. What cannot be found out is asked about too, if a
/// secret may be in memory.
pub async fn think_close_over(app: AppHandle) {
    let Some(workspace) = app.state::<AppSession>().workspace_now() else {
        app.exit(0);
        return;
    };
    let open = tokio::time::timeout(THOUGHT_OVER_WITHIN, workspace.unfinished()).await;
    let (known, open) = match open {
        Ok(Ok(open)) => (true, open),
        _ => (false, Vec::new()),
    };
    let not_safe: Vec<_> = open.into_iter().filter(|entry| entry.is_unsafe()).collect();
    if not_safe.is_empty() && (known || !workspace.is_busy_with_secrets()) {
        app.exit(0);
        return;
    }
    let question = app.state::<CloseQuestion>();
    let asked = question.window_asks.notified();
    events::ask_about_closing(&app, not_safe);
    if tokio::time::timeout(ASKED_WITHIN, asked).await.is_err() {
        ask_by_the_system(&app, &question).await;
    }
}

/// Asks in a box of the system's. Whoever keeps the program open gets a window that answers again.
async fn ask_by_the_system(app: &AppHandle, question: &CloseQuestion) {
    if question.system_asks.swap(true, Ordering::SeqCst) {
        return;
    }
    let (answer, answered) = oneshot::channel();
    let say = &words().closing;
    app.dialog()
        .message(say.question)
        .title(say.title)
        .kind(MessageDialogKind::Warning)
        .buttons(MessageDialogButtons::OkCancelCustom(
            say.close.to_owned(),
            say.keep_open.to_owned(),
        ))
        .show(move |close| {
            // Whoever asked has ended with the program.
            let _ = answer.send(close);
        });
    // A box that cannot be shown closes nothing.
    let close = answered.await.unwrap_or(false);
    question.system_asks.store(false, Ordering::SeqCst);
    if close {
        app.exit(0);
    } else if let Some(window) = app.get_webview_window(WINDOW) {
        load_anew(&window);
    }
}
