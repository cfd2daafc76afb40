//! Backups: written, opened, compared, kept, and put back.

pub(crate) mod computer;
mod contents;
#[cfg(target_os = "linux")]
mod folder_rights;
mod opening;
mod restoring;
mod retention;
mod writing;

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use vault::backup::{
    BackupFile, Document, KeptCredential, KnownBackups, Series, WriteError, write,
};
use vault::recovery::testing;

use super::passphrases::{PASSPHRASE, passphrase};
use super::{account, key, secret, time};

fn series() -> Series {
    Series::of("k3f9x2abcd", "here", false)
}

fn kept_secret(number: u32) -> terms::Secret {
    secret(&format!("invented-{number}-secret"))
}

fn write_to(folder: &Path, document: &Document) -> Result<BackupFile, WriteError> {
    testing::quick();
    let stop = AtomicBool::new(false);
    write(
        folder,
        &series(),
        &passphrase(PASSPHRASE),
        document,
        &mut KnownBackups::default(),
        &stop,
        &|_| {},
    )
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A document with the secrets of these keys.
fn holding(at: &str, numbers: &[u32]) -> Document {
    let mut document = Document::new(time(at));
    document.credentials = numbers
        .iter()
        .map(|&number| KeptCredential {
            parent_account_sid: None,
            region: terms::Region::Us1,
            account_sid: account(number),
            account_name: format!("Customer {number}"),
            api_key_sid: key(number),
            api_key_name: format!("Customer {number} - DicksonOne"),
            api_secret: Some(kept_secret(number)),
            created_at: time("2026-01-01T00:00:00Z"),
            proved_at: None,
            handed_over_at: None,
            handed_over_to: None,
            postponed_at: None,
            removed_at_twilio: None,
        })
        .collect();
    document
}

pub(crate) fn a_backup() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let made = write_to(folder.path(), &Document::new(time("2026-01-01T08:00:00Z"))).unwrap();
    fs::read(made.path).unwrap()
}
