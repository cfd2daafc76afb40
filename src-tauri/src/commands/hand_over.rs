//! The hand-over card, copying and showing.

use std::sync::Arc;

use tauri::{AppHandle, State, WebviewWindow};
use terms::{AccountSid, KeySid};
use workflows::Workspace;

use crate::clipboard::{LastAsked, clear_if_ours, clipboard_failure, copy_secret, copy_text};
use crate::lock::LockController;
use crate::preferences::{preferences, service_of};
use crate::session::AppSession;
use crate::window::keep_out_of_pictures;
use crate::wire::{Copied, Failure, FailureKind, HandOverCard, HandOverValue, Shown};

/// A secret is shown for so many seconds.
const SHOWN_FOR_SECONDS: u32 = 30;

/// The card of a saved key.
#[tauri::command]
#[specta::specta]
pub async fn hand_over_card(
    session: State<'_, AppSession>,
    last_asked: State<'_, LastAsked>,
    key_sid: String,
) -> Result<HandOverCard, Failure> {
    last_asked.ask();
    the_card(&*session.workspace().await?, &key_sid.parse()?).await
}

/// Puts one of a key's values on the clipboard. The secret does not pass through the window.
#[tauri::command]
#[specta::specta]
pub async fn copy_value(
    app: AppHandle,
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    last_asked: State<'_, LastAsked>,
    key_sid: String,
    value: HandOverValue,
) -> Result<Copied, Failure> {
    let asked = last_asked.ask();
    if value == HandOverValue::Secret {
        // A copied secret can be pasted and read: it takes what showing it takes.
        controller.require_fresh()?;
    }
    let key: KeySid = key_sid.parse()?;
    let workspace = session.workspace().await?;
    let card = workspace.hand_over_card(&key).await?;
    let clears_after_seconds = match value {
        HandOverValue::AccountSid => copy_text(&app, card.account.to_string())
            .await
            .map(|()| None),
        HandOverValue::KeySid => copy_text(&app, card.key.to_string()).await.map(|()| None),
        HandOverValue::AccountName => copy_text(&app, card.credential.account_name)
            .await
            .map(|()| None),
        HandOverValue::Secret => {
            let allowed = controller.require_fresh()?;
            let secret = workspace.secret_of(&key).await?;
            let cleared_after = preferences(&workspace).await.clipboard_cleared_after();
            controller.still_fresh(&allowed)?;
            if !asked.is_last() {
                return Err(Failure::of(FailureKind::KeychainGivenUp));
            }
            let copied = copy_secret(&app, secret, cleared_after).await;
            if controller.still_fresh(&allowed).is_err() {
                clear_if_ours(&app).await;
            }
            if copied.is_ok() {
                workspace.note_copied(&key).await;
            }
            copied.map(|()| u32::try_from(cleared_after.as_secs()).ok())
        }
    }
    .map_err(clipboard_failure)?;
    Ok(Copied {
        clears_after_seconds,
    })
}

/// Puts a subaccount's SID on the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn copy_account_sid(
    app: AppHandle,
    last_asked: State<'_, LastAsked>,
    account_sid: String,
) -> Result<Copied, Failure> {
    last_asked.ask();
    let account = account_sid.parse::<AccountSid>()?;
    copy_text(&app, account.to_string())
        .await
        .map_err(clipboard_failure)?;
    Ok(Copied {
        clears_after_seconds: None,
    })
}

/// Hands one secret to the window, because the user pressed Show.
#[tauri::command]
#[specta::specta]
pub async fn show_secret(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    key_sid: String,
) -> Result<Shown, Failure> {
    let allowed = controller.require_fresh()?;
    let key: KeySid = key_sid.parse()?;
    let workspace = session.workspace().await?;
    let secret = workspace.secret_of(&key).await?;
    workspace.note_shown(&key).await;
    controller.still_fresh(&allowed)?;
    Ok(Shown {
        secret: secret.expose().to_owned(),
        hide_after_seconds: SHOWN_FOR_SECONDS,
    })
}

/// A secret, or a passphrase that is typed, can be read on the screen, or no longer can. Not asynchronous, so that the last word stays.
#[tauri::command]
#[specta::specta]
pub fn secret_on_screen(window: WebviewWindow, shown: bool) {
    keep_out_of_pictures(&window, shown);
}

/// Records that all values are pasted into the service.
#[tauri::command]
#[specta::specta]
pub async fn record_hand_over(
    session: State<'_, AppSession>,
    key_sid: String,
) -> Result<HandOverCard, Failure> {
    let key: KeySid = key_sid.parse()?;
    let workspace = session.workspace().await?;
    let service = service_of(&workspace).await;
    workspace.record_hand_over(&key, service).await?;
    the_card(&workspace, &key).await
}

/// Records that it is handed over later.
#[tauri::command]
#[specta::specta]
pub async fn postpone_hand_over(
    session: State<'_, AppSession>,
    key_sid: String,
) -> Result<(), Failure> {
    let key: KeySid = key_sid.parse()?;
    let workspace = session.workspace().await?;
    workspace.postpone_hand_over(&key).await?;
    Ok(())
}

async fn the_card(workspace: &Workspace, key: &KeySid) -> Result<HandOverCard, Failure> {
    let service = service_of(workspace).await;
    let card = workspace.hand_over_card(key).await?;
    Ok(HandOverCard::of(card, service))
}
