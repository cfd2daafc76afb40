//! What backups and restores need between two commands, and the daily backup.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tauri::{AppHandle, Manager};
use vault::backup::{BackupFile, WriteError};
use workflows::{Problem, SettleNews, StopBackup, Workspace};

use crate::events;
use crate::lock::LockController;
use crate::session::AppSession;
use crate::wire::{
    BackupChanged, BackupProgress, BackupState, BackupTrouble, GoodBackup, SettlePhase,
    SettleProgress, count,
};

/// From the start of the program to the first look whether a backup is due, and between two looks.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60);
/// After one that was made by itself, before the next is, whatever the records say of it: a disk that takes no more notes would otherwise
/// have one made at each look, until all older ones are gone.
const BETWEEN_DAILY_BACKUPS: Duration = Duration::from_secs(60 * 60);
/// What the folder for backups is called, in the user's documents.
const FOLDER: &str = "Subvault backups";

/// What is chosen or running.
#[derive(Default)]
pub struct BackupJob {
    running: Mutex<Option<StopBackup>>,
    chosen: Mutex<Option<PathBuf>>,
}

impl BackupJob {
    /// Stops the backup that is running, if one is.
    pub fn stop(&self) {
        if let Some(stop) = &*self.running.lock() {
            stop.stop();
        }
    }

    pub fn choose(&self, file: PathBuf) {
        *self.chosen.lock() = Some(file);
    }

    /// The file that was chosen to be restored.
    pub fn chosen(&self) -> Option<PathBuf> {
        self.chosen.lock().clone()
    }

    /// Marks that a backup begins, until what this gives is dropped; `None` while another one runs.
    fn begin(&self) -> Option<Running<'_>> {
        let mut running = self.running.lock();
        if running.is_some() {
            return None;
        }
        let stop = running.insert(StopBackup::default()).clone();
        Some(Running { job: self, stop })
    }

    fn is_running(&self) -> bool {
        self.running.lock().is_some()
    }
}

/// A backup that runs until this is dropped, however it ends.
struct Running<'a> {
    job: &'a BackupJob,
    stop: StopBackup,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        *self.job.running.lock() = None;
    }
}

/// Where backups go unless another folder is chosen.
pub fn suggested_folder(app: &AppHandle) -> PathBuf {
    let place = app.path().document_dir().or_else(|_| app.path().home_dir());
    place.unwrap_or_default().join(FOLDER)
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
        running: app.state::<BackupJob>().is_running(),
        proofs_due: count(state.proofs_due),
        of_old_passphrase: count(state.of_old_passphrase),
        plain_files,
    })
}

/// Tells the window how recovery and backups stand now, if `workspace` is still the one it shows.
pub async fn tell(app: &AppHandle, workspace: &Workspace) {
    // A folder on the network may keep this waiting.
    let read = backup_state(app, workspace).await;
    if let (Ok(state), true) = (read, app.state::<AppSession>().has_open(workspace)) {
        events::emit(app, BackupChanged(state));
    }
}

/// Makes a backup now.
pub async fn back_up(app: &AppHandle) -> Result<BackupFile, Problem> {
    let Ok(open) = app.state::<AppSession>().open().await else {
        return Err(Problem::UnknownHere);
    };
    let job = app.state::<BackupJob>();
    let running = job.begin().ok_or(Problem::AlreadyRunning)?;
    let teller = app.clone();
    let made = open
        .workspace
        .back_up(&running.stop, move |stage| {
            events::emit(&teller, BackupProgress(stage.into()));
        })
        .await;
    drop(running);
    tell(app, &open.workspace).await;
    made
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
            let outcome = back_up(&app).await;
            if !matches!(outcome, Err(Problem::Backup(WriteError::Stopped))) {
                made = Some(Instant::now());
            }
        } else if matches!(workspace.plain_files().await, Ok(files) if !files.is_empty()) {
            tell(&app, &workspace).await;
        }
    }
}

/// Puts restored keys into the keychain and proves them, telling the window how far it is. What the network or the keychain does not
/// let be done now is done later. Where it is under way, that one goes on for both.
pub async fn settle(app: AppHandle, workspace: Arc<Workspace>) {
    let (teller, kept) = (app.clone(), Arc::clone(&workspace));
    let tell_progress = move |news| {
        let (phase, done, total) = match news {
            SettleNews::Keeping { done, total } => (SettlePhase::Keeping, done, total),
            SettleNews::Proving { done, total } => (SettlePhase::Proving, done, total),
            SettleNews::Kept => {
                let (app, workspace) = (teller.clone(), Arc::clone(&kept));
                tauri::async_runtime::spawn(async move {
                    events::after_workflow(&app, &workspace, None).await;
                });
                return;
            }
        };
        let progress = SettleProgress {
            phase,
            done: count(done),
            total: count(total),
            sealed_only: 0,
            refused: 0,
            waiting: 0,
        };
        events::emit(&teller, progress);
    };
    let (left, refused) = match workspace.settle(&tell_progress).await {
        Ok(settled) => (settled.left, settled.refused),
        // It was left, or another one is at it.
        Err(Problem::AlreadyRunning | Problem::Resting) => return,
        // The records could not be read to the end. What they say is left is left.
        Err(_) => match workspace.unsettled().await {
            Ok(left) => (left, 0),
            Err(_) => return,
        },
    };
    let progress = SettleProgress {
        phase: SettlePhase::Done,
        done: 0,
        total: 0,
        sealed_only: count(left.sealed_only),
        refused: count(refused),
        waiting: count(left.proofs_due),
    };
    events::emit(&app, progress);
    events::after_workflow(&app, &workspace, None).await;
    tell(&app, &workspace).await;
}

/// Goes on with a restore that was interrupted, and offers the keychain again what only sealed copies hold. Asks nothing of the keychain
/// where there is neither.
pub async fn settle_what_is_left(app: &AppHandle, workspace: &Arc<Workspace>) {
    let Ok(left) = workspace.unsettled().await else {
        return;
    };
    if left.proofs_due > 0 {
        settle(app.clone(), Arc::clone(workspace)).await;
    } else if left.sealed_only > 0 {
        // Nothing was restored just now, so there is nothing to tell but what changed.
        let settled = workspace.settle(&|_| {}).await;
        if matches!(settled, Ok(settled) if settled.left.sealed_only < left.sealed_only) {
            events::after_workflow(app, workspace, None).await;
        }
    }
}
