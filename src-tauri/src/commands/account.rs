//! Connecting and disconnecting the parent account.

use std::sync::Arc;

use guard::lock::Fresh;
use tauri::{AppHandle, State};
use terms::trim_pasted;
use workflows::SignInFields;

use crate::lock::LockController;
use crate::look_after::look_after_soon;
use crate::session::AppSession;
use crate::wire::{Connection, Failure};

/// Checks the pair with Twilio, then keeps it, unless that was cancelled meanwhile.
#[tauri::command]
#[specta::specta]
pub async fn connect(
    app: AppHandle,
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    account_sid: String,
    auth_token: String,
) -> Result<Connection, Failure> {
    let workspace = session.workspace().await?;
    let allowed = match workspace.owners_account().await? {
        // Whoever knows the token of the account that is connected may unlock: another takes its place for who they are only.
        Some(owners) if owners.as_str() != trim_pasted(&account_sid) => {
            Some(controller.require_fresh()?)
        }
        _ => None,
    };
    // The last sign-in that was begun is the one that is wanted.
    workspace.cancel_connect();
    let fields = SignInFields {
        account_sid,
        auth_token,
    };
    let still = Arc::clone(&controller);
    let is_still_allowed = move || {
        let is_still = |allowed: &Fresh| still.still_fresh(allowed).is_ok();
        allowed.as_ref().is_none_or(is_still)
    };
    let connection = workspace.connect_if(fields, is_still_allowed).await?;
    // Something else may have been opened meanwhile, which this says nothing of.
    if session.has_open(&workspace) {
        controller.look_for_ways(&workspace).await;
    }
    look_after_soon(&app);
    Ok(connection.into())
}

/// Gives up a sign-in that Twilio has not answered yet. One that is being kept already goes on to its end.
#[tauri::command]
#[specta::specta]
pub fn cancel_connect(session: State<'_, AppSession>) {
    if let Some(workspace) = session.workspace_now() {
        workspace.cancel_connect();
    }
}

/// Forgets the account and takes its Auth Token out of the keychain.
#[tauri::command]
#[specta::specta]
pub async fn disconnect(session: State<'_, AppSession>) -> Result<(), Failure> {
    Ok(session.workspace().await?.disconnect().await?)
}
