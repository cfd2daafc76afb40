//! Activity, preferences and links.

use std::collections::HashMap;
use std::sync::Arc;

use tauri::{AppHandle, State};
use twilio::AccountSid;
use vault::{AccountId, Keychain};
use workflows::{Service, Workspace};

use super::outside;
use crate::desk::Desk;
use crate::lock::Keeper;
use crate::shown::{activity_shown, of_kind, problem};
use crate::wire::{Activity, Failure, FailureKind, LinkName, Preferences};

/// The name under which the records keep the preferences.
const PREFERENCES: &str = "preferences";
/// As much of the past as a screen shows.
const ACTIVITY_SHOWN: u32 = 200;

/// What happened, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn activity(desk: State<'_, Desk>) -> Result<Vec<Activity>, Failure> {
    activity_of(&*desk.workspace().await?, None).await
}

/// Keeps what the user chose.
#[tauri::command]
#[specta::specta]
pub async fn set_preferences(
    desk: State<'_, Desk>,
    keeper: State<'_, Arc<Keeper>>,
    preferences: Preferences,
) -> Result<(), Failure> {
    let text = serde_json::to_string(&preferences).map_err(|error| Failure {
        technical: Some(error.to_string()),
        ..of_kind(FailureKind::Internal)
    })?;
    let workspace = desk.workspace().await?;
    workspace
        .records()
        .set_preference(PREFERENCES, &text)
        .await
        .map_err(|error| problem(error.into()))?;
    keeper.choose_idle(preferences.lock_after());
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

/// The chosen preferences, or the defaults where none are kept or they cannot be read.
pub async fn preferences(workspace: &Workspace) -> Preferences {
    match workspace.records().preference(PREFERENCES).await {
        Ok(Some(text)) => serde_json::from_str(&text).unwrap_or_default(),
        _ => Preferences::default(),
    }
}

/// The service that keys are made for.
pub async fn service_of(workspace: &Workspace) -> Service {
    workflows::service(&preferences(workspace).await.service)
}

/// What happened to one subaccount, or to all.
pub async fn activity_of(
    workspace: &Workspace,
    account: Option<&AccountSid>,
) -> Result<Vec<Activity>, Failure> {
    let of = account.map(|account| AccountId::new(account.as_str()));
    let records = workspace.records();
    let activity = records
        .activity(of, ACTIVITY_SHOWN)
        .await
        .map_err(|error| problem(error.into()))?;
    let (subaccounts, _) = records
        .subaccounts()
        .await
        .map_err(|error| problem(error.into()))?;
    let names: HashMap<AccountId, String> = subaccounts
        .into_iter()
        .map(|subaccount| (subaccount.account, subaccount.name))
        .collect();
    Ok(activity
        .into_iter()
        .map(|one| activity_shown(one, &|account| names.get(account).cloned()))
        .collect())
}
