//! Activity, preferences and links.

use std::sync::Arc;

use tauri::{AppHandle, State};
use terms::AccountSid;
use vault::Keychain;
use workflows::Workspace;

use super::outside;
use crate::lock::LockController;
use crate::preferences::keep;
use crate::session::AppSession;
use crate::shown::{activity_shown, of_kind, problem};
use crate::wire::{Activity, Failure, FailureKind, LinkName, Preferences};

/// As much of the past as a screen shows.
const ACTIVITY_SHOWN: u32 = 200;

/// What happened, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn activity(session: State<'_, AppSession>) -> Result<Vec<Activity>, Failure> {
    activity_of(&*session.workspace().await?, None).await
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
            return outside::open_keychain_manager(Keychain::name())
                .await
                .map_err(|error| Failure {
                    technical: Some(error.to_string()),
                    ..of_kind(FailureKind::KeychainManagerMissing)
                });
        }
    };
    outside::open_page(&app, page)
        .await
        .map_err(|error| Failure {
            subject: Some(page.to_owned()),
            technical: Some(error),
            ..of_kind(FailureKind::PageNotOpened)
        })
}

/// What happened to one subaccount, or to all.
pub async fn activity_of(
    workspace: &Workspace,
    account: Option<&AccountSid>,
) -> Result<Vec<Activity>, Failure> {
    let of = account.cloned();
    let activity = workspace
        .records()
        .named_activity(of, ACTIVITY_SHOWN)
        .await
        .map_err(|error| problem(error.into()))?;
    Ok(activity
        .into_iter()
        .map(|(activity, name)| activity_shown(activity, name))
        .collect())
}
