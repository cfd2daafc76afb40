//! The subaccount list, and one subaccount's detail.

use tauri::State;
use terms::AccountSid;

use crate::session::AppSession;
use crate::wire::{Failure, SubaccountDetail, SubaccountList};

/// The list as it was last read from Twilio.
#[tauri::command]
#[specta::specta]
pub async fn subaccounts(session: State<'_, AppSession>) -> Result<SubaccountList, Failure> {
    Ok(session.workspace().await?.list().await?)
}

/// One subaccount with its keys, as last read.
#[tauri::command]
#[specta::specta]
pub async fn subaccount(
    session: State<'_, AppSession>,
    sid: String,
) -> Result<SubaccountDetail, Failure> {
    let account = sid.parse::<AccountSid>()?;
    Ok(session.workspace().await?.subaccount(&account).await?)
}

/// Reads one subaccount's keys and spend anew.
#[tauri::command]
#[specta::specta]
pub async fn refresh_subaccount(
    session: State<'_, AppSession>,
    sid: String,
) -> Result<SubaccountDetail, Failure> {
    let account = sid.parse::<AccountSid>()?;
    let workspace = session.workspace().await?;
    workspace.refresh_subaccount(&account).await?;
    Ok(workspace.subaccount(&account).await?)
}
