//! The lock, the ways to open it, and what the records say of it.

use std::sync::Arc;
use std::time::Duration;

use guard::lock::{Clock, Closing, Found, Fresh, Lock, NotFresh, Open, Remembered, Way, Why};
use guard::presence::{Presence, SystemWay};
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;
use vault::LOCK_PREFERENCE;
use workflows::Workspace;

use crate::preferences::preferences;
use crate::wire::{Failure, FailureKind};

/// The system says within this time whether it can ask.
const WAY_KNOWN_WITHIN: Duration = Duration::from_secs(3);

/// The lock, and the ways to open it.
pub struct LockController {
    pub lock: Lock,
    pub presence: Arc<dyn Presence>,
    /// How the system says that it can ask; `None` until it has said. Nothing is locked or opened by it: it is offered, no more.
    way: watch::Sender<Option<Option<SystemWay>>>,
    /// Instead of the chosen idle time, for tests.
    idle: Option<Duration>,
    /// The last closing whose meaning has been carried out.
    pub(super) shut: watch::Sender<Closing>,
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

impl LockController {
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
    pub(super) fn close_as_away(&self) {
        *self.left_open_slot() = None;
        self.lock.close(Why::Away);
    }

    fn left_open_slot(&self) -> MutexGuard<'_, Option<LeftOpen>> {
        self.left_open.lock()
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

    pub(super) async fn find_system_way(&self) {
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

pub(super) async fn write_down(workspace: &Workspace, remembered: Remembered) {
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
    Failure::of(match why {
        NotFresh::Closed => FailureKind::Locked,
        NotFresh::AskAgain => FailureKind::AskAgain,
    })
}
