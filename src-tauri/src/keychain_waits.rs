//! Telling the window that the keychain lets a call wait.

use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::events::emit;
use crate::session::AppSession;
use crate::wire::KeychainWaits;

/// While it waits the window is told again and again: its page may have begun to listen in between.
const TOLD_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Tells when the first call waits and when the last one has ended, for as long as the program runs.
pub async fn tell_of_waiting(app: AppHandle) {
    let mut count = app.state::<AppSession>().unanswered().count();
    loop {
        let waits = *count.borrow_and_update() > 0;
        emit(&app, KeychainWaits(waits));
        let changed = if waits {
            // Told again after a while, or told of the change.
            tokio::time::timeout(TOLD_AGAIN_AFTER, count.changed())
                .await
                .unwrap_or(Ok(()))
        } else {
            count.changed().await
        };
        if changed.is_err() {
            return;
        }
    }
}
