//! Files for other password managers.

use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use terms::{KeySid, SidError};

use super::recovery::parsed;
use crate::backup_job::backup_state;
use crate::lock::LockController;
use crate::session::AppSession;
use crate::wire::{BackupState, ExportFormat, ExportedFile, Failure, FailureKind, count};
use crate::words::words;

/// The place that was chosen for the next export.
#[derive(Default)]
pub struct ExportJob(Mutex<Option<Chosen>>);

struct Chosen {
    place: PathBuf,
    format: ExportFormat,
    /// That the lock has been open ever since.
    since: guard::lock::Open,
}

impl ExportJob {
    fn slot(&self) -> MutexGuard<'_, Option<Chosen>> {
        self.0.lock()
    }
}

/// Lets the user choose where the keys are to be saved. False where they changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn choose_export_file(
    app: AppHandle,
    controller: State<'_, Arc<LockController>>,
    exports: State<'_, ExportJob>,
    format: ExportFormat,
) -> Result<bool, Failure> {
    let since = controller.require_open()?;
    *exports.slot() = None;
    let say = &words().files;
    let (name, extension) = match format {
        ExportFormat::Kdbx => (say.keys_for_keepass, "kdbx"),
        ExportFormat::BitwardenJson => (say.keys_for_bitwarden, "json"),
        ExportFormat::OnePasswordCsv => (say.keys_for_one_password, "csv"),
    };
    let (sender, chosen) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_title(say.save_keys)
        .set_file_name(format!("{name}.{extension}"))
        .add_filter(say.keys, &[extension])
        .save_file(move |file| {
            let _ = sender.send(file);
        });
    let Some(file) = chosen.await.ok().flatten() else {
        return Ok(false);
    };
    let place = file
        .into_path()
        .map_err(|_| Failure::of(FailureKind::DiskUnwritable))?;
    // The system's box stays when the window is locked.
    controller.still(&since)?;
    *exports.slot() = Some(Chosen {
        place,
        format,
        since,
    });
    Ok(true)
}

/// Writes these keys, or all, into the file that was chosen, for who has said who they are since: the box for the file may have stood
/// open for as long as anybody liked. `passphrase` is the one that opens a KDBX file.
#[tauri::command]
#[specta::specta]
pub async fn export_keys(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    exports: State<'_, ExportJob>,
    format: ExportFormat,
    key_sids: Option<Vec<String>>,
    passphrase: Option<String>,
) -> Result<ExportedFile, Failure> {
    let allowed = controller.require_fresh()?;
    let workspace = session.workspace().await?;
    let keys = match key_sids {
        None => None,
        Some(sids) => {
            let parsed: Result<Vec<KeySid>, SidError> =
                sids.iter().map(|sid| sid.parse()).collect();
            Some(parsed?)
        }
    };
    let kind = match format {
        ExportFormat::Kdbx => {
            let passphrase = parsed(passphrase.unwrap_or_default())?;
            if !passphrase.strength().is_accepted() {
                return Err(Failure::of(FailureKind::PassphraseWeak));
            }
            workflows::ExportFormat::Kdbx(passphrase)
        }
        ExportFormat::BitwardenJson => workflows::ExportFormat::BitwardenJson,
        ExportFormat::OnePasswordCsv => workflows::ExportFormat::OnePasswordCsv,
    };
    let chosen = exports.slot().take();
    let file = match chosen {
        Some(chosen) if chosen.format == format => {
            controller.still(&chosen.since)?;
            chosen.place
        }
        _ => return Err(Failure::of(FailureKind::UnknownHere)),
    };
    let shown = file.display().to_string();
    controller.still_fresh(&allowed)?;
    let written = workspace.export_keys(keys.as_deref(), kind, file).await?;
    Ok(ExportedFile {
        file: shown,
        keys: count(written.keys),
        passed_over: written.passed_over.into_iter().map(Into::into).collect(),
    })
}

/// Deletes a readable file that was written from here.
#[tauri::command]
#[specta::specta]
pub async fn delete_plain_file(
    app: AppHandle,
    session: State<'_, AppSession>,
    file: String,
) -> Result<BackupState, Failure> {
    let workspace = session.workspace().await?;
    workspace.delete_plain_file(&file).await?;
    Ok(backup_state(&app, &workspace).await?)
}

/// Keeps a readable file; it is not spoken of again.
#[tauri::command]
#[specta::specta]
pub async fn keep_plain_file(
    app: AppHandle,
    session: State<'_, AppSession>,
    file: String,
) -> Result<BackupState, Failure> {
    let workspace = session.workspace().await?;
    workspace.keep_plain_file(&file).await?;
    Ok(backup_state(&app, &workspace).await?)
}
