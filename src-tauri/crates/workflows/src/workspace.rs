//! One account's workplace: its records, its keychain items, and the way to Twilio.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use terms::{AccountSid, KeySid, Secret};
use twilio::{Client, Credentials, Environment, Hosts, Inspectors, Timeouts};
use vault::{EntryId, Keychain, OpenNotice, Opened, Records, RecordsError};

use crate::adopt::Adoption;
use crate::changes::{ChangeSet, Changes};
use crate::clock::Clock;
use crate::just_made::JustMade;
use crate::lanes::Lanes;
use crate::last_failures::LastFailures;
use crate::names::KnownLooks;
use crate::not_readable::NotRead;
use crate::operation::{OperationId, OperationKind, Operations};
use crate::view::OperationView;

/// A workspace that is left closes its records within this time.
const CLOSED_WITHIN: Duration = Duration::from_secs(3);

/// How long to wait for Twilio to catch up with itself.
#[derive(Debug, Clone, Copy)]
pub struct WaitTimes {
    /// A new key may be refused at first; after this it is left for later.
    pub prove: Duration,
    /// What this program made within this time Twilio may not know everywhere yet; after it, Twilio's refusals are believed.
    pub known: Duration,
    /// Pause between two tries with what was just made.
    pub prove_pause: Duration,
    /// After a lost reply, before the first look for what was made.
    pub first_look: Duration,
    /// Between two looks that find nothing, before "it was not made" is concluded.
    pub between_looks: jiff::SignedDuration,
    /// For one answer of Twilio's.
    pub answers: Timeouts,
}

impl Default for WaitTimes {
    fn default() -> Self {
        Self {
            prove: Duration::from_secs(60),
            known: Duration::from_secs(60),
            prove_pause: Duration::from_secs(2),
            first_look: Duration::from_secs(2),
            between_looks: jiff::SignedDuration::from_mins(5),
            answers: Timeouts::default(),
        }
    }
}

/// Everything the workflows work with.
pub struct Workspace {
    pub(crate) records: Records,
    pub(crate) keychain: Keychain,
    pub(crate) hosts: Hosts,
    pub(crate) environment: Environment,
    pub(crate) inspectors: Inspectors,
    pub(crate) clock: Clock,
    pub(crate) wait_times: WaitTimes,
    pub(crate) lanes: Lanes,
    /// Held while a number is moved, and while a subaccount whose numbers were just listed is closed.
    pub(crate) numbers_settle: tokio::sync::Mutex<()>,
    pub(crate) unsaved: UnsavedSecrets,
    pub(crate) first_lookups: FirstLookups,
    pub(crate) last_failures: LastFailures,
    pub(crate) not_read: NotRead,
    pub(crate) just_made: JustMade,
    pub(crate) known_looks: KnownLooks,
    pub(crate) adoption: Mutex<Option<Adoption>>,
    pub(crate) practice: bool,
    pub(crate) operations: Arc<Operations>,
    pub(crate) changes: Arc<Changes>,
    session: Mutex<Option<Session>>,
}

/// A signed-in way to Twilio.
#[derive(Clone)]
pub(crate) struct Session {
    pub parent: AccountSid,
    pub client: Client,
}

impl Session {
    /// Twilio's identifier of the last change that this operation made, where its answer arrived.
    pub fn request_id(&self) -> Option<String> {
        self.client.request_id_of_last_change()
    }
}

impl Workspace {
    /// Opens the records in `folder`. Asks nothing of the keychain or of Twilio.
    pub async fn open(
        folder: &Path,
        keychain: Keychain,
        hosts: Hosts,
    ) -> Result<(Self, Option<OpenNotice>), RecordsError> {
        let (workspace, notice) = Self::of(open_records(folder).await?, keychain, hosts);
        workspace.recall_inspectors().await;
        Ok((workspace, notice))
    }

    /// With records that are open.
    pub fn of(opened: Opened, keychain: Keychain, hosts: Hosts) -> (Self, Option<OpenNotice>) {
        let changes = Arc::new(Changes::default());
        let workspace = Self {
            operations: Arc::new(Operations::new(Arc::clone(&changes))),
            changes,
            keychain: keychain.of_vault(opened.records.vault_id()),
            records: opened.records,
            hosts,
            environment: Environment::of_this_computer(),
            inspectors: Inspectors::default(),
            clock: Clock::system(),
            wait_times: WaitTimes::default(),
            lanes: Lanes::default(),
            numbers_settle: tokio::sync::Mutex::default(),
            unsaved: UnsavedSecrets::default(),
            first_lookups: FirstLookups::default(),
            last_failures: LastFailures::default(),
            not_read: NotRead::default(),
            just_made: JustMade::default(),
            known_looks: KnownLooks::default(),
            adoption: Mutex::default(),
            practice: false,
            session: Mutex::default(),
        };
        (workspace, opened.notice)
    }

    /// The same for practice mode, whose backups have names of their own and are not for real accounts.
    pub fn of_practice_mode(self) -> Self {
        Self {
            practice: true,
            ..self
        }
    }

    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Takes the network settings from here instead of this computer's.
    pub fn with_environment(self, environment: Environment) -> Self {
        Self {
            environment,
            ..self
        }
    }

