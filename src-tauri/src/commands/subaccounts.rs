//! The subaccount list, and one subaccount's detail.

use tauri::State;
use terms::AccountSid;

use crate::session::AppSession;
use crate::wire::{Failure, KeyList, NumberList, SubaccountDetail, SubaccountList};

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

/// The keys of these subaccounts, or of all, as last read.
#[tauri::command]
#[specta::specta]
pub async fn keys(
    session: State<'_, AppSession>,
    sids: Option<Vec<String>>,
) -> Result<KeyList, Failure> {
    let accounts = sids.map(|sids| sids.iter().map(|sid| sid.parse()).collect());
    let accounts: Option<Vec<AccountSid>> = accounts.transpose()?;
    Ok(session.workspace().await?.keys(accounts.as_deref()).await?)
}

/// The phone numbers of a subaccount, or of the connected account, as Twilio has them now.
#[tauri::command]
#[specta::specta]
pub async fn numbers(session: State<'_, AppSession>, sid: String) -> Result<NumberList, Failure> {
    let account = sid.parse::<AccountSid>()?;
    Ok(session.workspace().await?.numbers(&account).await?)
}

/// Keeps what the user knows of a customer: a number, tags and a note. Nothing of it goes to Twilio.
#[tauri::command]
#[specta::specta]
pub async fn keep_customer(
    session: State<'_, AppSession>,
    sid: String,
    number: String,
    tags: Vec<String>,
    note: String,
) -> Result<SubaccountDetail, Failure> {
    let account = sid.parse::<AccountSid>()?;
    let workspace = session.workspace().await?;
    workspace
        .keep_customer(&account, &number, &tags, &note)
        .await?;
    Ok(workspace.subaccount(&account).await?)
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
