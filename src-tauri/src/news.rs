//! Telling the window what has changed.

use std::sync::Arc;

use serde::Serialize;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use vault::AccountId;
use workflows::Workspace;

use crate::desk::Desk;
use crate::lock::Keeper;
use crate::shown::{Problems, connection_shown, row, unfinished_shown};
use crate::wire::{CloseAsked, ConnectionChanged, RowsChanged, Unfinished, UnfinishedChanged};

// A window that is gone has nobody to tell, and records that cannot be read now are read again by the next screen: news is never
// worth a failure.

/// Tells the window, unless it is locked: then nobody may know. All news goes through here.
#[allow(
    clippy::disallowed_methods,
    reason = "this is where news is told, and kept back while locked"
)]
pub fn tell(app: &AppHandle, news: impl Event + Serialize + Clone) {
    if !app.state::<Arc<Keeper>>().lock.is_closed() {
        let _ = news.emit(app);
    }
}

/// Asks whether to close although these are not safe. While it is locked it asks without their names.
#[allow(
    clippy::disallowed_methods,
    reason = "the question has to be asked while it is locked too; it has no names in it then"
)]
pub fn ask_about_closing(app: &AppHandle, not_safe: Vec<Unfinished>) {
    let locked = app.state::<Arc<Keeper>>().lock.is_closed();
    let named = if locked { Vec::new() } else { not_safe };
    if CloseAsked(named).emit(app).is_err() {
        app.exit(0);
    }
}

/// Tells the rows of these subaccounts, if `workspace` is still the one the window shows.
pub async fn rows_changed(app: &AppHandle, workspace: &Workspace, accounts: &[AccountId]) {
    if !app.state::<Desk>().has_open(workspace) {
        return;
    }
    if let Ok(lines) = workspace.lines_of(accounts).await {
        tell(app, RowsChanged(lines.into_iter().map(row).collect()));
    }
}

/// Tells every row.
async fn all_rows_changed(app: &AppHandle, workspace: &Workspace) {
    if let Ok((lines, _)) = workspace.lines().await {
        tell(app, RowsChanged(lines.into_iter().map(row).collect()));
    }
}

/// Tells what is unfinished.
pub async fn unfinished_changed(app: &AppHandle, workspace: &Workspace) {
    if let Ok(open) = workspace.unfinished().await {
        let problems = app.state::<Problems>();
        let shown = open
            .into_iter()
            .map(|entry| unfinished_shown(entry, &problems))
            .collect();
        tell(app, UnfinishedChanged(shown));
    }
}

/// Tells the account's name and balance.
pub async fn connection_changed(app: &AppHandle, workspace: &Workspace) {
    if let Ok(connection) = workspace.records().connection().await {
        tell(app, ConnectionChanged(connection.map(connection_shown)));
    }
}

/// Tells all that a workflow may have changed for one subaccount, if `workspace` is still the one the window shows.
pub async fn after_workflow(app: &AppHandle, workspace: &Workspace, account: Option<&AccountId>) {
    if !app.state::<Desk>().has_open(workspace) {
        return;
    }
    unfinished_changed(app, workspace).await;
    match account {
        Some(account) => rows_changed(app, workspace, std::slice::from_ref(account)).await,
        None => all_rows_changed(app, workspace).await,
    }
}
