//! Keeps the lock: begins it with what was open, carries out what locking means, and writes down what the next start has to know.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use guard::lock::{Clock, Closing, Found, Fresh, Lock, NotFresh, Open, Remembered, Way, Why};
use guard::presence::{Presence, SystemWay};
use tauri::{AppHandle, Manager};
use tokio::sync::watch;
use vault::LOCK_PREFERENCE;
use workflows::Workspace;

use crate::clipboard;
use crate::commands::preferences;
use crate::desk::Desk;
use crate::freed_memory::give_back_freed_memory;
use crate::look_after::look_after_soon;
use crate::shown::of_kind;
use crate::window::{WINDOW, load_anew};
use crate::wire::{Failure, FailureKind};

/// The time is looked at so often at least: the computer may have slept meanwhile.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Between two looks whether what was left has been replaced.
const WHILE_REPLACED: Duration = Duration::from_millis(20);
/// The computer is kept from sleeping for so long at most, until everything is forgotten.
const SHUT_WITHIN: Duration = Duration::from_secs(2);
/// The system says within this time whether it can ask.
const WAY_KNOWN_WITHIN: Duration = Duration::from_secs(3);

/// The lock, and the ways to open it.
pub struct Keeper {
    pub lock: Lock,
    pub presence: Arc<dyn Presence>,
    /// How the system says that it can ask; `None` until it has said. Nothing is locked or opened by it: it is offered, no more.
    way: watch::Sender<Option<Option<SystemWay>>>,
    /// Instead of the chosen idle time, for tests.
    idle: Option<Duration>,
    /// The last closing whose meaning has been carried out.
    shut: watch::Sender<Closing>,
    /// How the real account was left for practice mode, until there is a reason to lock.
    left_open: Mutex<Option<LeftOpen>>,
}

/// What the lock was when something else was opened.
pub struct Parting {
    remembered: Remembered,
}

struct LeftOpen {
    remembered: Remembered,
    /// That the lock has been open ever since.
    since: Open,
}

impl Keeper {
    /// A closed lock. `idle` stands in for the chosen idle time.
    pub fn new(presence: Arc<dyn Presence>, idle: Option<Duration>) -> Self {
        Self {
            lock: Lock::new(Clock::system()),
            presence,
            way: watch::Sender::new(None),
            idle,
            shut: watch::Sender::default(),
            left_open: Mutex::default(),
        }
    }

    /// Decides whether what was just opened begins locked: by `back`, or else by what was written down in it. What cannot be read counts
    /// as a reason to lock.
    pub async fn begin(&self, workspace: &Workspace, back: Option<Remembered>) {
        let remembered = match back {
            Some(back) => Some(back),
            None => written_down(workspace).await,
        };
        // In doubt there is something behind it.
        let has_anything = workspace.has_anything_to_lock().await.unwrap_or(true);
        let remembered = remembered.filter(|_| has_anything);
        let idle = self.idle_time(preferences(workspace).await.lock_after());
        self.lock.begin(found(workspace).await, idle, remembered);
    }

    /// What the lock is for what is open now, to be asked before something else begins.
    pub fn parting(&self) -> Parting {
        Parting {
            remembered: self.lock.to_remember(),
        }
    }

    /// The real account was left for practice mode, which has a lock of its own: whoever ends the program there finds the real one locked
    /// at the next start. To be called once practice mode has begun.
    pub async fn leave(&self, left: &Workspace, parting: Parting) {
        let Parting { remembered } = parting;
        *self.left_open_slot() = self
            .lock
            .require_open()
            .ok()
            .map(|since| LeftOpen { remembered, since });
        if remembered.holds_a_lock() {
            write_down(left, remembered.as_closed()).await;
        }
    }

    /// How the real account was left, for going back to it. `None` where it has been locked since, or had to be if it were open.
    pub fn left_open(&self) -> Option<Remembered> {
        let left = self.left_open_slot().take()?;
        self.lock.still(&left.since).ok().map(|()| left.remembered)
    }

