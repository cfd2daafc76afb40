//! Looking after what is unfinished, by itself: at the start, after connecting, and from time to time.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager};
use tokio::sync::Notify;
use workflows::Reconciled;

use crate::backup_desk::settle_what_is_left;
use crate::desk::Desk;
use crate::lock::Keeper;
use crate::news;
use crate::window::SHOWN_AT_THE_LATEST;

/// Between two looks while something is unfinished: Twilio's lists are to be looked at twice, five minutes apart.
const WHILE_OPEN: Duration = Duration::from_secs(5 * 60 + 5);
/// While nothing could be opened: it may be tried again by the user, who need not know of this.
const UNTIL_OPEN: Duration = Duration::from_secs(5);
/// Between two looks otherwise.
const OTHERWISE: Duration = Duration::from_secs(60 * 60);

/// Wakes the one that looks after things.
#[derive(Default)]
pub struct LookAfter(Notify);

/// Looks after what is unfinished for as long as the program runs. The first screen comes first.
pub async fn look_after(app: AppHandle) {
    let _ = tokio::time::timeout(SHOWN_AT_THE_LATEST, app.state::<LookAfter>().0.notified()).await;
    loop {
        let pause = look(&app).await;
        let woken = app.state::<LookAfter>();
        // Woken or not, it is time for the next look.
        let _ = tokio::time::timeout(pause, woken.0.notified()).await;
    }
}

/// Looks once, as soon as something is open, and says how long to wait for the next time. Nothing is kept open in between.
async fn look(app: &AppHandle) -> Duration {
    let Ok(workspace) = app.state::<Desk>().workspace().await else {
        return UNTIL_OPEN;
    };
    // It would read the Auth Token into memory. Whoever unlocks wakes it.
    if app.state::<Arc<Keeper>>().lock.is_closed() {
        return OTHERWISE;
    }
    // What cannot be put right now (offline, keychain locked) is tried again at the next look.
    let reconciled = workspace.reconcile().await.unwrap_or(Reconciled {
        waiting: 1,
        ..Reconciled::default()
    });
    if reconciled != Reconciled::default() {
        news::after_workflow(app, &workspace, None).await;
    }
    settle_what_is_left(app, &workspace).await;
    if reconciled.waiting > 0 {
        WHILE_OPEN
    } else {
        OTHERWISE
    }
}

/// Looks as soon as may be.
pub fn look_after_soon(app: &AppHandle) {
    app.state::<LookAfter>().0.notify_one();
}