    pub fn with_wait_times(self, wait_times: WaitTimes) -> Self {
        Self { wait_times, ..self }
    }

    /// A secret is in memory, or a creation is under way: leaving now could lose one. Asks nobody.
    pub fn is_busy_with_secrets(&self) -> bool {
        !self.unsaved.is_empty() || self.lanes.is_creating()
    }

    /// Ends the work here for good: nothing begins any more, and what can be stopped is. False, and nothing changed, where
    /// [`Workspace::is_busy_with_secrets`].
    pub fn leave(&self) -> bool {
        if !self.lanes.close(|| self.unsaved.is_empty()) {
            return false;
        }
        self.operations.leave();
        *self.session_slot() = None;
        true
    }

    /// Whether it was left: see [`Workspace::leave`].
    pub fn is_left(&self) -> bool {
        self.operations.are_left()
    }

    pub fn records(&self) -> &Records {
        &self.records
    }

    pub fn keychain(&self) -> &Keychain {
        &self.keychain
    }

    /// A way to Twilio signed by these credentials.
    pub(crate) fn client(&self, credentials: Credentials) -> Result<Client, twilio::Error> {
        Client::builder(self.hosts.clone(), credentials)
            .timeouts(self.wait_times.answers)
            .environment(self.environment.clone())
            .inspectors(self.inspectors.clone())
            .build()
    }

    /// Forgets the Auth Token, keeps none in memory until [`Workspace::wake`], and stops what works with saved secrets. A creation that
    /// is under way goes on with what it has, and a secret that neither the sealed copies nor the keychain have taken yet stays.
    pub fn rest(&self) {
        self.operations.rest();
        self.forget_adoption();
        *self.session_slot() = None;
    }

    /// Ends [`Workspace::rest`].
    pub fn wake(&self) {
        self.operations.wake();
    }

    /// Waits until something has changed, and answers all that has since the last time. For one who follows.
    pub async fn changed(&self) -> ChangeSet {
        self.changes.take().await
    }

    /// What runs, and what has ended and was not dismissed, in the order in which it began.
    pub fn operations(&self) -> Vec<OperationView> {
        self.operations.list()
    }

    /// Whether an operation of this kind runs.
    pub fn is_running(&self, kind: OperationKind) -> bool {
        self.operations.is_running(kind)
    }

    /// Stops every operation of this kind that can be stopped.
    pub fn stop_all(&self, kind: OperationKind) {
        self.operations.stop_all(kind);
    }

    /// Stops one operation, where it can be stopped.
    pub fn stop(&self, operation: OperationId) {
        self.operations.stop(operation);
    }

    /// Forgets an operation that has ended: what it came to was looked at.
    pub fn dismiss(&self, operation: OperationId) {
        self.operations.dismiss(operation);
    }

    pub(crate) fn session(&self) -> Option<Session> {
        self.session_slot().clone()
    }

    pub(crate) fn set_session(&self, session: Option<Session>) {
        let mut slot = self.session_slot();
        // Asked while the slot is held: whoever begins to rest empties it afterwards.
        *slot = session.filter(|_| self.operations.are_awake());
    }

    fn session_slot(&self) -> MutexGuard<'_, Option<Session>> {
        self.session.lock()
    }
}

/// A workspace that was left just now may still be closing its records.
async fn open_records(folder: &Path) -> Result<Opened, RecordsError> {
    let give_up_at = tokio::time::Instant::now() + CLOSED_WITHIN;
    loop {
        match Records::open(folder).await {
            Err(RecordsError::InUse) if tokio::time::Instant::now() < give_up_at => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            outcome => return outcome,
        }
    }
}

/// When this run first looked for what may never have been made, by the clock that nobody sets.
#[derive(Default)]
pub(crate) struct FirstLookups(Mutex<HashMap<EntryId, Duration>>);

impl FirstLookups {
    pub fn note(&self, entry: EntryId, at: Duration) {
        self.looks().insert(entry, at);
    }

    /// `None` where an earlier run made it.
    pub fn of(&self, entry: EntryId) -> Option<Duration> {
        self.looks().get(&entry).copied()
    }

    fn looks(&self) -> MutexGuard<'_, HashMap<EntryId, Duration>> {
        self.0.lock()
    }
}

/// Secrets that neither the sealed copies nor the keychain have taken yet.
#[derive(Clone, Default)]
pub(crate) struct UnsavedSecrets(Arc<Mutex<HashMap<EntryId, (KeySid, Secret)>>>);

impl UnsavedSecrets {
    pub fn hold(&self, entry: EntryId, key: KeySid, secret: Secret) {
        self.0.lock().insert(entry, (key, secret));
    }

    /// A copy of the held secret, so that a further failure does not lose it.
    pub fn of(&self, entry: EntryId) -> Option<(KeySid, Secret)> {
        let held = self.0.lock();
        held.get(&entry)
            .map(|(key, secret)| (key.clone(), secret.duplicate()))
    }

    pub fn release(&self, entry: EntryId) {
        self.0.lock().remove(&entry);
    }

    pub fn is_empty(&self) -> bool {
        self.0.lock().is_empty()
    }
}
