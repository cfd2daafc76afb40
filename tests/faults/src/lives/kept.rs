//! Whether what the keychain and the records keep of keys is what Twilio has of them.

use std::collections::BTreeMap;
use std::path::Path;

use practice::{AccountState, KeyState, RequestEntry, State, Status};
use terms::{KeySid, Tag};
use vault::Item;
use workflows::{Unfinished, Workspace};

use super::planned_life::Life;
use super::stage::{Twilio, keychain_items};

/// Where what is kept is, and what may have become of it.
pub struct Kept<'a> {
    pub folder: &'a Path,
    pub twilio: &'a Twilio,
    pub workspace: &'a Workspace,
    /// What is still unfinished at the end.
    pub unfinished: &'a [Unfinished],
    /// A life left the keychain emptied for good.
    pub keychain_was_emptied: bool,
    /// The keychain refused something in some life.
    pub keychain_failed: bool,
    /// Some life was to be killed.
    pub was_killed: bool,
}

impl<'a> Kept<'a> {
    /// What is kept after these lives.
    pub fn after<Work>(
        lives: &[Life<Work>],
        folder: &'a Path,
        twilio: &'a Twilio,
        workspace: &'a Workspace,
        unfinished: &'a [Unfinished],
    ) -> Self {
        Self {
            folder,
            twilio,
            workspace,
            unfinished,
            keychain_was_emptied: lives.iter().any(|life| life.emptied_after),
            keychain_failed: lives.iter().any(|life| life.keychain.is_some()),
            was_killed: lives.iter().any(|life| life.kill.is_some()),
        }
    }

    /// A key of ours is held and works, or it is named as unfinished.
    pub async fn judge_key(
        &self,
        account: &AccountState,
        key: &KeyState,
    ) -> Result<Vec<String>, String> {
        let name = key.friendly_name.clone().unwrap_or_default();
        let sid: KeySid = key.sid.parse().map_err(|error| format!("{error}"))?;
        let id: KeySid = key.sid.parse().expect("a SID");
        let credential = self
            .workspace
            .records()
            .credential(id.clone())
            .await
            .map_err(|error| error.to_string())?;
        let secret = self.workspace.secret_of(&sid).await;
        let held = secret
            .as_ref()
            .is_ok_and(|secret| self.twilio.practice.signs_in(&key.sid, secret.expose()));
        let named = self
            .unfinished
            .iter()
            .any(|one| one.key.as_ref() == Some(&id));
        let mut wrong = Vec::new();
        if !held && !named {
            // A secret that went with the keychain is named by its credential.
            let went_with_the_keychain =
                self.keychain_was_emptied && credential.is_some() && secret.is_err();
            if !went_with_the_keychain {
                wrong.push(format!(
                    "the secret of {name} ({}) in {} is lost",
                    key.sid, account.sid
                ));
            }
        }
        if Tag::find_in(&name).is_some() && !named {
            wrong.push(format!("{name} is left with its tag"));
        }
        if let Some(credential) = credential {
            if credential.removed_at_twilio.is_some() {
                wrong.push(format!("{name} is said to be gone at Twilio"));
            }
            // Keys of a subaccount that is not active are refused, and kept as such.
            let may_sign = account.status == Status::Active;
            if held && !named && may_sign && credential.proved_at.is_none() {
                wrong.push(format!("{name} was never proved"));
            }
        }
        Ok(wrong)
    }

    /// No secret of a key that is gone stays behind, and no credential says that such a key is fine.
    pub async fn left_in_keychain(&self, after: &State) -> Result<Vec<String>, String> {
        let mut wrong = Vec::new();
        let credentials = self
            .workspace
            .records()
            .credentials()
            .await
            .map_err(|error| error.to_string())?;
        for credential in &credentials {
            // Of a subaccount that is closed nothing is read any more.
            let account = after.account(credential.account.as_str());
            let is_closed = account.is_some_and(|account| account.status == Status::Closed);
            if after.key(credential.key.as_str()).is_none()
                && credential.removed_at_twilio.is_none()
                && !is_closed
            {
                wrong.push(format!("{} is kept as good and is gone", credential.key));
            }
        }
        for item in keychain_items(self.folder) {
            // The key's SID, and behind it what tells this data folder's items from another's.
            let Some((key, _)) = item
                .strip_prefix("API Secret ")
                .and_then(|rest| rest.split_once(' '))
            else {
                continue;
            };
            let known = credentials
                .iter()
                .any(|credential| credential.key.as_str() == key);
            if !known && after.key(key).is_none() && !self.keychain_failed {
                wrong.push(format!(
                    "the keychain keeps the secret of {key}, which is gone"
                ));
            }
        }
        let canary = Item::Canary.name();
        if keychain_items(self.folder)
            .iter()
            .any(|item| item.starts_with(&canary))
            && !self.keychain_failed
            && !self.was_killed
        {
            wrong.push("the check's item is left in the keychain".to_owned());
        }
        Ok(wrong)
    }
}

/// Whether a name is this plain name, with or without a tag.
pub fn is_named(found: &str, plain: &str) -> bool {
    found == plain || Tag::find_in(found).is_some_and(|tag| tag.mark(plain) == found)
}

/// The keys that were not there before, and whose they are.
pub fn new_keys<'a>(before: &State, after: &'a State) -> Vec<(&'a AccountState, &'a KeyState)> {
    let mut keys = Vec::new();
    for account in &after.accounts {
        for key in &account.keys {
            if before.key(&key.sid).is_none() {
                keys.push((account, key));
            }
        }
    }
    keys
}

/// Every request that makes something carries a tag of its own, and Twilio carried it out once at most.
pub fn sent_twice(requests: &[RequestEntry]) -> Vec<String> {
    let mut carried_out: BTreeMap<String, usize> = BTreeMap::new();
    for request in requests {
        let makes = ["/Accounts.json", "/Keys.json", "/v1/Keys"]
            .iter()
            .any(|made| request.path.ends_with(made));
        let done = request
            .handled
            .is_some_and(|status| (200..300).contains(&status));
        if request.method != "POST" || !makes || !done {
            continue;
        }
        match request.field("FriendlyName").and_then(Tag::find_in) {
            Some(tag) => *carried_out.entry(tag.to_string()).or_default() += 1,
            None => return vec!["something was made without a tag".to_owned()],
        }
    }
    carried_out
        .into_iter()
        .filter(|(_, times)| *times > 1)
        .map(|(tag, _)| format!("the request of {tag} was sent twice"))
        .collect()
}
