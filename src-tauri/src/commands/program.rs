//! Starting, practice mode, quitting.

use std::sync::Arc;

use parking_lot::Mutex;
use tauri::async_runtime::JoinHandle;
use tauri::{AppHandle, Manager, State, WebviewWindow};
use vault::{Keychain, OpenNotice};

use crate::closing::{CloseQuestion, think_close_over};
use crate::freed_memory::give_back_freed_memory;
use crate::lock::LockController;
use crate::look_after::{look_after_from_now_on, look_after_soon};
use crate::platform::platform;
use crate::preferences::preferences;
use crate::process::close_process_to_others;
use crate::session::{AppSession, Open, open_failure};
use crate::window::{Measured, show};
use crate::wire::{AppState, Failure, FailureKind, FirstScreen, RecordsNotice};

/// What is opened at the start and its first screen, read while the page is still being made.
pub struct ReadAhead(Mutex<Option<JoinHandle<Result<FirstScreen, Failure>>>>);

impl ReadAhead {
    /// Opens what the command line asks for, and reads.
    pub fn begin(app: AppHandle) -> Self {
        Self(Mutex::new(Some(tauri::async_runtime::spawn(async move {
            let session = app.state::<AppSession>();
            session.open_first().await;
            first_screen(&app, &session).await
        }))))
    }

    /// The first page alone is answered with it: before there was a page nothing could change.
    fn take(&self) -> Option<JoinHandle<Result<FirstScreen, Failure>>> {
        self.0.lock().take()
    }
}

/// Everything the window needs for its first screen.
#[tauri::command]
#[specta::specta]
pub async fn start(app: AppHandle, session: State<'_, AppSession>) -> Result<FirstScreen, Failure> {
    let first = match app.state::<ReadAhead>().take() {
        Some(ahead) => ahead
            .await
            .unwrap_or_else(|_| Err(Failure::of(FailureKind::Internal)))?,
        None => {
            session.open_again_after_failure().await;
            first_screen(&app, &session).await?
        }
    };
    // It may have locked since that was read.
    app.state::<Arc<LockController>>().require_open()?;
    app.state::<Measured>().come_to("read");
    Ok(first)
}

/// The first screen is laid out: the window may be seen.
#[tauri::command]
#[specta::specta]
pub fn laid_out(window: WebviewWindow, measured: State<'_, Measured>) {
    // A page that was loaded anew, as it is by locking, does not bring the window before the user.
    if matches!(window.is_visible(), Ok(true)) {
        return;
    }
    measured.come_to("laid-out");
    show(&window);
}

/// The first screen is on the display: other work may begin.
#[tauri::command]
#[specta::specta]
pub fn painted(app: AppHandle, measured: State<'_, Measured>) {
    measured.come_to("painted");
    look_after_from_now_on(&app);
    tauri::async_runtime::spawn_blocking(give_back_freed_memory);
    if cfg!(windows) {
        close_process_to_others();
    }
}

/// Opens the made-up Twilio, in a folder and with keychain items of its own.
#[tauri::command]
#[specta::specta]
pub async fn open_practice(
    app: AppHandle,
    session: State<'_, AppSession>,
) -> Result<FirstScreen, Failure> {
    session.enter_practice().await.map_err(open_failure)?;
    look_after_soon(&app);
    first_screen(&app, &session).await
}

/// Goes back to the real account.
#[tauri::command]
#[specta::specta]
pub async fn leave_practice(
    app: AppHandle,
    session: State<'_, AppSession>,
) -> Result<FirstScreen, Failure> {
    session.leave_practice().await.map_err(open_failure)?;
    look_after_soon(&app);
    first_screen(&app, &session).await
}

/// Closes the program, unless a secret is not safe yet: then the window is told to ask first.
#[tauri::command]
#[specta::specta]
pub async fn quit(app: AppHandle) {
    think_close_over(app).await;
}

/// The question of whether to close is before the user.
#[tauri::command]
#[specta::specta]
pub fn asks_about_closing(question: State<'_, CloseQuestion>) {
    question.window_asks();
}

/// Closes the program although something is unfinished.
#[tauri::command]
#[specta::specta]
pub fn quit_anyway(app: AppHandle) {
    app.exit(0);
}

/// Ends every wait for the keychain. What waited fails and says where it stands; a key that is made already stays unfinished.
#[tauri::command]
#[specta::specta]
pub fn stop_waiting_for_keychain(session: State<'_, AppSession>) {
    session.unanswered().give_up();
}

/// Names customers, so what was opened just now must not have begun locked.
async fn first_screen(app: &AppHandle, session: &AppSession) -> Result<FirstScreen, Failure> {
    let open = session.open().await?;
    app.state::<Arc<LockController>>().require_open()?;
    Ok(FirstScreen {
        list: open.workspace.list().await?,
        operations: open.workspace.operations(),
        unfinished: open.workspace.unfinished().await?,
        put_off: open.workspace.all_put_off().await?,
        state: state(app, &open).await?,
    })
}

async fn state(app: &AppHandle, open: &Open) -> Result<AppState, Failure> {
    let connection = open.workspace.records().connection().await?;
    Ok(AppState {
        practice: open.is_practice(),
        version: app.package_info().version.to_string(),
        platform: platform(),
        keychain_name: Keychain::name().to_owned(),
        data_folder: open.folder.display().to_string(),
        connection: connection.map(Into::into),
        services: workflows::services().to_vec(),
        preferences: preferences(&open.workspace).await,
        records_notice: open.notice.as_ref().map(notice),
    })
}

fn notice(notice: &OpenNotice) -> RecordsNotice {
    let place = |path: &std::path::Path| path.display().to_string();
    match notice {
        OpenNotice::Restored {
            copy_taken_at,
            set_aside,
        } => RecordsNotice::RestoredFromCopy {
            copy_taken_at: copy_taken_at.to_string(),
            set_aside: set_aside.as_deref().map(place),
        },
        OpenNotice::StartedEmpty { set_aside } => RecordsNotice::StartedEmpty {
            set_aside: place(set_aside),
        },
        OpenNotice::NoCopyMade(_) => RecordsNotice::NoCopyMade,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use std::path::PathBuf;

    #[test]
    fn what_was_done_about_the_records_says_how_old_the_copy_is_and_where_the_damaged_file_lies() {
        let damaged = PathBuf::from("damaged-2026-11-20");
        let restored = |set_aside| OpenNotice::Restored {
            copy_taken_at: Timestamp::UNIX_EPOCH,
            set_aside,
        };
        assert_eq!(
            notice(&restored(Some(damaged.clone()))),
            RecordsNotice::RestoredFromCopy {
                copy_taken_at: "1970-01-01T00:00:00Z".to_owned(),
                set_aside: Some("damaged-2026-11-20".to_owned()),
            }
        );
        assert_eq!(
            notice(&restored(None)),
            RecordsNotice::RestoredFromCopy {
                copy_taken_at: "1970-01-01T00:00:00Z".to_owned(),
                set_aside: None,
            }
        );
        assert_eq!(
            notice(&OpenNotice::StartedEmpty { set_aside: damaged }),
            RecordsNotice::StartedEmpty {
                set_aside: "damaged-2026-11-20".to_owned(),
            }
        );
    }
}
