//! Creating subaccounts and keys, and what came of it.

use std::sync::{Arc, Mutex};

use terms::{AccountSid, KeySid};
use workflows::view::Preview;
use workflows::{Failure, KeyName, News, Order, ReadyKey, Step, StepState, SubaccountName};

use super::Bench;

impl Bench {
    /// What a new subaccount of this name would be.
    pub async fn previewed(&self, name: &SubaccountName) -> Preview {
        let order = Order::CreateSubaccount {
            name: name.as_str().to_owned(),
            key_name: String::new(),
            agreed: Vec::new(),
        };
        let service = workflows::service("dicksonone");
        let checked = self.workspace.check(&[order], service).await;
        let mut previews = checked.expect("the records can be read");
        previews.pop().flatten().expect("it names something")
    }

    pub async fn create_subaccount(&self, name: &str) -> Result<ReadyKey, Failure> {
        self.create_subaccount_watched(name).await.0
    }

    /// Creates, and tells which steps were told.
    pub async fn create_subaccount_watched(
        &self,
        name: &str,
    ) -> (Result<ReadyKey, Failure>, Vec<(Step, StepState)>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&told);
        let name = SubaccountName::parse(name).expect("a usable name");
        let key_name = KeyName::for_service(name.as_str(), "DicksonOne");
        let made = self
            .workspace
            .create_subaccount(&name, &key_name, &[])
            .told_to(move |news| {
                if let News::Step { step, state } = news {
                    let mut told = hears.lock().expect("steps are told one by one");
                    told.push((*step, *state));
                }
            })
            .await;
        let told = told.lock().expect("steps are told one by one").clone();
        (made, told)
    }

    pub async fn create_key(&self, account: &AccountSid, name: &str) -> Result<ReadyKey, Failure> {
        let name = KeyName::parse(name).expect("a usable name");
        self.workspace.create_key(account, &name).await
    }

    /// Whether the secret that is saved for this key is the one Twilio knows.
    pub async fn saved_secret_works(&self, key: &KeySid) -> bool {
        match self.workspace.secret_of(key).await {
            Ok(secret) => self.practice.signs_in(key.as_str(), secret.expose()),
            Err(_) => false,
        }
    }

    pub async fn open_entries(&self) -> usize {
        self.workspace
            .unfinished()
            .await
            .expect("the records can be read")
            .len()
    }
}
