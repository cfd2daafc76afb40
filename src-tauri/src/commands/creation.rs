//! Making subaccounts and keys, and what is unfinished of that.

use std::sync::Arc;

use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use terms::{AccountSid, SidError};
use vault::EntryId;
use workflows::{KeyName, Step, StepState, Steps, SubaccountName, Workspace};

use crate::events;
use crate::lock::LockController;
use crate::look_after::look_after_soon;
use crate::preferences::service_of;
use crate::session::AppSession;
use crate::wire::{Changed, Failure, FailureKind, Made, Preview, StepEvent, Unfinished};

/// What would be made for a customer of this name.
#[tauri::command]
#[specta::specta]
pub async fn preview_subaccount(
    session: State<'_, AppSession>,
    name: String,
) -> Result<Preview, Failure> {
    let workspace = session.workspace().await?;
    let service = service_of(&workspace).await;
    Ok(workspace.preview_subaccount(&name, &service).await?)
}

/// Whether a key of this subaccount may have this name.
#[tauri::command]
#[specta::specta]
pub async fn preview_key(
    session: State<'_, AppSession>,
    account_sid: String,
    name: String,
) -> Result<Preview, Failure> {
    let account: AccountSid = account_sid.parse()?;
    let workspace = session.workspace().await?;
    Ok(workspace.preview_key(&account, &name).await?)
}

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
    Ok(KeyName::for_service(&row.name, service.name)
        .as_str()
        .to_owned())
}

/// Makes a subaccount and its key, also where `agreed` have the same name. Refused as `nameTaken` where Twilio has another of that name.
#[tauri::command]
#[specta::specta]
pub async fn create_subaccount(
    app: AppHandle,
    session: State<'_, AppSession>,
    name: String,
    agreed: Vec<String>,
    on_step: Channel<StepEvent>,
) -> Result<Made, Failure> {
    let name = SubaccountName::parse(&name)?;
    let agreed = agreed
        .iter()
        .map(|account| account.parse())
        .collect::<Result<_, SidError>>()?;
    let workspace = session.workspace().await?;
    let service = service_of(&workspace).await;
    let key_name = KeyName::for_service(name.as_str(), service.name);
    carry_out(
        app,
        workspace,
        on_step,
        Creation::Subaccount {
            name,
            key_name,
            agreed,
        },
    )
    .await
}

/// Makes a Standard key for a subaccount that exists.
#[tauri::command]
#[specta::specta]
pub async fn create_key(
    app: AppHandle,
    session: State<'_, AppSession>,
    account_sid: String,
    name: String,
    on_step: Channel<StepEvent>,
) -> Result<Made, Failure> {
    let account: AccountSid = account_sid.parse()?;
    let name = KeyName::parse(&name)?;
    carry_out(
        app,
        session.workspace().await?,
        on_step,
        Creation::Key { account, name },
    )
    .await
}

/// Everything begun and not finished.
#[tauri::command]
#[specta::specta]
pub async fn unfinished(session: State<'_, AppSession>) -> Result<Vec<Unfinished>, Failure> {
    Ok(session.workspace().await?.unfinished().await?)
}

/// Goes on where something unfinished stands; also Try again.
#[tauri::command]
#[specta::specta]
pub async fn finish(
    app: AppHandle,
    session: State<'_, AppSession>,
    id: u32,
    on_step: Channel<StepEvent>,
) -> Result<Made, Failure> {
    carry_out(
        app,
        session.workspace().await?,
        on_step,
        Creation::Rest(EntryId::new(i64::from(id))),
    )
    .await
}

/// Deletes an unfinished key at Twilio, and its secret here.
#[tauri::command]
#[specta::specta]
pub async fn delete_unfinished_key(
    app: AppHandle,
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    id: u32,
) -> Result<(), Failure> {
    let allowed = controller.require_fresh()?;
    let workspace = session.workspace().await?;
    controller.still_fresh(&allowed)?;
    let deleted = workspace
        .delete_unfinished_key(EntryId::new(i64::from(id)))
        .await;
    let outcome = told(&workspace, deleted).await;
    events::after_workflow(&app, &workspace, None).await;
    outcome
}

/// What is to be made.
enum Creation {
    Subaccount {
        name: SubaccountName,
        key_name: KeyName,
        agreed: Vec<AccountSid>,
    },
    Key {
        account: AccountSid,
        name: KeyName,
    },
    /// What is left to do of something unfinished.
    Rest(EntryId),
}

/// Runs a creation to its end whatever becomes of the window's page, tells its steps, and then what has changed.
async fn carry_out(
    app: AppHandle,
    workspace: Arc<Workspace>,
    on_step: Channel<StepEvent>,
    creation: Creation,
) -> Result<Made, Failure> {
    let running = tauri::async_runtime::spawn(async move {
        // A page that is gone has nobody to tell; the work goes on.
        let tell = |step: Step, state: StepState| drop(on_step.send(StepEvent { step, state }));
        let steps = Steps::told_to(&tell);
        if let Creation::Rest(entry) = creation {
            workspace.forget_failure(entry).await;
        }
        let outcome = match creation {
            Creation::Subaccount {
                name,
                key_name,
                agreed,
            } => {
                workspace
                    .create_subaccount(&name, &key_name, &agreed, &steps)
                    .await
            }
            Creation::Key { account, name } => workspace.create_key(&account, &name, &steps).await,
            Creation::Rest(entry) => workspace.finish(entry, &steps).await,
        };
        let account = outcome.as_ref().ok().map(|made| made.account.clone());
        let outcome = told(&workspace, outcome).await;
        events::after_workflow(&app, &workspace, account.as_ref()).await;
        // Whoever has just stopped waiting for the keychain is not made to wait for it again.
        if !matches!(&outcome, Err(failure) if failure.kind == FailureKind::KeychainGivenUp) {
            look_after_soon(&app);
        }
        outcome
    });
    running.await.unwrap_or_else(|_| {
        Err(Failure {
            changed: Changed::Unknown,
            ..Failure::of(FailureKind::Internal)
        })
    })
}

/// An outcome as the window is told it. What stopped something unfinished is kept.
async fn told<T>(
    workspace: &Workspace,
    outcome: Result<T, workflows::Failure>,
) -> Result<T, Failure> {
    let outcome = outcome.map_err(Failure::from);
    if let Err(failure) = &outcome {
        workspace.note_failure(failure).await;
    }
    outcome
}
