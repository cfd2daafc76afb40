//! What needs attention and was put off.

use jiff::Timestamp;
use tauri::State;

use crate::session::AppSession;
use crate::wire::{Failure, FailureKind, PutOff};

/// Says nothing of this task until then, and answers all that is put off. `until` is in UTC.
#[tauri::command]
#[specta::specta]
pub async fn put_off(
    session: State<'_, AppSession>,
    task: String,
    until: String,
    reason: String,
) -> Result<Vec<PutOff>, Failure> {
    let until: Timestamp = until
        .parse()
        .map_err(|_| Failure::of(FailureKind::Internal))?;
    let workspace = session.workspace().await?;
    Ok(workspace.put_off(&task, until, &reason).await?)
}

/// Speaks of this task again, and answers all that is put off.
#[tauri::command]
#[specta::specta]
pub async fn take_up(session: State<'_, AppSession>, task: String) -> Result<Vec<PutOff>, Failure> {
    Ok(session.workspace().await?.take_up(&task).await?)
}
