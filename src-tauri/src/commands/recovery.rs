//! The recovery passphrase and the recovery sheet.

use std::sync::Arc;

use jiff::Timestamp;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;
use vault::recovery::NotAPassphrase;
use vault::{Passphrase, TypedPassphrase, export};

use crate::lock::LockController;
use crate::session::AppSession;
use crate::wire::{Failure, FailureKind, PassphraseStrength, PutBack};
use crate::words::{SheetFacts, words};

/// How hard a passphrase is to guess. Nothing of it is kept.
#[tauri::command]
#[specta::specta]
pub async fn passphrase_strength(passphrase: String) -> Result<PassphraseStrength, Failure> {
    let passphrase = parsed(passphrase)?;
    let measured = tokio::task::spawn_blocking(move || passphrase.strength()).await;
    measured
        .map(Into::into)
        .map_err(|_| Failure::of(FailureKind::Internal))
}

/// Sets the recovery passphrase; `old` is the one that is set, if one is.
#[tauri::command]
#[specta::specta]
pub async fn set_passphrase(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    passphrase: String,
    old: Option<String>,
) -> Result<(), Failure> {
    let allowed = controller.require_fresh()?;
    let workspace = session.workspace().await?;
    let passphrase = parsed(passphrase)?;
    controller.still_fresh(&allowed)?;
    match old {
        Some(old) => workspace.change_passphrase(typed(old)?, passphrase).await,
        None => workspace.set_passphrase(passphrase).await,
    }?;
    // Something else may have been opened meanwhile, which this says nothing of.
    if session.has_open(&workspace) {
        controller.look_for_ways(&workspace).await;
    }
    Ok(())
}

/// Gives an emptied keychain back what sealed copies hold.
#[tauri::command]
#[specta::specta]
pub async fn put_back_missing(
    session: State<'_, AppSession>,
    passphrase: String,
) -> Result<PutBack, Failure> {
    let workspace = session.workspace().await?;
    let report = workspace.put_back_missing(typed(passphrase)?).await?;
    Ok(report.into())
}

/// Saves the recovery sheet where the user says, and opens it to be printed. Null where they changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn save_recovery_sheet(
    app: AppHandle,
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
) -> Result<Option<String>, Failure> {
    let allowed = controller.require_open()?;
    let workspace = session.workspace().await?;
    let say = &words().files;
    let (sender, chosen) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_title(say.save_recovery_sheet)
        .set_file_name(format!("{}.html", say.recovery_sheet))
        .add_filter(say.page, &["html"])
        .save_file(move |file| {
            let _ = sender.send(file);
        });
    let Some(path) = chosen.await.ok().flatten() else {
        return Ok(None);
    };
    // The system's box stays when the window is locked.
    controller.still(&allowed)?;
    let path = path
        .into_path()
        .map_err(|_| Failure::of(FailureKind::DiskUnwritable))?;
    let state = workspace.backup_state().await?;
    let connection = workspace.records().connection().await?;
    let file = state.last_good.and_then(|run| {
        let name = std::path::Path::new(&run.file).file_name()?;
        Some(name.to_string_lossy().into_owned())
    });
    let sheet = (words().recovery_sheet)(&SheetFacts {
        account: connection
            .as_ref()
            .map(|one| (one.name.as_str(), one.account.as_str())),
        saved_keys: state.saved_keys,
        folder: state.plan.as_ref().map(|plan| plan.folder.as_str()),
        file: file.as_deref(),
        made_at: Timestamp::now(),
    });
    let place = path.clone();
    tokio::task::spawn_blocking(move || export::write_page(&place, sheet.as_bytes()))
        .await
        .map_err(|_| Failure::of(FailureKind::Internal))??;
    let shown = path.display().to_string();
    // The sheet is saved; where no program shows it, its place is told all the same.
    let _ = app.opener().open_path(&shown, None::<&str>);
    Ok(Some(shown))
}

/// A passphrase that is to be set, as it was typed.
pub fn parsed(text: String) -> Result<Passphrase, Failure> {
    Passphrase::new(text).map_err(not_a_passphrase)
}

/// What was typed to open something.
pub fn typed(text: String) -> Result<TypedPassphrase, Failure> {
    TypedPassphrase::new(text).map_err(not_a_passphrase)
}

fn not_a_passphrase(error: NotAPassphrase) -> Failure {
    Failure::of(match error {
        NotAPassphrase::Empty => FailureKind::PassphraseEmpty,
        NotAPassphrase::SpaceAtEnd => FailureKind::PassphraseSpaceAtEnd,
        NotAPassphrase::Invisible => FailureKind::PassphraseInvisible,
        NotAPassphrase::TooLong | NotAPassphrase::ControlCharacter => {
            FailureKind::PassphraseUntypable
        }
    })
}
