//! Lists for a spreadsheet.

use std::sync::Arc;

use serde::Deserialize;
use specta::Type;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use vault::export::{Table, write_page};

use crate::lock::LockController;
use crate::wire::{Failure, FailureKind};
use crate::words::words;

/// What reads a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TableFormat {
    Csv,
    Xlsx,
}

/// Writes a list that the window shows into a file, where the user wants it. `name` is the file's, without what it ends in. The answer is
/// where it is, or null where they changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn save_table(
    app: AppHandle,
    controller: State<'_, Arc<LockController>>,
    name: String,
    table: Table,
    format: TableFormat,
) -> Result<Option<String>, Failure> {
    let allowed = controller.require_open()?;
    let say = &words().files;
    let (kind, extension) = match format {
        TableFormat::Csv => (say.csv, "csv"),
        TableFormat::Xlsx => (say.workbook, "xlsx"),
    };
    let (sender, chosen) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_title(say.save_list)
        .set_file_name(format!("{name}.{extension}"))
        .add_filter(kind, &[extension])
        .save_file(move |file| {
            let _ = sender.send(file);
        });
    let Some(file) = chosen.await.ok().flatten() else {
        return Ok(None);
    };
    // The system's box stays when the window is locked.
    controller.still(&allowed)?;
    let path = file
        .into_path()
        .map_err(|_| Failure::of(FailureKind::DiskUnwritable))?;
    let shown = path.display().to_string();
    let writing = tokio::task::spawn_blocking(move || {
        let bytes = match format {
            TableFormat::Csv => table.to_csv(),
            TableFormat::Xlsx => table.to_xlsx(),
        }
        .map_err(workflows::Problem::from)?;
        Ok::<_, Failure>(write_page(&path, &bytes)?)
    });
    writing
        .await
        .map_err(|_| Failure::of(FailureKind::Internal))??;
    Ok(Some(shown))
}
