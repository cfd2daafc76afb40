//! What a run begins with: a folder in which three subaccounts have saved keys that were handed over, and a made-up Twilio that has
//! the same keys.

use std::path::Path;

use practice::{Practice, State};
use tempfile::TempDir;
use terms::AccountSid;
use workflows::{KeyName, service};

use crate::lives::stage::{Twilio, connected, copy, scratch, settings, wait_until_closed};

/// The keys, in the order in which they are made: which of the known subaccounts each is in, and its name.
const KEYS: [(usize, &str); 4] = [(0, "Alarm"), (1, "Alarm"), (2, "Alarm"), (0, "Pager")];

/// A subaccount, and what it has when a run begins.
#[derive(Debug, Clone)]
pub struct Subaccount {
    pub account: String,
    /// The keys whose secrets are saved here.
    pub keys: Vec<String>,
    pub numbers: Vec<String>,
}

/// What there is when a run begins, by SIDs.
#[derive(Debug, Clone)]
pub struct Scene {
    pub parent: String,
    pub subaccounts: Vec<Subaccount>,
}

/// A folder that runs begin with, and what is in it.
pub struct Prepared {
    folder: TempDir,
    pub scene: Scene,
}

impl Prepared {
    /// Connects, makes the keys and hands them over.
    pub async fn new() -> Result<Self, String> {
        let folder = scratch().map_err(|error| error.to_string())?;
        let practice = Practice::start(settings())
            .await
            .map_err(|error| error.to_string())?;
        let known = known(&practice.state(), &practice.parent().account_sid);
        let workspace = connected(folder.path(), &practice).await?;
        let mut made = Vec::new();
        for (account, name) in KEYS {
            let account: AccountSid = known[account].parse().expect("a SID");
            let name = KeyName::parse(name).expect("a usable name");
            let key = workspace.create_key(&account, &name).await;
            let key = key.map_err(|failure| failure.to_string())?.key;
            let handing_over = workspace.record_hand_over(&key, service("dicksonone"));
            handing_over.await.map_err(|problem| problem.to_string())?;
            made.push(key.to_string());
        }
        let refreshing = workspace.refresh().await;
        refreshing.map_err(|problem| problem.to_string())?;
        drop(workspace);
        wait_until_closed(folder.path()).await?;
        let scene = Scene::of(
            &practice.state(),
            practice.parent().account_sid,
            &known,
            &made,
        );
        Ok(Self { folder, scene })
    }

    /// The keys whose secrets are saved.
    pub fn saved(&self) -> Vec<String> {
        let subaccounts = self.scene.subaccounts.iter();
        subaccounts.flat_map(|one| one.keys.clone()).collect()
    }

    /// A folder of a run's own.
    pub fn copy(&self, into: &Path) -> Result<(), String> {
        copy(self.folder.path(), into).map_err(|error| error.to_string())
    }

    /// Makes the same keys at a made-up Twilio that has just been started: whose they are, their SIDs and their secrets come from its seed.
    pub async fn make_keys(&self, twilio: &Twilio) -> Result<(), String> {
        let known = known(&twilio.state(), &self.scene.parent);
        for (account, name) in KEYS {
            let account: AccountSid = known[account].parse().expect("a SID");
            let making = twilio.elsewhere.create_key(&account, name).await;
            let made = making.map_err(|error| error.to_string())?.key.sid;
            let mut keys = self.scene.subaccounts.iter().flat_map(|one| &one.keys);
            if !keys.any(|key| key == made.as_str()) {
                return Err(format!("{made} is not the key that was prepared"));
            }
        }
        Ok(())
    }
}

impl Scene {
    fn of(state: &State, parent: String, known: &[String], made: &[String]) -> Self {
        let subaccounts = known.iter().filter_map(|sid| state.account(sid));
        let subaccounts = subaccounts.map(|account| Subaccount {
            account: account.sid.clone(),
            keys: made
                .iter()
                .filter(|key| account.keys.iter().any(|one| one.sid == **key))
                .cloned()
                .collect(),
            numbers: account.numbers.iter().map(|one| one.sid.clone()).collect(),
        });
        Self {
            parent,
            subaccounts: subaccounts.collect(),
        }
    }
}

/// The first three subaccounts that are active.
fn known(state: &State, parent: &str) -> Vec<String> {
    let active = state
        .accounts
        .iter()
        .filter(|account| account.sid != parent && account.status == practice::Status::Active);
    active.take(3).map(|account| account.sid.clone()).collect()
}
