//! Writes down what the next start has to know of the lock.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager};
use workflows::Workspace;

use super::LockController;
use super::controller::write_down;
use crate::session::AppSession;

/// Between two looks whether what was left has been replaced.
const WHILE_REPLACED: Duration = Duration::from_millis(20);

/// Writes down what the next start has to know, whenever that changes.
pub async fn remember(app: AppHandle) {
    let controller = Arc::clone(&app.state::<Arc<LockController>>());
    let mut remembered = controller.lock.watch_remembered();
    let mut written = None;
    while remembered.changed().await.is_ok() {
        let Some(workspace) = worked_with(&app).await else {
            continue;
        };
        let latest = *remembered.borrow_and_update();
        // Where it neither is nor can be locked, only what opens it is of any use later.
        if let Some(latest) = latest
            && (latest.holds_a_lock() || written != Some(latest.by()))
        {
            write_down(&workspace, latest).await;
            written = Some(latest.by());
        }
    }
}

/// What is open now. One that was left is about to be replaced: what the lock says is meant for the next.
async fn worked_with(app: &AppHandle) -> Option<Arc<Workspace>> {
    loop {
        let workspace = app.state::<AppSession>().workspace_now()?;
        if !workspace.is_left() {
            return Some(workspace);
        }
        tokio::time::sleep(WHILE_REPLACED).await;
    }
}
