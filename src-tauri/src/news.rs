//! Telling the window what has changed.

use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use vault::AccountId;
use workflows::Workspace;

use crate::desk::Desk;
use crate::shown::{Problems, connection_shown, row, unfinished_shown};
use crate::wire::{ConnectionChanged, RowsChanged, UnfinishedChanged};

// A window that is gone has nobody to tell, and records that cannot be read now are read again by the next screen: news is never
// worth a failure.

/// Tells the rows of these subaccounts.
pub async fn rows_changed(app: &AppHandle, workspace: &Workspace, accounts: &[AccountId]) {
    if let Ok(lines) = workspace.lines_of(accounts).await {
        let _ = RowsChanged(lines.into_iter().map(row).collect()).emit(app);
    }
}

/// Tells every row.
pub async fn all_rows_changed(app: &AppHandle, workspace: &Workspace) {
    if let Ok((lines, _)) = workspace.lines().await {
        let _ = RowsChanged(lines.into_iter().map(row).collect()).emit(app);
    }
}

/// Tells what is unfinished.
pub async fn unfinished_changed(app: &AppHandle, workspace: &Workspace) {
    if let Ok(open) = workspace.unfinished().await {
        let problems = app.state::<Problems>();
        let _ = UnfinishedChanged(
            open.into_iter()
                .map(|entry| unfinished_shown(entry, &problems))
                .collect(),
        )
        .emit(app);
    }
}

/// Tells the account's name and balance.
pub async fn connection_changed(app: &AppHandle, workspace: &Workspace) {
    if let Ok(connection) = workspace.records().connection().await {
        let _ = ConnectionChanged(connection.map(connection_shown)).emit(app);
    }
}

/// Tells all that a workflow may have changed for one subaccount, if `workspace` is still the one the window shows.
pub async fn after_workflow(app: &AppHandle, workspace: &Workspace, account: Option<&AccountId>) {
    let shown = app.state::<Desk>().workspace_now();
    if shown.is_none_or(|shown| !std::ptr::eq(shown.as_ref(), workspace)) {
        return;
    }
    unfinished_changed(app, workspace).await;
    match account {
        Some(account) => rows_changed(app, workspace, std::slice::from_ref(account)).await,
        None => all_rows_changed(app, workspace).await,
    }
}