    /// Locks, as the computer was left to others. Practice mode may have nothing to lock with; what was left for it is locked all the same.
    fn close_as_away(&self) {
        *self.left_open_slot() = None;
        self.lock.close(Why::Away);
    }

    fn left_open_slot(&self) -> MutexGuard<'_, Option<LeftOpen>> {
        self.left_open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over a newly chosen idle time.
    pub fn choose_idle(&self, idle: Duration) {
        self.lock.set_idle(self.idle_time(idle));
    }

    /// Looks again what opens it beside the system's own check.
    pub async fn look_for_ways(&self, workspace: &Workspace) {
        self.lock.set_found(found(workspace).await);
    }

    /// The system's check, where it counts as a way to open this. Whether it can ask at the moment is seen when it is asked.
    pub fn system_way(&self) -> Option<SystemWay> {
        let counts = self.lock.is_closed() || self.lock.ways().system;
        (counts && self.lock.takes(Way::System)).then(guard::presence::kind_on_this_system)
    }

    /// The system's check, where it has not worked here yet and the system says that it can ask.
    pub async fn system_offer(&self) -> Option<SystemWay> {
        if self.lock.is_closed() || self.lock.ways().system {
            return None;
        }
        let mut way = self.way.subscribe();
        let known = tokio::time::timeout(WAY_KNOWN_WITHIN, way.wait_for(Option::is_some)).await;
        known.ok()?.ok().and_then(|way| way.flatten())
    }

    async fn find_system_way(&self) {
        let way = guard::presence::way_of(Arc::clone(&self.presence)).await;
        self.way.send_replace(Some(way));
    }

    /// Allows what needs them to have just said who they are. `still_fresh` takes the answer, right before the deed.
    pub fn require_fresh(&self) -> Result<Fresh, Failure> {
        self.lock.require_fresh().map_err(not_fresh)
    }

    /// Allows what needs no more than that it is open.
    pub fn require_open(&self) -> Result<Open, Failure> {
        self.lock.require_open().map_err(not_fresh)
    }

    /// Whether it has been open ever since they said who they are; to be asked right before what only they may do.
    pub fn still_fresh(&self, fresh: &Fresh) -> Result<(), Failure> {
        self.still(fresh.open())
    }

    /// Whether it has been open ever since; to be asked before what was allowed leaves this side.
    pub fn still(&self, open: &Open) -> Result<(), Failure> {
        self.lock.still(open).map_err(not_fresh)
    }

    fn idle_time(&self, chosen: Duration) -> Duration {
        self.idle.unwrap_or(chosen)
    }
}

async fn written_down(workspace: &Workspace) -> Option<Remembered> {
    match workspace.records().preference(LOCK_PREFERENCE).await {
        Ok(None) => None,
        Ok(Some(text)) => Some(serde_json::from_str(&text).unwrap_or(Remembered::CLOSED)),
        Err(_) => Some(Remembered::CLOSED),
    }
}

async fn write_down(workspace: &Workspace, remembered: Remembered) {
    if let Ok(text) = serde_json::to_string(&remembered) {
        // It is locked in memory all the same; a full disk must not keep it from that.
        let records = workspace.records();
        let _ = records.set_preference(LOCK_PREFERENCE, &text).await;
    }
}

/// In doubt it is there, so that what cannot be found out does not keep it open.
async fn found(workspace: &Workspace) -> Found {
    let account = workspace.owners_account().await;
    Found {
        passphrase: workspace.has_passphrase().await.unwrap_or(true),
        account: account.map_or(true, |account| account.is_some()),
    }
}

fn not_fresh(why: NotFresh) -> Failure {
    of_kind(match why {
        NotFresh::Closed => FailureKind::Locked,
        NotFresh::AskAgain => FailureKind::AskAgain,
    })
}

