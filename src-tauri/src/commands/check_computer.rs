//! Trying out this computer.

use jiff::Timestamp;
use tauri::{AppHandle, State};
use workflows::view::report;

use crate::clipboard::{clipboard_failure, copy_text};
use crate::session::AppSession;
use crate::wire::{CheckFinding, Failure, FailureKind};

/// Allows whoever of this name was found to open the connection to Twilio on its way.
#[tauri::command]
#[specta::specta]
pub async fn allow_inspection(session: State<'_, AppSession>, name: String) -> Result<(), Failure> {
    let workspace = session.workspace().await?;
    Ok(workspace.allow_inspection(&name).await?)
}

/// Deletes, of several entries of one name in the keychain, all but the one that works. Answers how many were deleted.
#[tauri::command]
#[specta::specta]
pub async fn tidy_keychain(session: State<'_, AppSession>) -> Result<u32, Failure> {
    let workspace = session.workspace().await?;
    let tidied = workspace.tidy_keychain().await?;
    if tidied.deleted == 0 && tidied.undecided > 0 {
        return Err(Failure::of(FailureKind::KeychainAmbiguous));
    }
    Ok(u32::try_from(tidied.deleted).unwrap_or(u32::MAX))
}

/// Puts what the last check found on the clipboard, as a short text for support.
#[tauri::command]
#[specta::specta]
pub async fn copy_check_report(
    app: AppHandle,
    session: State<'_, AppSession>,
) -> Result<(), Failure> {
    let open = session.open().await?;
    let practice = if open.is_practice() {
        ", practice mode"
    } else {
        ""
    };
    let program = format!(
        "Subvault {} on {}{practice}",
        app.package_info().version,
        std::env::consts::OS
    );
    let tried = open.workspace.last_check();
    let found: Vec<CheckFinding> = tried.into_iter().filter_map(|one| one.finding).collect();
    let text = report(&found, &program, Timestamp::now());
    copy_text(&app, text).await.map_err(clipboard_failure)
}
