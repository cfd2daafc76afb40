//! Activity, preferences and links.

use std::sync::Arc;

use tauri::{AppHandle, State};
use vault::Keychain;

use super::external_apps;
use crate::lock::LockController;
use crate::preferences::keep;
use crate::session::AppSession;
use crate::wire::{ActivityList, ActivityQuery, Failure, FailureKind, LinkName, Preferences};

/// What happened, of what is asked for the newest, `limit` at most.
#[tauri::command]
#[specta::specta]
pub async fn activity(
    session: State<'_, AppSession>,
    query: ActivityQuery,
    limit: u32,
) -> Result<ActivityList, Failure> {
    Ok(session.workspace().await?.activity(query, limit).await?)
}

/// Keeps what the user chose.
#[tauri::command]
#[specta::specta]
pub async fn set_preferences(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    preferences: Preferences,
) -> Result<(), Failure> {
    keep(&*session.workspace().await?, &preferences).await?;
    controller.choose_idle(preferences.lock_after());
    Ok(())
}

/// Opens one of a few pages in the system's browser, or the program that shows the keychain.
#[tauri::command]
#[specta::specta]
pub async fn open_link(app: AppHandle, link: LinkName) -> Result<(), Failure> {
    let page = match link {
        LinkName::TwilioConsole => "https://console.twilio.com/",
        LinkName::TwilioAuthToken => {
            "https://console.twilio.com/us1/account/keys-credentials/api-keys"
        }
        LinkName::TwilioStatus => "https://status.twilio.com/",
        LinkName::KeychainManager => {
            return external_apps::open_keychain_manager(Keychain::name())
                .await
                .map_err(|error| Failure {
                    technical: Some(error.to_string()),
                    ..Failure::of(FailureKind::KeychainManagerMissing)
                });
        }
    };
    external_apps::open_page(&app, page)
        .await
        .map_err(|error| Failure {
            subject: Some(page.to_owned()),
            technical: Some(error),
            ..Failure::of(FailureKind::PageNotOpened)
        })
}