/// Follows the lock for as long as the program runs: closes it when its time has come, and carries out what that means.
pub async fn follow(app: AppHandle) {
    let keeper = Arc::clone(&app.state::<Arc<Keeper>>());
    tauri::async_runtime::spawn(find_way(app.clone()));
    let mut watching = keeper.lock.watch();
    let mut seen = Seen::default();
    loop {
        let wait = keeper.lock.closes_in().unwrap_or(LOOK_EVERY);
        let wait = wait.clamp(Duration::from_millis(100), LOOK_EVERY);
        // Changed or not, it is time to look.
        let _ = tokio::time::timeout(wait, watching.changed()).await;
        match seen.next(keeper.lock.closing()) {
            Some(Turn::Closed(closing)) => shut(&app, closing),
            Some(Turn::Opened) => {
                if let Some(workspace) = app.state::<Desk>().workspace_now() {
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
    let keeper = Arc::clone(&app.state::<Arc<Keeper>>());
    keeper.find_system_way().await;
}

/// Everything secret is forgotten, and the page with its names is loaded anew. What works with saved secrets stops: a backup, an export
/// and putting back for good, settling in what was restored until it is unlocked. A creation that is under way goes on to its end with
/// what it holds; a secret that is nowhere else yet is not forgotten.
fn shut(app: &AppHandle, closing: Closing) {
    let desk = app.state::<Desk>();
    if let Some(workspace) = desk.workspace_now() {
        workspace.rest();
    }
    desk.stop_refresh();
    if let Some(window) = app.get_webview_window(WINDOW) {
        load_anew(&window);
    }
    // The clipboard may let it wait, and the next closing must not wait for that.
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        clipboard::take_back(&app).await;
        tauri::async_runtime::spawn_blocking(give_back_freed_memory);
        let keeper = app.state::<Arc<Keeper>>();
        keeper
            .shut
            .send_modify(|carried_out| *carried_out = closing.max(*carried_out));
    });
}

/// Writes down what the next start has to know, whenever that changes.
pub async fn remember(app: AppHandle) {
    let keeper = Arc::clone(&app.state::<Arc<Keeper>>());
    let mut remembered = keeper.lock.watch_remembered();
    let mut written = None;
    while remembered.changed().await.is_ok() {
        let Some(workspace) = worked_with(&app).await else {
            continue;
        };
        let latest = *remembered.borrow_and_update();
        // Where it neither is nor can be locked, only what opens it is of any use later.
        if let Some(latest) = latest
            && (latest.holds_a_lock() || written != Some(latest.by()))
        {
            write_down(&workspace, latest).await;
            written = Some(latest.by());
        }
    }
}

/// What is open now. One that was left is about to be replaced: what the lock says is meant for the next.
async fn worked_with(app: &AppHandle) -> Option<Arc<Workspace>> {
    loop {
        let workspace = app.state::<Desk>().workspace_now()?;
        if !workspace.is_left() {
            return Some(workspace);
        }
        tokio::time::sleep(WHILE_REPLACED).await;
    }
}

/// Locks at once on sleep, on a locked screen and on another user. To be called on the main thread.
pub fn watch_the_computer(app: &AppHandle) {
    let app = app.clone();
    guard::away::watch(Arc::new(move |_| {
        let keeper = Arc::clone(&app.state::<Arc<Keeper>>());
        let was_open = !keeper.lock.is_closed();
        keeper.close_as_away();
        // macOS tells on the main thread, which the page needs for being loaded anew.
        if let (true, Some((closing, _)), false) =
            (was_open, keeper.lock.closing(), cfg!(target_os = "macos"))
        {
            tauri::async_runtime::block_on(async {
                let mut shut = keeper.shut.subscribe();
                // What takes longer goes on when the computer wakes.
                let carried_out = shut.wait_for(|shut| *shut >= closing);
                let _ = tokio::time::timeout(SHUT_WITHIN, carried_out).await;
            });
        }
    }));
}

#[cfg(test)]
mod tests {
    use guard::lock::Way;

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
