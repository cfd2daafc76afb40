//! What the keychain does and has, and what another program does to it.

use std::path::PathBuf;

use jiff::Timestamp;
use terms::KeySid;
use vault::keychain::FileStore;
use vault::keychain::file_store::Script;

use super::Bench;

/// A public key whose private half nobody here has: the one in age's own documents.
const STRANGER: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

impl Bench {
    pub fn keychain_file(&self) -> PathBuf {
        self.folder.path().join("keychain.json")
    }

    /// What the keychain does from now on.
    pub fn direct_keychain(&self, script: &Script) {
        FileStore::direct(&self.keychain_file(), script).expect("the script can be written");
    }

    /// Another program gives the keychain's item of one key the content of another's.
    pub fn meddle_with(&self, key: &KeySid, other: &KeySid) {
        let name = |key: &KeySid| self.item_named(&format!("API Secret {key}"));
        FileStore::open(self.keychain_file())
            .overwrite_with("Stories", &name(key), &name(other))
            .expect("both items are there");
    }

    /// A key's sealed copy is replaced by one that nothing here opens.
    pub async fn spoil_sealed_copy(&self, key: &KeySid) {
        let records = self.workspace.records();
        let id = key.clone();
        let copy = records.sealed_copy(id.clone()).await;
        let copy = copy.expect("the records can be read").expect("a copy");
        let stranger = vault::Sealer::from_recipient(STRANGER).expect("a recipient");
        let secret = terms::Secret::new("invented".to_owned()).expect("a secret");
        let spoilt = stranger
            .seal(&secret, copy.account(), &id)
            .expect("it is sealed");
        records
            .replace_sealed_copy(spoilt, Timestamp::now())
            .await
            .expect("the records can be written");
    }

    /// An item's whole name, with what tells this data folder's from another's.
    pub fn item_named(&self, name: &str) -> String {
        format!("{name} ({})", self.workspace.records().vault_id())
    }

    /// The names of the items in the keychain.
    pub fn keychain_items(&self) -> Vec<String> {
        let names = FileStore::open(self.keychain_file())
            .names()
            .expect("the keychain's file can be read");
        names.into_iter().map(|(_, user)| user).collect()
    }
}
