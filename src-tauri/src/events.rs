//! Telling the window what has changed.

use std::sync::Arc;

use serde::Serialize;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use workflows::Workspace;

use crate::lock::LockController;
use crate::session::AppSession;
use crate::wire::{CloseAsked, Unfinished};

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

/// Tells the window, if `workspace` is still the one that it shows.
pub fn tell_if_shown(
    app: &AppHandle,
    workspace: &Workspace,
    event: impl Event + Serialize + Clone,
) {
    if app.state::<AppSession>().has_open(workspace) {
        emit(app, event);
    }
}
