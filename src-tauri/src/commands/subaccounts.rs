//! The subaccount list, its refresh, and one subaccount's detail.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, State};
use terms::AccountSid;
use workflows::{Problem, Refresh, RefreshNews, Workspace};

use crate::events;
use crate::session::AppSession;
use crate::wire::{
    Failure, RefreshPhase, RefreshProgress, SubaccountDetail, SubaccountList, count,
};

/// Rows are told together, so that a thousand of them do not become a thousand messages.
const ROWS_TOGETHER: Duration = Duration::from_millis(250);

/// The list as it was last read from Twilio.
#[tauri::command]
#[specta::specta]
pub async fn subaccounts(session: State<'_, AppSession>) -> Result<SubaccountList, Failure> {
    Ok(session.workspace().await?.list().await?)
}

/// Reads everything anew; how far it is comes as events. Ends when all is read, or it was stopped.
#[tauri::command]
#[specta::specta]
pub async fn refresh(app: AppHandle, session: State<'_, AppSession>) -> Result<(), Failure> {
    let workspace = session.workspace().await?;
    let Some(refresh) = session.begin_refresh() else {
        return Err(Problem::AlreadyRunning.into());
    };
    events::emit(&app, at(RefreshPhase::Subaccounts));
    let (tell, told) = tokio::sync::mpsc::unbounded_channel();
    let telling = tauri::async_runtime::spawn(pass_on(app.clone(), Arc::clone(&workspace), told));
    let outcome = {
        // The listener ends only after this sender does.
        let hear = move |news: RefreshNews| drop(tell.send(news));
        workspace.refresh(&refresh.stop, &hear).await
    };
    // What was read until then is told before the end is.
    let _ = telling.await;
    match outcome {
        Ok(Refresh::Complete { unread }) => {
            let unread = count(unread);
            let done = at(RefreshPhase::Done);
            events::emit(&app, RefreshProgress { unread, ..done });
        }
        Ok(Refresh::Stopped) => events::emit(&app, at(RefreshPhase::Stopped)),
        Err(error) => {
            let failure = Failure::from(error);
            let told = Some(failure.clone());
            let failed = at(RefreshPhase::Failed);
            events::emit(
                &app,
                RefreshProgress {
                    failure: told,
                    ..failed
                },
            );
            return Err(failure);
        }
    }
    Ok(())
}

/// Stops the refresh that is running.
#[tauri::command]
#[specta::specta]
pub fn stop_refresh(session: State<'_, AppSession>) {
    session.stop_refresh();
}

/// One subaccount with its keys, as last read.
#[tauri::command]
#[specta::specta]
pub async fn subaccount(
    session: State<'_, AppSession>,
    sid: String,
) -> Result<SubaccountDetail, Failure> {
    let account = sid.parse::<AccountSid>()?;
    Ok(session.workspace().await?.subaccount(&account).await?)
}

/// Reads one subaccount's keys and spend anew.
#[tauri::command]
#[specta::specta]
pub async fn refresh_subaccount(
    app: AppHandle,
    session: State<'_, AppSession>,
    sid: String,
) -> Result<SubaccountDetail, Failure> {
    let account = sid.parse::<AccountSid>()?;
    let workspace = session.workspace().await?;
    workspace.refresh_subaccount(&account).await?;
    events::rows_changed(&app, &workspace, std::slice::from_ref(&account)).await;
    Ok(workspace.subaccount(&account).await?)
}

/// Passes news on to the window, rows in groups.
async fn pass_on(
    app: AppHandle,
    workspace: Arc<Workspace>,
    mut told: tokio::sync::mpsc::UnboundedReceiver<RefreshNews>,
) {
    let mut group: Vec<AccountSid> = Vec::new();
    let mut far = (0, 0);
    let mut tick = tokio::time::interval(ROWS_TOGETHER);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            news = told.recv() => match news {
                None => break,
                Some(RefreshNews::Connection) => events::connection_changed(&app, &workspace).await,
                Some(RefreshNews::Listed { total }) => {
                    far = (0, total);
                    tell_details(&app, 0, total);
                }
                Some(RefreshNews::Detail { account, done, total }) => {
                    far = (done, total);
                    group.push(account);
                }
            },
            _ = tick.tick() => tell_group(&app, &workspace, &mut group, far).await,
        }
    }
    tell_group(&app, &workspace, &mut group, far).await;
}

async fn tell_group(
    app: &AppHandle,
    workspace: &Workspace,
    group: &mut Vec<AccountSid>,
    (done, total): (usize, usize),
) {
    if group.is_empty() {
        return;
    }
    events::rows_changed(app, workspace, group).await;
    group.clear();
    tell_details(app, done, total);
}

fn tell_details(app: &AppHandle, done: usize, total: usize) {
    let details = at(RefreshPhase::Details);
    events::emit(
        app,
        RefreshProgress {
            done: count(done),
            total: count(total),
            ..details
        },
    );
}

/// A refresh that has come so far, with nothing to count.
fn at(phase: RefreshPhase) -> RefreshProgress {
    RefreshProgress {
        phase,
        done: 0,
        total: 0,
        unread: 0,
        failure: None,
    }
}
