//! Follows the lock: closes it when its time has come or the computer is left, and carries out what closing and opening mean.

use std::sync::Arc;
use std::time::Duration;

use guard::lock::{Closing, Why};
use tauri::{AppHandle, Manager};

use super::LockController;
use crate::clipboard;
use crate::freed_memory::give_back_freed_memory;
use crate::look_after::look_after_soon;
use crate::session::AppSession;
use crate::window::{WINDOW, load_anew};

/// The time is looked at so often at least: the computer may have slept meanwhile.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// The computer is kept from sleeping for so long at most, until everything is forgotten.
const SHUT_WITHIN: Duration = Duration::from_secs(2);

/// Follows the lock for as long as the program runs: closes it when its time has come, and carries out what that means.
pub async fn follow(app: AppHandle) {
    let controller = Arc::clone(&app.state::<Arc<LockController>>());
    tauri::async_runtime::spawn(find_way(app.clone()));
    let mut watching = controller.lock.watch();
    let mut seen = Seen::default();
    loop {
        let wait = controller.lock.closes_in().unwrap_or(LOOK_EVERY);
        let wait = wait.clamp(Duration::from_millis(100), LOOK_EVERY);
        // Changed or not, it is time to look.
        let _ = tokio::time::timeout(wait, watching.changed()).await;
        match seen.next(controller.lock.closing()) {
            Some(Turn::Closed(closing)) => shut(&app, closing),
            Some(Turn::Opened) => {
                if let Some(workspace) = app.state::<AppSession>().workspace_now() {
                    workspace.wake();
                }
                look_after_soon(&app);
            }
            None => {}
        }
    }
}

/// What became of the lock between two looks at it.
#[derive(Debug, PartialEq, Eq)]
enum Turn {
    Closed(Closing),
    Opened,
}

/// What the lock was when it was last looked at: closed, at the start.
#[derive(Default)]
struct Seen {
    open: bool,
    closing: Closing,
}

impl Seen {
    /// What has changed. Opened and closed again between two looks, it is closed anew.
    fn next(&mut self, closing: Option<(Closing, Why)>) -> Option<Turn> {
        let was_open = std::mem::replace(&mut self.open, closing.is_none());
        match closing {
            Some((closing, why)) => {
                let before = std::mem::replace(&mut self.closing, closing);
                // A start that finds it locked has shown nothing yet.
                let anew = was_open || (closing != before && why != Why::LastTime);
                anew.then_some(Turn::Closed(closing))
            }
            None => (!was_open).then_some(Turn::Opened),
        }
    }
}

/// Finds out whether the system can ask. It may take a while, and nobody waits for it.
async fn find_way(app: AppHandle) {
    let controller = Arc::clone(&app.state::<Arc<LockController>>());
    controller.find_system_way().await;
}

/// Everything secret is forgotten, and the page with its names is loaded anew. What works with saved secrets stops: a backup, an export
/// and putting back for good, settling in what was restored until it is unlocked. A creation that is under way goes on to its end with
/// what it holds; a secret that is nowhere else yet is not forgotten.
fn shut(app: &AppHandle, closing: Closing) {
    let session = app.state::<AppSession>();
    if let Some(workspace) = session.workspace_now() {
        workspace.rest();
    }
    if let Some(window) = app.get_webview_window(WINDOW) {
        load_anew(&window);
    }
    // The clipboard may let it wait, and the next closing must not wait for that.
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        clipboard::clear_if_ours(&app).await;
        tauri::async_runtime::spawn_blocking(give_back_freed_memory);
        let controller = app.state::<Arc<LockController>>();
        controller
            .shut
            .send_modify(|carried_out| *carried_out = closing.max(*carried_out));
    });
}

/// Locks at once on sleep, on a locked screen and on another user. To be called on the main thread.
pub fn watch_the_computer(app: &AppHandle) {
    let app = app.clone();
    guard::away::watch(Arc::new(move |_| {
        let controller = Arc::clone(&app.state::<Arc<LockController>>());
        let was_open = !controller.lock.is_closed();
        controller.close_as_away();
        // macOS tells on the main thread, which the page needs for being loaded anew.
        if let (true, Some((closing, _)), false) = (
            was_open,
            controller.lock.closing(),
            cfg!(target_os = "macos"),
        ) {
            tauri::async_runtime::block_on(async {
                let mut shut = controller.shut.subscribe();
                // What takes longer goes on when the computer wakes.
                let carried_out = shut.wait_for(|shut| *shut >= closing);
                let _ = tokio::time::timeout(SHUT_WITHIN, carried_out).await;
            });
        }
    }));
}

#[cfg(test)]
mod tests {
    use guard::lock::{Clock, Found, Lock, Remembered, Way};

    use super::*;

    fn opened(lock: &Lock) {
        let attempt = lock
            .try_to_open(Way::Passphrase)
            .expect("nothing is in the way");
        attempt.proved().expect("it is them");
    }

    fn found() -> Found {
        Found {
            passphrase: true,
            account: true,
        }
    }

    fn open_lock() -> Lock {
        let lock = Lock::new(Clock::system());
        lock.begin(found(), Duration::from_secs(300), None);
        lock
    }

    #[test]
    fn each_closing_is_carried_out_once_and_each_opening_noticed_once() {
        let lock = open_lock();
        let mut seen = Seen::default();
        assert_eq!(seen.next(lock.closing()), Some(Turn::Opened));
        assert_eq!(seen.next(lock.closing()), None);
        lock.close(Why::Asked);
        let closed = seen.next(lock.closing());
        assert!(matches!(closed, Some(Turn::Closed(_))));
        assert_eq!(seen.next(lock.closing()), None);
        opened(&lock);
        assert_eq!(seen.next(lock.closing()), Some(Turn::Opened));
    }

    #[test]
    fn opened_and_closed_again_between_two_looks_it_is_closed_anew() {
        let lock = open_lock();
        let mut seen = Seen::default();
        seen.next(lock.closing());
        lock.close(Why::Asked);
        let Some(Turn::Closed(first)) = seen.next(lock.closing()) else {
            panic!("it was closed");
        };
        opened(&lock);
        lock.close(Why::Asked);
        let Some(Turn::Closed(second)) = seen.next(lock.closing()) else {
            panic!("it was closed again");
        };
        assert!(second > first);
    }

    #[test]
    fn a_start_that_finds_it_locked_has_nothing_to_forget() {
        let lock = Lock::new(Clock::system());
        let mut seen = Seen::default();
        assert_eq!(seen.next(lock.closing()), None);
        lock.begin(found(), Duration::from_secs(300), Some(Remembered::CLOSED));
        assert_eq!(seen.next(lock.closing()), None);
        opened(&lock);
        assert_eq!(seen.next(lock.closing()), Some(Turn::Opened));
    }
}
