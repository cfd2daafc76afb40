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
pub struct LookAfter {
    painted: Notify,
    soon: Notify,
}

impl LookAfter {
    /// Waits for the first screen, but not for one that never comes.
    async fn first_screen(&self) {
        let _ = tokio::time::timeout(SHOWN_AT_THE_LATEST, self.painted.notified()).await;
    }
}

/// Looks after what is unfinished for as long as the program runs. The first screen comes first, whatever else would wake it: until that
/// is painted the page does not listen, and what has changed meanwhile would not be on it.
pub async fn look_after(app: AppHandle) {
    let woken = app.state::<LookAfter>();
    woken.first_screen().await;
    loop {
        let pause = look(&app).await;
        // Woken or not, it is time for the next look.
        let _ = tokio::time::timeout(pause, woken.soon.notified()).await;
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

/// Lets it begin: the first screen is painted.
pub fn look_after_from_now_on(app: &AppHandle) {
    app.state::<LookAfter>().painted.notify_one();
}

/// Looks as soon as may be, but not before the first screen is painted.
pub fn look_after_soon(app: &AppHandle) {
    app.state::<LookAfter>().soon.notify_one();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_would_wake_it_before_the_first_screen_waits_for_that() {
        let woken = LookAfter::default();
        woken.soon.notify_one();
        let mut first_screen = std::pin::pin!(woken.first_screen());
        let waited = tokio::time::timeout(Duration::from_millis(50), &mut first_screen).await;
        assert!(waited.is_err());
        woken.painted.notify_one();
        first_screen.await;
        woken.soon.notified().await;
    }
}
