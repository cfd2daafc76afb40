//! Where runs are played: a made-up Twilio, and a folder that begins as a copy of a prepared one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use practice::{Practice, Settings, StartError, State, Status};
use tempfile::TempDir;
use terms::Secret;
use twilio::{Client, Credentials, Hosts};
use workflows::{SignInFields, Workspace};

use super::place::{Haste, NAMESPACE, keychain_in, open, records_in};

const FIRST_PORT: u16 = 20_000;
const PORTS: u16 = 10_000;

/// The made-up account is the same each time, so that a prepared folder fits it.
pub fn settings() -> Settings {
    Settings {
        subaccounts: 8,
        seed: 7,
        ..Settings::default()
    }
}

/// A folder in memory where there is one: what is synced there costs nothing, and survives the death of a process as well.
pub fn scratch() -> std::io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::Builder::new()
            .prefix("faults-")
            .tempdir_in(memory)
    } else {
        tempfile::tempdir()
    }
}

/// Connects the account of a made-up Twilio in a folder of its own.
pub async fn connected(folder: &Path, practice: &Practice) -> Result<Arc<Workspace>, String> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let (workspace, _) = open(folder, &practice.base_url(), 0, &Haste::NONE).await?;
    let parent = practice.parent();
    let fields = SignInFields {
        account_sid: parent.account_sid,
        auth_token: parent.auth_token,
    };
    let connecting = workspace.connect(fields).await;
    connecting.map_err(|error| error.to_string())?;
    Ok(workspace)
}

/// Makes a run's folder of a prepared one.
pub fn copy(from: &Path, into: &Path) -> std::io::Result<()> {
    fs::create_dir_all(records_in(into))?;
    fs::copy(keychain_in(from), keychain_in(into))?;
    for entry in fs::read_dir(records_in(from))? {
        let file = entry?.path();
        if let (true, Some(name)) = (file.is_file(), file.file_name()) {
            fs::copy(&file, records_in(into).join(name))?;
        }
    }
    Ok(())
}

/// Records that were dropped let go of their files a moment later.
pub async fn wait_until_closed(folder: &Path) -> Result<(), String> {
    let lock = File::options()
        .write(true)
        .open(records_in(folder).join("records.lock"))
        .map_err(|error| error.to_string())?;
    for _ in 0..10_000 {
        if lock.try_lock().is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Err("the records did not close within ten seconds".to_owned())
}

/// The made-up Twilio of a few runs.
///
/// It listens outside the range that the system gives to outgoing connections, so that nobody takes its port while it is offline.
pub struct Twilio {
    pub practice: Practice,
    /// Active subaccounts that were there from the start.
    pub known: Vec<String>,
    /// Somebody else who works on the same account.
    pub elsewhere: Client,
}

async fn start() -> Result<Practice, String> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    loop {
        let port = FIRST_PORT + NEXT.fetch_add(1, Ordering::SeqCst) % PORTS;
        let settings = Settings { port, ..settings() };
        match Practice::start(settings).await {
            Err(StartError::Port { .. }) => {}
            outcome => return outcome.map_err(|error| error.to_string()),
        }
    }
}

impl Twilio {
    pub async fn start() -> Result<Self, String> {
        let practice = start().await?;
        let known = practice
            .subaccounts()
            .into_iter()
            .filter(|account| account.status == Status::Active)
            .map(|account| account.account_sid)
            .take(3)
            .collect();
        let parent = practice.parent();
        let credentials = Credentials::AuthToken {
            account: parent
                .account_sid
                .parse()
                .map_err(|error| format!("{error}"))?,
            token: Secret::new(parent.auth_token).expect("a storable secret"),
        };
        let hosts = Hosts::loopback(&practice.base_url()).map_err(|error| error.to_string())?;
        let elsewhere = Client::new(hosts, credentials).map_err(|error| error.to_string())?;
        Ok(Self {
            practice,
            known,
            elsewhere,
        })
    }

    /// Somebody else makes a subaccount of this name.
    #[cfg(test)]
    pub async fn make_subaccount(&self, name: &str) {
        let made = self.elsewhere.create_account(name).await;
        made.expect("it is made");
    }

    /// What there is.
    pub fn state(&self) -> State {
        self.practice.state()
    }
}

/// The names of a run's keychain items.
pub fn keychain_items(folder: &Path) -> Vec<String> {
    let store = vault::keychain::FileStore::open(keychain_in(folder));
    let names = store.names().unwrap_or_default();
    names.into_iter().map(|(_, item)| item).collect()
}

/// The keychain's items of API keys are gone, and all others stay.
pub async fn lose_secrets(folder: &Path, twilio: &Twilio) {
    let vault_id = std::fs::read_to_string(records_in(folder).join("vault-id")).unwrap_or_default();
    let store = vault::keychain::FileStore::open(keychain_in(folder));
    let keychain = vault::Keychain::with_store(store, vault::Namespace::custom(NAMESPACE))
        .of_vault(vault_id.trim());
    for account in twilio.state().accounts {
        for key in account.keys {
            let item = vault::Item::ApiSecret {
                account: account.sid.parse().expect("a SID"),
                key: key.sid.parse().expect("a SID"),
            };
            if keychain_items(folder)
                .iter()
                .any(|name| name.starts_with(&item.name()))
            {
                // What is not lost is no trouble.
                let _ = keychain.delete(&item).await;
            }
        }
    }
}

/// One run's own folder.
pub fn run_folder(scratch: &Path, number: u64) -> PathBuf {
    scratch.join(format!("run {number}"))
}
