//! Keys that were made elsewhere: found in a text or a file, proved, and kept.

use std::sync::Arc;

use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use crate::lock::LockController;
use crate::session::AppSession;
use crate::wire::{AdoptableKey, Failure, FailureKind};
use crate::words::words;

/// What was found in a file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundInFile {
    /// The file's name, without its folder.
    pub file: String,
    pub keys: Vec<AdoptableKey>,
}

/// Looks for API SIDs and their secrets in a text. The secrets stay on this side, until they are adopted or forgotten.
#[tauri::command]
#[specta::specta]
pub async fn find_keys_in_text(
    session: State<'_, AppSession>,
    text: String,
) -> Result<Vec<AdoptableKey>, Failure> {
    Ok(session.workspace().await?.plan_adoption(&text).await?)
}

/// Lets the user choose a file, and looks for API SIDs and their secrets in it. Null where they changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn find_keys_in_file(
    app: AppHandle,
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
) -> Result<Option<FoundInFile>, Failure> {
    let allowed = controller.require_open()?;
    let say = &words().files;
    let (sender, chosen) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_title(say.choose_keys)
        .add_filter(
            say.texts_and_tables,
            &["csv", "tsv", "xlsx", "json", "env", "txt"],
        )
        .add_filter(say.all_files, &["*"])
        .pick_file(move |file| {
            let _ = sender.send(file);
        });
    let Some(file) = chosen.await.ok().flatten() else {
        return Ok(None);
    };
    // The system's box stays when the window is locked.
    controller.still(&allowed)?;
    let path = file.into_path().map_err(|_| not_readable())?;
    let name = path.file_name().unwrap_or_default();
    let name = name.to_string_lossy().into_owned();
    let workspace = session.workspace().await?;
    let keys = workspace.plan_adoption_of_file(&path).await?;
    Ok(Some(FoundInFile { file: name, keys }))
}

/// Proves what was found last and keeps what works, and answers the number of the operation.
#[tauri::command]
#[specta::specta]
pub async fn adopt_keys(session: State<'_, AppSession>) -> Result<u32, Failure> {
    let adopting = session.workspace().await?.adopt();
    Ok(adopting.begin().id().get())
}

/// Forgets what was found last.
#[tauri::command]
#[specta::specta]
pub async fn forget_found_keys(session: State<'_, AppSession>) -> Result<(), Failure> {
    session.workspace().await?.forget_adoption();
    Ok(())
}

fn not_readable() -> Failure {
    Failure::of(FailureKind::FileNotReadable)
}
