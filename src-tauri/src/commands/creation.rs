//! What subaccounts and keys would be, and what is unfinished of them.

use std::sync::Arc;

use tauri::State;
use terms::AccountSid;
use vault::EntryId;
use workflows::KeyName;

use crate::lock::LockController;
use crate::preferences::service_of;
use crate::session::AppSession;
use crate::wire::{Failure, Unfinished};

/// The name that the chosen service's pattern gives a key of this subaccount.
#[tauri::command]
#[specta::specta]
pub async fn suggested_key_name(
    session: State<'_, AppSession>,
    account_sid: String,
) -> Result<String, Failure> {
    let account: AccountSid = account_sid.parse()?;
    let workspace = session.workspace().await?;
    let (row, _) = workspace.row_with_keys(&account).await?;
    let service = service_of(&workspace).await;
    Ok(KeyName::for_service(&row.name, &service.name)
        .as_str()
        .to_owned())
}

/// Everything begun and not finished.
#[tauri::command]
#[specta::specta]
pub async fn unfinished(session: State<'_, AppSession>) -> Result<Vec<Unfinished>, Failure> {
    Ok(session.workspace().await?.unfinished().await?)
}

/// Deletes an unfinished key at Twilio, and its secret here.
#[tauri::command]
#[specta::specta]
pub async fn delete_unfinished_key(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    id: u32,
) -> Result<(), Failure> {
    let allowed = controller.require_fresh()?;
    let workspace = session.workspace().await?;
    controller.still_fresh(&allowed)?;
    let entry = EntryId::new(i64::from(id));
    Ok(workspace.delete_unfinished_key(entry).await?)
}
