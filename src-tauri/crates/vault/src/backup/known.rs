//! Which secrets each backup holds, remembered by the bytes of its file: whatever it is called, and without opening it again.
//!
//! What is remembered opens nothing: the SID of each key, and four bytes of a hash of its secret, enough to tell two secrets of a key
//! apart and far too little to find one out.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use terms::KeySid;

use super::document::Document;
use crate::{Records, RecordsError};

/// The preference's name. It is of this computer, so it is not part of a backup.
pub(super) const NAME: &str = "known_backups";

/// What the secrets of a backup are known by.
pub(super) type Secrets = BTreeSet<String>;

/// What is known of backups that were written or opened here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct KnownBackups {
    files: BTreeMap<String, Secrets>,
    last: Option<LastBackup>,
}

/// The newest backup of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    /// Where it was written.
    pub file: String,
    /// The keys whose secret is in it.
    pub holds: BTreeSet<KeySid>,
    /// The keys that were saved here and whose secret could not be read when it was made.
    pub lacks: BTreeSet<KeySid>,
    /// Whether the folder said that the file had reached the disk.
    pub settled: bool,
}

impl LastBackup {
    /// Whether this key's secret is in it.
    pub fn holds(&self, key: &KeySid) -> bool {
        self.holds.contains(key)
    }

    /// Whether this key's secret could not be read when it was made.
    pub fn lacks(&self, key: &KeySid) -> bool {
        self.lacks.contains(key)
    }
}

/// Most backups hold nearly the same: each secret is written once.
#[derive(Serialize, Deserialize)]
struct Stored {
    secrets: Vec<String>,
    files: BTreeMap<String, Vec<usize>>,
    last: Option<LastBackup>,
}

impl From<Stored> for KnownBackups {
    fn from(stored: Stored) -> Self {
        // A file of which a part is not known is one that is not known.
        let secrets = |places: Vec<usize>| {
            let found = places.into_iter().map(|place| stored.secrets.get(place));
            found.map(|secret| secret.cloned()).collect::<Option<_>>()
        };
        let files = stored.files.into_iter();
        Self {
            files: files
                .filter_map(|(file, places)| Some((file, secrets(places)?)))
                .collect(),
            last: stored.last,
        }
    }
}

impl From<KnownBackups> for Stored {
    fn from(known: KnownBackups) -> Self {
        let all: Secrets = known.files.values().flatten().cloned().collect();
        let places: BTreeMap<&String, usize> = all.iter().zip(0..).collect();
        let files = known.files.iter().map(|(file, secrets)| {
            let places = secrets.iter().filter_map(|secret| places.get(secret));
            (file.clone(), places.copied().collect())
        });
        Self {
            files: files.collect(),
            last: known.last,
            secrets: all.into_iter().collect(),
        }
    }
}

impl KnownBackups {
    /// The newest backup, where it was made since this is remembered.
    pub fn last(&self) -> Option<&LastBackup> {
        self.last.as_ref()
    }

    /// What the file with these bytes holds, where that is known.
    pub(super) fn of(&self, bytes: &[u8]) -> Option<&Secrets> {
        self.files.get(&name_of(bytes))
    }

    /// Remembers what the file with these bytes holds.
    pub(super) fn note(&mut self, bytes: &[u8], secrets: Secrets) {
        self.files.insert(name_of(bytes), secrets);
    }

    /// Remembers which backup is the newest.
    pub(super) fn note_last(&mut self, file: String, document: &Document, settled: bool) {
        let keys = |with_secret| {
            let all = document.credentials.iter();
            all.filter(move |one| one.api_secret.is_some() == with_secret)
                .map(|one| one.api_key_sid.clone())
                .collect()
        };
        self.last = Some(LastBackup {
            file,
            holds: keys(true),
            lacks: keys(false),
            settled,
        });
    }

    /// Forgets every file but these.
    pub(super) fn keep_only(&mut self, files: &[Vec<u8>]) {
        let names: BTreeSet<String> = files.iter().map(|bytes| name_of(bytes)).collect();
        self.files.retain(|name, _| names.contains(name));
    }
}

/// What the secrets of a document are known by.
pub(super) fn secrets_of(document: &Document) -> Secrets {
    let with_secret = document.credentials.iter().filter_map(|credential| {
        let secret = credential.api_secret.as_ref()?;
        let mut hash = Sha256::new();
        hash.update(credential.api_key_sid.as_str());
        hash.update([0]);
        hash.update(secret.expose());
        let start: String = hash.finalize().iter().take(4).map(hex).collect();
        Some(format!("{} {start}", credential.api_key_sid))
    });
    with_secret.collect()
}

fn name_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(hex).collect()
}

fn hex(byte: &u8) -> String {
    format!("{byte:02x}")
}

impl Records {
    /// What is known of backups; nothing where it cannot be read.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn known_backups(&self) -> Result<KnownBackups, RecordsError> {
        let text = self.preference(NAME).await?;
        let known = text.and_then(|text| serde_json::from_str(&text).ok());
        Ok(known.unwrap_or_default())
    }

    /// Keeps what is known of backups.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn set_known_backups(&self, known: &KnownBackups) -> Result<(), RecordsError> {
        let text = serde_json::to_string(known)
            .map_err(|error| RecordsError::Unreadable(error.to_string()))?;
        self.set_preference(NAME, &text).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_read_as_it_was_stored_and_a_part_that_is_missing_makes_a_file_unknown() {
        let mut known = KnownBackups::default();
        let set = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        known.note(b"one", set(&["SK1 aa", "SK2 bb"]));
        known.note(b"two", set(&["SK2 bb"]));
        let text = serde_json::to_string(&known).unwrap();
        assert_eq!(text.matches("SK2 bb").count(), 1);
        let again: KnownBackups = serde_json::from_str(&text).unwrap();
        assert_eq!(again, known);
        let cut = text.replace("\"SK1 aa\",", "");
        let cut: KnownBackups = serde_json::from_str(&cut).unwrap();
        assert_eq!(cut.of(b"one"), None);
    }
}
