//! A run's folder, and the program's workplace opened on it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use twilio::{Hosts, Timeouts};
use vault::keychain::FileStore;
use vault::{Keychain, Namespace, OpenNotice};
use workflows::{Clock, WaitTimes, Workspace};

/// The records of a run's folder.
pub fn records_in(folder: &Path) -> PathBuf {
    folder.join("records")
}

/// The keychain of a run's folder.
pub fn keychain_in(folder: &Path) -> PathBuf {
    folder.join("keychain.json")
}

/// What the keychain's items are filed under.
pub const NAMESPACE: &str = "Faults";

/// How patient the program is.
pub struct Haste {
    /// For an answer of Twilio's.
    pub answers: Duration,
    /// For the keychain.
    pub keychain: Duration,
}

impl Haste {
    /// Nothing is expected to be late.
    pub const NONE: Self = Self {
        answers: Duration::from_secs(30),
        keychain: Duration::from_secs(30),
    };
}

/// Opens the program's workplace on a run's folder.
pub async fn open(
    folder: &Path,
    base_url: &str,
    ahead: i64,
    haste: &Haste,
) -> Result<(Arc<Workspace>, Option<OpenNotice>), String> {
    let store = FileStore::open(keychain_in(folder));
    let keychain =
        Keychain::with_store(store, Namespace::custom(NAMESPACE)).with_deadline(haste.keychain);
    let hosts = Hosts::loopback(base_url).map_err(|error| error.to_string())?;
    let (workspace, notice) = Workspace::open(&records_in(folder), keychain, hosts)
        .await
        .map_err(|error| error.to_string())?;
    let wait_times = WaitTimes {
        prove: Duration::from_millis(40),
        known: Duration::from_millis(40),
        prove_pause: Duration::from_millis(10),
        first_look: Duration::from_millis(1),
        answers: Timeouts {
            connect: haste.answers,
            total: haste.answers,
            first_pause: Duration::from_millis(2),
        },
        ..WaitTimes::default()
    };
    let ahead = SignedDuration::from_secs(ahead);
    let begun = Instant::now();
    let clock = Clock::told_by(move || Timestamp::now() + ahead, move || begun.elapsed());
    let workspace = workspace.with_clock(clock).with_wait_times(wait_times);
    Ok((Arc::new(workspace), notice))
}
