//! The vault from outside, on a keychain in a file and a database in a temporary folder.

mod again;
mod backup;
mod batches;
mod canary;
mod changing;
mod costly_files;
#[cfg(target_os = "windows")]
mod credential_manager;
mod credentials;
#[cfg(target_os = "linux")]
mod default_keyring;
mod export;
#[cfg(unix)]
mod failing_disk;
mod journal;
mod keychain;
mod keychain_hangs;
mod kills;
mod late;
#[cfg(target_os = "linux")]
mod no_secret_service;
mod older_files;
mod opening;
mod passphrases;
#[cfg(unix)]
mod privacy;
mod records;
mod recovery;
mod reopening;
mod sealed;
#[cfg(target_os = "linux")]
mod secret_service;
mod several;
mod stock_age;
mod stock_passphrases;
mod tables;
mod vaults;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use terms::{AccountSid, KeySid, Secret};
use vault::keychain::FileStore;
use vault::{Intent, Item, Keychain, Namespace, Records, SealedCopy, Sealer};

/// An invented Account SID.
fn account(number: u32) -> AccountSid {
    format!("AC{number:032}").parse().expect("a SID")
}

/// An invented key SID.
fn key(number: u32) -> KeySid {
    format!("SK{number:032}").parse().expect("a SID")
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned()).expect("a storable secret")
}

fn api_secret(number: u32) -> Item {
    Item::ApiSecret {
        account: account(number),
        key: key(number),
    }
}

fn key_intent(number: u32) -> Intent {
    Intent::Key {
        account: account(number),
        account_name: format!("Customer {number}"),
        name: format!("Customer {number} - DicksonOne"),
        replaces: None,
    }
}

fn time(text: &str) -> jiff::Timestamp {
    text.parse().expect("a time")
}

async fn open(folder: &Path) -> Records {
    let opened = Records::open(folder).await.expect("the records open");
    assert_eq!(opened.notice, None);
    opened.records
}

fn keychain_in(file: &Path) -> (Keychain, Arc<FileStore>) {
    let store = FileStore::open(file);
    let keychain = Keychain::with_store(store.clone(), Namespace::custom("vault tests"));
    (keychain.with_deadline(Duration::from_secs(20)), store)
}

/// A sealer whose private half nobody has.
fn sealer() -> Sealer {
    let recipient = age::x25519::Identity::generate().to_public().to_string();
    Sealer::from_recipient(&recipient).expect("a recipient")
}

fn sealed(number: u32) -> SealedCopy {
    sealer()
        .seal(&secret("invented"), &account(number), &key(number))
        .expect("sealing works")
}
