//! Backups, and restoring one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};
use vault::backup::{BackupFile, BackupPlan, WriteError, looks_like_a_backup};
use vault::private::{self, NotPrivate};
use workflows::{Problem, Workspace};

use super::recovery::typed;
use crate::backup_job::{self, BackupJob, suggested_folder};
use crate::lock::LockController;
use crate::preferences::preferences;
use crate::session::AppSession;
use crate::wire::{BackupState, ChosenBackup, Failure, FailureKind, Restored};
use crate::words::words;

/// How recovery and backups stand.
#[tauri::command]
#[specta::specta]
pub async fn backup_state(
    app: AppHandle,
    session: State<'_, AppSession>,
) -> Result<BackupState, Failure> {
    let workspace = session.workspace().await?;
    Ok(backup_job::backup_state(&app, &workspace).await?)
}

/// Lets the user choose the folder for backups; with the first one, a backup is made there each day. Null where they changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn choose_backup_folder(
    app: AppHandle,
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
) -> Result<Option<BackupState>, Failure> {
    let allowed = controller.require_open()?;
    let workspace = session.workspace().await?;
    let (sender, chosen) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_title(words().files.choose_backup_folder)
        .pick_folder(move |folder| {
            let _ = sender.send(folder);
        });
    let Some(folder) = chosen.await.ok().flatten() else {
        return Ok(None);
    };
    // The system's box stays when the window is locked.
    controller.still(&allowed)?;
    let folder = folder
        .into_path()
        .map_err(|_| Failure::of(FailureKind::BackupFolderMissing))?;
    let plan = plan_of(&workspace).await?;
    let daily = plan.is_none_or(|plan| plan.daily);
    workspace.plan_backups(folder, daily).await?;
    backup_state(app, session).await.map(Some)
}

/// Turns the daily backup on or off. Without a folder, the suggested one is made and used.
#[tauri::command]
#[specta::specta]
pub async fn set_daily_backup(
    app: AppHandle,
    session: State<'_, AppSession>,
    daily: bool,
) -> Result<BackupState, Failure> {
    let workspace = session.workspace().await?;
    let folder = match plan_of(&workspace).await? {
        Some(plan) => PathBuf::from(plan.folder),
        None => make_folder(suggested_folder(&app)).await?,
    };
    workspace.plan_backups(folder, daily).await?;
    backup_state(app, session).await
}

/// Makes a backup now, opens it again and compares. Without a folder, the suggested one is made and used, and a backup is made there
/// each day.
#[tauri::command]
#[specta::specta]
pub async fn back_up_now(
    app: AppHandle,
    session: State<'_, AppSession>,
) -> Result<BackupState, Failure> {
    let workspace = session.workspace().await?;
    if plan_of(&workspace).await?.is_none() {
        let folder = make_folder(suggested_folder(&app)).await?;
        workspace.plan_backups(folder, true).await?;
    }
    workspace.back_up().await?;
    backup_state(app, session).await
}

/// Lets the user choose a backup to restore, and looks whether it can be one. Null where they changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn choose_backup(
    app: AppHandle,
    controller: State<'_, Arc<LockController>>,
    backups: State<'_, BackupJob>,
) -> Result<Option<ChosenBackup>, Failure> {
    let allowed = controller.require_open()?;
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let dialog = app.dialog().file().set_title(words().files.choose_backup);
    offering(dialog, cfg!(windows)).pick_file(move |file| {
        let _ = sender.send(file);
    });
    let Some(file) = chosen.await.ok().flatten() else {
        return Ok(None);
    };
    // The system's box stays when the window is locked.
    controller.still(&allowed)?;
    let file = file
        .into_path()
        .map_err(|_| Failure::of(FailureKind::BackupUnreadable))?;
    let path = file.clone();
    let looked = tokio::task::spawn_blocking(move || {
        Ok::<_, Problem>(looks_like_a_backup(&BackupFile::read(&path)?))
    });
    let is_one = looked
        .await
        .map_err(|_| Failure::of(FailureKind::Internal))??;
    if !is_one {
        return Err(Failure::of(FailureKind::NotABackup));
    }
    let part = |part: Option<&std::ffi::OsStr>| {
        part.map(|part| part.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let shown = ChosenBackup {
        name: part(file.file_name()),
        folder: part(file.parent().map(Path::as_os_str)),
    };
    backups.choose(file);
    Ok(Some(shown))
}

/// Restores the backup that was chosen, for who has just said who they are: its passphrase may become the one that unlocks. Filling
/// the keychain and proving each key go on afterwards, as an operation of its own.
#[tauri::command]
#[specta::specta]
pub async fn restore_backup(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    backups: State<'_, BackupJob>,
    passphrase: String,
) -> Result<Restored, Failure> {
    let allowed = controller.require_fresh()?;
    let workspace = session.workspace().await?;
    let file = backups
        .chosen()
        .ok_or_else(|| Failure::of(FailureKind::BackupUnreadable))?;
    controller.still_fresh(&allowed)?;
    let report = workspace.restore_backup(file, typed(passphrase)?).await?;
    // Something else may have been opened meanwhile, which this says nothing of.
    if session.has_open(&workspace) {
        controller.look_for_ways(&workspace).await;
        controller.choose_idle(preferences(&workspace).await.lock_after());
    }
    workspace.settle().begin();
    Ok(report)
}

/// The kinds of file that the box offers: what a backup is, its content says, and a name may have been changed by a mail program or
/// a stick. Where a kind knows capital letters, or the box does not let its user choose between kinds, nothing is left out: GTK's
/// kinds need a dot in the name as rfd gives them, and macOS has no choice of kinds.
fn offering<R: tauri::Runtime>(
    dialog: FileDialogBuilder<R>,
    by_kind: bool,
) -> FileDialogBuilder<R> {
    if by_kind {
        dialog
            .add_filter(words().files.backups, &["age"])
            .add_filter(words().files.all_files, &["*"])
    } else {
        dialog
    }
}

async fn plan_of(workspace: &Workspace) -> Result<Option<BackupPlan>, Failure> {
    let plan = workspace.records().backup_plan().await;
    Ok(plan?)
}

async fn make_folder(folder: PathBuf) -> Result<PathBuf, Failure> {
    let place = folder.clone();
    tokio::task::spawn_blocking(move || new_folder(&place))
        .await
        .map_err(|_| Failure::of(FailureKind::Internal))??;
    Ok(folder)
}

/// One that is there is as its user wants it.
fn new_folder(place: &Path) -> Result<(), WriteError> {
    if place.is_dir() {
        return Ok(());
    }
    private::folder(place).map_err(|error| match error {
        NotPrivate::NotAFolder(_) => WriteError::NotAFolder,
        NotPrivate::Io(error) => error.into(),
        error => WriteError::NoAccess(error.to_string()),
    })
}
