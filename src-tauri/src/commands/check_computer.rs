//! Trying out this computer.

use jiff::Timestamp;
use parking_lot::Mutex;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use workflows::view::report;

use crate::clipboard::{clipboard_failure, copy_text};
use crate::session::AppSession;
use crate::wire::{CheckEvent, CheckFinding, Failure, FailureKind};

/// What the last check found, for the report.
#[derive(Default)]
pub struct LastCheck(Mutex<Vec<CheckFinding>>);

/// Tries everything out. Each thing is told when it begins and when it ends.
#[tauri::command]
#[specta::specta]
pub async fn check_computer(
    session: State<'_, AppSession>,
    last: State<'_, LastCheck>,
    on_news: Channel<CheckEvent>,
) -> Result<(), Failure> {
    let workspace = session.workspace().await?;
    last.found().clear();
    let tell = |news| {
        let event = CheckEvent::from(news);
        if let Some(finding) = &event.finding {
            last.found().push(finding.clone());
        }
        // A window that is gone has nobody to tell.
        let _ = on_news.send(event);
    };
    workspace.check_computer(&tell).await;
    Ok(())
}

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
    last: State<'_, LastCheck>,
) -> Result<(), Failure> {
    let practice = if session.open().await?.is_practice() {
        ", practice mode"
    } else {
        ""
    };
    let program = format!(
        "Subvault {} on {}{practice}",
        app.package_info().version,
        std::env::consts::OS
    );
    let text = report(&last.found(), &program, Timestamp::now());
    copy_text(&app, text).await.map_err(clipboard_failure)
}

impl LastCheck {
    fn found(&self) -> parking_lot::MutexGuard<'_, Vec<CheckFinding>> {
        self.0.lock()
    }
}
