//! Looking after what is unfinished, by itself: at the start, after connecting, and from time to time.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager};
use tokio::sync::Notify;
use workflows::{Reconciled, Workspace};

use crate::lock::LockController;
use crate::session::AppSession;
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

    /// Looks after the first screen, and then again whenever it is woken or the pause that the last look asked for is over.
    async fn again_and_again<F: Future<Output = Duration>>(
        &self,
        mut look: impl FnMut() -> F,
    ) -> ! {
        self.first_screen().await;
        loop {
            // Whatever has asked for a look until now is answered by this one.
            let _ = tokio::time::timeout(Duration::ZERO, self.soon.notified()).await;
            let pause = look().await;
            // Woken or not, it is time for the next look.
            let _ = tokio::time::timeout(pause, self.soon.notified()).await;
        }
    }
}

/// Looks after what is unfinished for as long as the program runs. The first screen comes first, whatever else would wake it: until that
/// is painted the page does not listen, and what has changed meanwhile would not be on it.
pub async fn look_after(app: AppHandle) {
    let woken = app.state::<LookAfter>();
    woken
        .again_and_again(|| {
            let app = app.clone();
            async move { look(&app).await }
        })
        .await
}

/// Looks once, as soon as something is open, and says how long to wait for the next time. Nothing is kept open in between.
async fn look(app: &AppHandle) -> Duration {
    let Ok(workspace) = app.state::<AppSession>().workspace().await else {
        return UNTIL_OPEN;
    };
    // It would read the Auth Token into memory. Whoever unlocks wakes it.
    if app.state::<Arc<LockController>>().lock.is_closed() {
        return OTHERWISE;
    }
    // What cannot be put right now (offline, keychain locked) is tried again at the next look.
    let reconciled = workspace.reconcile().await.unwrap_or(Reconciled {
        waiting: 1,
        ..Reconciled::default()
    });
    settle_what_is_left(&workspace).await;
    // A subaccount that cannot be asked about now is asked about at the next look.
    let _ = workspace.look_for_use_of_all().await;
    pause_after(&reconciled)
}

/// Goes on with a restore that was interrupted, and offers the keychain again what only sealed copies hold. Asks nothing of the keychain
/// where there is neither. Where it is under way, that one goes on for both.
async fn settle_what_is_left(workspace: &Arc<Workspace>) {
    let Ok(left) = workspace.unsettled().await else {
        return;
    };
    // What cannot be done now is done at the next look.
    if left.proofs_due > 0 {
        let _ = workspace.settle().await;
    } else if left.sealed_only > 0 {
        let _ = workspace.offer_keychain_again().await;
    }
}

fn pause_after(reconciled: &Reconciled) -> Duration {
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
    use std::sync::Mutex;

    use tokio::time::{Instant, sleep};

    use super::*;

    /// When it looked, in seconds from the start, within `time`; `wakes` wakes it meanwhile.
    async fn looks(
        time: Duration,
        pause: Duration,
        wakes: impl AsyncFnOnce(&LookAfter),
    ) -> Vec<u64> {
        let woken = LookAfter::default();
        let began = Instant::now();
        let looks = Mutex::new(Vec::new());
        let looking = woken.again_and_again(|| {
            let now = began.elapsed().as_secs();
            looks.lock().expect("no panic").push(now);
            std::future::ready(pause)
        });
        tokio::select! {
            never = looking => never,
            () = async {
                wakes(&woken).await;
                sleep(time.saturating_sub(began.elapsed())).await;
            } => {}
        }
        looks.into_inner().expect("no panic")
    }

    const fn minutes(count: u64) -> Duration {
        Duration::from_secs(60 * count)
    }

    #[tokio::test(start_paused = true)]
    async fn what_would_wake_it_before_the_first_screen_is_answered_by_the_first_look() {
        let seen = looks(minutes(5), OTHERWISE, async |woken| {
            woken.soon.notify_one();
            sleep(Duration::from_secs(2)).await;
            woken.painted.notify_one();
        });
        assert_eq!(seen.await, [2]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_first_screen_that_never_comes_is_not_waited_for_for_ever() {
        let seen = looks(minutes(5), OTHERWISE, async |_| {}).await;
        assert_eq!(seen, [SHOWN_AT_THE_LATEST.as_secs()]);
    }

    #[tokio::test(start_paused = true)]
    async fn with_something_unfinished_it_looks_again_after_five_minutes_and_else_after_an_hour() {
        let waiting = Reconciled {
            waiting: 1,
            ..Reconciled::default()
        };
        let painted = async |woken: &LookAfter| woken.painted.notify_one();
        let seen = looks(minutes(11), pause_after(&waiting), painted).await;
        assert_eq!(seen, [0, 305, 610]);
        let seen = looks(minutes(121), pause_after(&Reconciled::default()), painted).await;
        assert_eq!(seen, [0, 3_600, 7_200]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_wakes_it_later_is_answered_at_once_and_once() {
        let seen = looks(minutes(30), OTHERWISE, async |woken| {
            woken.painted.notify_one();
            sleep(minutes(10)).await;
            woken.soon.notify_one();
            woken.soon.notify_one();
        });
        assert_eq!(seen.await, [0, 600]);
    }
}
