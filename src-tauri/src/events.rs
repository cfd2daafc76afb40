//! Telling the window what has changed.

use std::sync::Arc;

use serde::Serialize;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use terms::AccountSid;
use workflows::Workspace;

use crate::lock::LockController;
use crate::session::AppSession;
use crate::wire::{CloseAsked, ConnectionChanged, RowsChanged, Unfinished, UnfinishedChanged};

// A window that is gone has nobody to tell, and records that cannot be read now are read again by the next screen: an event is never
// worth a failure.

/// Tells the window, unless it is locked: then nobody may know. All events go through here.
#[allow(
    clippy::disallowed_methods,
    reason = "this is where events are emitted, and kept back while locked"
)]
pub fn emit(app: &AppHandle, event: impl Event + Serialize + Clone) {
    if !app.state::<Arc<LockController>>().lock.is_closed() {
        let _ = event.emit(app);
    }
}

/// Asks whether to close although these are not safe. While it is locked it asks without their names.
#[allow(
    clippy::disallowed_methods,
    reason = "the question has to be asked while it is locked too; it has no names in it then"
)]
pub fn ask_about_closing(app: &AppHandle, not_safe: Vec<Unfinished>) {
    let locked = app.state::<Arc<LockController>>().lock.is_closed();
    let named = if locked { Vec::new() } else { not_safe };
    if CloseAsked(named).emit(app).is_err() {
        app.exit(0);
    }
}

/// Tells the rows of these subaccounts, if `workspace` is still the one the window shows.
pub async fn rows_changed(app: &AppHandle, workspace: &Workspace, accounts: &[AccountSid]) {
    let read = workspace.rows_of(accounts).await;
    if let (Ok(rows), true) = (read, app.state::<AppSession>().has_open(workspace)) {
        emit(app, RowsChanged(rows));
    }
}

/// Tells every row, if `workspace` is still the one the window shows.
async fn all_rows_changed(app: &AppHandle, workspace: &Workspace) {
    let read = workspace.list().await;
    if let (Ok(list), true) = (read, app.state::<AppSession>().has_open(workspace)) {
        emit(app, RowsChanged(list.rows));
    }
}

/// Tells what is unfinished, if `workspace` is still the one the window shows.
pub async fn unfinished_changed(app: &AppHandle, workspace: &Workspace) {
    let read = workspace.unfinished().await;
    if let (Ok(open), true) = (read, app.state::<AppSession>().has_open(workspace)) {
        emit(app, UnfinishedChanged(open));
    }
}

/// Tells the account's name and balance, if `workspace` is still the one the window shows.
pub async fn connection_changed(app: &AppHandle, workspace: &Workspace) {
    let read = workspace.records().connection().await;
    if let (Ok(connection), true) = (read, app.state::<AppSession>().has_open(workspace)) {
        emit(app, ConnectionChanged(connection.map(Into::into)));
    }
}

/// Tells all that a workflow may have changed for one subaccount, if `workspace` is still the one the window shows.
pub async fn after_workflow(app: &AppHandle, workspace: &Workspace, account: Option<&AccountSid>) {
    unfinished_changed(app, workspace).await;
    match account {
        Some(account) => rows_changed(app, workspace, std::slice::from_ref(account)).await,
        None => all_rows_changed(app, workspace).await,
    }
}
