//! What restoring needs between two commands, how backups stand, and the daily backup.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tauri::{AppHandle, Manager};
use vault::backup::WriteError;
use workflows::{OperationKind, Problem, Workspace};

use crate::events::tell_if_shown;
use crate::lock::LockController;
use crate::session::AppSession;
use crate::wire::{BackupChanged, BackupState, BackupTrouble, GoodBackup, count};
use crate::words::words;

/// From the start of the program to the first look whether a backup is due, and between two looks.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60);
/// After one that was made by itself, before the next is, whatever the records say of it: a disk that takes no more notes would otherwise
/// have one made at each look, until all older ones are gone.
const BETWEEN_DAILY_BACKUPS: Duration = Duration::from_secs(60 * 60);

/// The file that was chosen to be restored.
#[derive(Default)]
pub struct BackupJob {
    chosen: Mutex<Option<PathBuf>>,
}

impl BackupJob {
    pub fn choose(&self, file: PathBuf) {
        *self.chosen.lock() = Some(file);
    }

    pub fn chosen(&self) -> Option<PathBuf> {
        self.chosen.lock().clone()
    }
}

/// Where backups go unless another folder is chosen.
pub fn suggested_folder(app: &AppHandle) -> PathBuf {
    let place = app.path().document_dir().or_else(|_| app.path().home_dir());
    place.unwrap_or_default().join(words().files.backup_folder)
}

/// How recovery and backups stand.
pub async fn backup_state(app: &AppHandle, workspace: &Workspace) -> Result<BackupState, Problem> {
    let state = workspace.backup_state().await?;
    let plain_files = workspace.plain_files().await?;
    let (folder, daily) = match state.plan {
        Some(plan) => (Some(plan.folder), plan.daily),
        None => (None, false),
    };
    Ok(BackupState {
        saved_keys: count(state.saved_keys),
        passphrase_set: state.passphrase_set,
        passphrase_outdated: state.passphrase_outdated,
        folder,
        suggested_folder: suggested_folder(app).display().to_string(),
        daily,
        last_good: state
            .last_good
            .map(|run| GoodBackup::of(run, state.missing, !state.unsettled)),
        failing: state.failing.as_deref().map(BackupTrouble::of_kind),
        old: state.old,
        running: workspace.is_running(OperationKind::BackUp),
        proofs_due: count(state.proofs_due),
        of_old_passphrase: count(state.of_old_passphrase),
        plain_files,
    })
}

/// Tells how recovery and backups stand now, if `workspace` is still the one the window shows.
pub async fn backup_changed(app: &AppHandle, workspace: &Workspace) {
    if let Ok(state) = backup_state(app, workspace).await {
        tell_if_shown(app, workspace, BackupChanged(state));
    }
}

/// Makes the daily backup, and sees to readable files, for as long as the program runs.
pub async fn look_after_backups(app: AppHandle) {
    let mut made: Option<Instant> = None;
    loop {
        tokio::time::sleep(BETWEEN_LOOKS).await;
        let Some(workspace) = app.state::<AppSession>().workspace_now() else {
            continue;
        };
        // It would read secrets into memory; it is made up for once it is unlocked.
        if app.state::<Arc<LockController>>().lock.is_closed() {
            continue;
        }
        let just_made = made.is_some_and(|made| made.elapsed() < BETWEEN_DAILY_BACKUPS);
        if !just_made && matches!(workspace.backup_is_due().await, Ok(true)) {
            // What went wrong is in the records, and the window shows it. One that was stopped is made up for.
            let outcome = workspace.back_up().await;
            if !matches!(outcome, Err(Problem::Backup(WriteError::Stopped))) {
                made = Some(Instant::now());
            }
        } else if matches!(workspace.plain_files().await, Ok(files) if !files.is_empty()) {
            backup_changed(&app, &workspace).await;
        }
    }
}
