//! One account's workplace: its records, its keychain items, and the way to Twilio.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use twilio::{AccountSid, Client, Credentials, Hosts, Timeouts};
use vault::{EntryId, KeyId, Keychain, OpenNotice, Opened, Records, RecordsError, Secret};

use crate::clock::Clock;
use crate::lanes::Lanes;

/// A workspace that is left closes its records within this time.
const CLOSED_WITHIN: Duration = Duration::from_secs(3);

/// How long to wait for Twilio to catch up with itself.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// A new key may be refused at first; after this it is left for later.
    pub prove: Duration,
    /// Pause between two tries with a new key.
    pub prove_pause: Duration,
    /// After a lost reply, before the first look for what was made.
    pub first_look: Duration,
    /// Between two looks that find nothing, before "it was not made" is concluded.
    pub between_looks: jiff::SignedDuration,
    /// For one answer of Twilio's.
    pub answers: Timeouts,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            prove: Duration::from_secs(60),
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
    pub(crate) clock: Clock,
    pub(crate) patience: Patience,
    pub(crate) lanes: Lanes,
    pub(crate) held: Held,
    /// A copy took the records' place, or they began anew.
    pub(crate) records_were_restored: bool,
    session: Mutex<SignedIn>,
}

/// What is kept between two calls of Twilio.
#[derive(Default)]
struct SignedIn {
    session: Option<Session>,
    /// Nothing is to be kept.
    resting: bool,
}

/// A signed-in way to Twilio.
#[derive(Clone)]
pub(crate) struct Session {
    pub parent: AccountSid,
    pub client: Client,
}

impl Workspace {
    /// Opens the records in `folder`. Asks nothing of the keychain or of Twilio.
    pub async fn open(
        folder: &Path,
        keychain: Keychain,
        hosts: Hosts,
    ) -> Result<(Self, Option<OpenNotice>), RecordsError> {
        let opened = open_records(folder).await?;
        let workspace = Self {
            records: opened.records,
            keychain,
            hosts,
            clock: Clock::system(),
            patience: Patience::default(),
            lanes: Lanes::default(),
            held: Held::default(),
            records_were_restored: matches!(
                opened.notice,
                Some(OpenNotice::Restored { .. } | OpenNotice::StartedEmpty { .. })
            ),
            session: Mutex::default(),
        };
        Ok((workspace, opened.notice))
    }

    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// A secret is in memory, or a creation is under way: leaving now could lose one. Asks nobody.
    pub fn is_busy_with_secrets(&self) -> bool {
        !self.held.is_empty() || self.lanes.any_entry_taken()
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
            .timeouts(self.patience.answers)
            .build()
    }

    /// Forgets the Auth Token, and keeps none in memory until [`Workspace::wake`]. What is under way goes on with what it has. A secret
    /// that neither the sealed copies nor the keychain have taken yet stays.
    pub fn rest(&self) {
        let mut signed_in = self.signed_in_slot();
        signed_in.resting = true;
        signed_in.session = None;
    }

    /// Ends [`Workspace::rest`].
    pub fn wake(&self) {
        self.signed_in_slot().resting = false;
    }

    pub(crate) fn session(&self) -> Option<Session> {
        self.signed_in_slot().session.clone()
    }

    pub(crate) fn set_session(&self, session: Option<Session>) {
        let mut signed_in = self.signed_in_slot();
        signed_in.session = session.filter(|_| !signed_in.resting);
    }

    fn signed_in_slot(&self) -> MutexGuard<'_, SignedIn> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
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

/// Secrets that neither the sealed copies nor the keychain have taken yet.
#[derive(Clone, Default)]
pub(crate) struct Held(Arc<Mutex<HashMap<EntryId, (KeyId, Secret)>>>);

impl Held {
    pub fn hold(&self, entry: EntryId, key: KeyId, secret: Secret) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(entry, (key, secret));
    }

    /// A copy of the held secret, so that a further failure does not lose it.
    pub fn of(&self, entry: EntryId) -> Option<(KeyId, Secret)> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&entry)
            .map(|(key, secret)| (key.clone(), secret.duplicate()))
    }

    pub fn release(&self, entry: EntryId) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&entry);
    }

    pub fn is_empty(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_empty()
    }
}
