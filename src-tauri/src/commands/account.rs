//! Connecting and disconnecting the parent account.

use tauri::{AppHandle, State};
use workflows::SignInFields;

use crate::desk::Desk;
use crate::look_after::look_after_soon;
use crate::news;
use crate::shown::{connect_failure, connection_shown, problem};
use crate::wire::{Connection, Failure};

/// Checks the pair with Twilio, then keeps it.
#[tauri::command]
#[specta::specta]
pub async fn connect(
    app: AppHandle,
    desk: State<'_, Desk>,
    account_sid: String,
    auth_token: String,
) -> Result<Connection, Failure> {
    desk.end_refresh().await;
    let workspace = desk.workspace().await?;
    let connection = workspace
        .connect(SignInFields {
            account_sid,
            auth_token,
        })
        .await
        .map_err(connect_failure)?;
    look_after_soon(&app);
    Ok(connection_shown(connection))
}

/// Forgets the account and takes its Auth Token out of the keychain.
#[tauri::command]
#[specta::specta]
pub async fn disconnect(app: AppHandle, desk: State<'_, Desk>) -> Result<(), Failure> {
    desk.end_refresh().await;
    let workspace = desk.workspace().await?;
    workspace.disconnect().await.map_err(problem)?;
    news::connection_changed(&app, &workspace).await;
    Ok(())
}
