//! Keys that are being replaced.

use tauri::State;
use terms::KeySid;

use crate::session::AppSession;
use crate::wire::{Failure, Replacement};

/// The keys that are being replaced, and those that were, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn replacements(session: State<'_, AppSession>) -> Result<Vec<Replacement>, Failure> {
    Ok(session.workspace().await?.replacements().await?)
}

/// The user says that the key which takes this one's place is in use. Answers all replacements.
#[tauri::command]
#[specta::specta]
pub async fn say_in_use(
    session: State<'_, AppSession>,
    old_key_sid: String,
) -> Result<Vec<Replacement>, Failure> {
    let key = old_key_sid.parse::<KeySid>()?;
    let workspace = session.workspace().await?;
    workspace.say_in_use(&key).await?;
    Ok(workspace.replacements().await?)
}
