//! The made-up Twilio itself: everything its routes, faults and control share.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

use crate::clock::Clock;
use crate::faults::Switchboard;
use crate::log::RequestLog;
use crate::server::Line;
use crate::state_file::StateFile;
use crate::store::Store;

/// Shared by everything that serves.
pub(crate) struct Twilio {
    store: Mutex<Store>,
    pub clock: Clock,
    pub faults: Switchboard,
    pub log: RequestLog,
    pub line: Line,
    pub latency: Option<Duration>,
    state_file: Option<Arc<StateFile>>,
    concurrency: usize,
    under_way: Mutex<HashMap<String, usize>>,
    requests: AtomicU32,
    stopped: AtomicBool,
}

impl Twilio {
    pub(crate) fn new(
        settings: &crate::Settings,
        store: Store,
        clock: Clock,
        line: Line,
        state_file: Option<StateFile>,
    ) -> Self {
        Self {
            store: Mutex::new(store),
            clock,
            faults: Switchboard::default(),
            log: RequestLog::default(),
            line,
            latency: settings.latency,
            state_file: state_file.map(Arc::new),
            concurrency: settings.concurrency,
            under_way: Mutex::default(),
            requests: AtomicU32::new(0),
            stopped: AtomicBool::new(false),
        }
    }

    /// The state, for as long as the guard lives; never across an await.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock()
    }

    /// Waits until the present state is on disk, if it is kept at all.
    pub(crate) async fn keep(&self) -> std::io::Result<()> {
        let Some(file) = self.state_file.clone() else {
            return Ok(());
        };
        let world = {
            let store = self.store();
            if file.holds(store.world().revision) {
                return Ok(());
            }
            store.world().clone()
        };
        tokio::task::spawn_blocking(move || file.write(&world))
            .await
            .map_err(std::io::Error::other)?
    }

    /// Counts requests from 1.
    pub(crate) fn count_request(&self) -> u32 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The account made after the one named, or the first subaccount; the SID given when there is no other.
    pub(crate) fn next_account(&self, sid: &str) -> String {
        let store = self.store();
        let accounts = &store.world().accounts;
        let next = store.place(sid).map_or(0, |place| place + 1);
        accounts
            .get(next)
            .or_else(|| accounts.iter().find(|other| other.sid != sid))
            .map_or_else(|| sid.to_owned(), |other| other.sid.clone())
    }

    /// Nothing is carried out any more.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// Counts a request of an account as under way until the answer is dropped.
    pub(crate) fn begin_request(self: &Arc<Self>, account: String) -> UnderWay {
        let mut under_way = self.under_way.lock();
        let count = under_way.entry(account.clone()).or_default();
        *count += 1;
        UnderWay {
            count: *count,
            too_many: *count > self.concurrency,
            account,
            twilio: Arc::clone(self),
        }
    }
}

/// A request that counts against the limit of its account.
pub(crate) struct UnderWay {
    /// How many are under way with this one.
    pub count: usize,
    pub too_many: bool,
    account: String,
    twilio: Arc<Twilio>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut under_way = self.twilio.under_way.lock();
        if let Some(count) = under_way.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                under_way.remove(&self.account);
            }
        }
    }
}
