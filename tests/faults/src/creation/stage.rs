//! Where runs are played: a made-up Twilio, and a folder that begins as a copy of a prepared one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use practice::{Practice, Settings, StartError, State, Status};
use tempfile::TempDir;
use terms::Secret;
use twilio::{Client, Credentials, Hosts};
use vault::Sealer;
use workflows::SignInFields;

use super::place::{Haste, NAMESPACE, keychain_in, open, records_in};
use super::plan::Plan;
use super::work::Order;

const FIRST_PORT: u16 = 20_000;
const PORTS: u16 = 10_000;

/// The made-up account is the same each time, so that a prepared folder fits it.
fn settings() -> Settings {
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

/// Folders of a connected account.
pub struct Prepared {
    folder: TempDir,
}

impl Prepared {
    /// Connects once, and seals once.
    pub async fn new() -> Result<Self, String> {
        let folder = scratch().map_err(|error| error.to_string())?;
        for sealed in [false, true] {
            let practice = Practice::start(settings())
                .await
                .map_err(|error| error.to_string())?;
            let place = folder.path().join(name_of(sealed));
            fs::create_dir_all(&place).map_err(|error| error.to_string())?;
            let (workspace, _) = open(&place, &practice.base_url(), 0, &Haste::NONE).await?;
            let parent = practice.parent();
            let fields = SignInFields {
                account_sid: parent.account_sid,
                auth_token: parent.auth_token,
            };
            workspace
                .connect(fields)
                .await
                .map_err(|error| error.to_string())?;
            if sealed {
                Sealer::for_folder(workspace.keychain(), workspace.records())
                    .await
                    .map_err(|error| error.to_string())?;
            }
            drop(workspace);
            wait_until_closed(&place).await?;
        }
        Ok(Self { folder })
    }

    /// A folder of this run's own.
    pub fn copy(&self, plan: &Plan, into: &Path) -> std::io::Result<()> {
        let from = self.folder.path().join(name_of(plan.sealed_before));
        fs::create_dir_all(records_in(into))?;
        fs::copy(keychain_in(&from), keychain_in(into))?;
        for entry in fs::read_dir(records_in(&from))? {
            let file = entry?.path();
            if let (true, Some(name)) = (file.is_file(), file.file_name()) {
                fs::copy(&file, records_in(into).join(name))?;
            }
        }
        Ok(())
    }
}

fn name_of(sealed: bool) -> &'static str {
    if sealed { "sealed" } else { "connected" }
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
    elsewhere: Client,
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

    /// Somebody else makes things of the same names, one of them with the mark of another computer.
    pub async fn look_alikes(&self, plan: &Plan) -> Result<(), twilio::Error> {
        for Order {
            subaccount,
            known,
            key,
        } in plan.orders.iter().take(2)
        {
            if let Some(name) = subaccount {
                self.elsewhere.create_account(name).await?;
                let marked = format!("{name} [saving zzzzzzzzzz]");
                self.elsewhere.create_account(&marked).await?;
            } else if let Ok(account) = self.known[*known].parse() {
                self.elsewhere.create_key(&account, key).await?;
                let marked = format!("{key} [saving zzzzzzzzzz]");
                self.elsewhere.create_key(&account, &marked).await?;
            }
        }
        Ok(())
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
