//! By what the items of this data folder are told from those of another in the keychain.
//!
//! It is kept twice: in the records, which may be copied into another folder, and in a file beside them, which outlives a database that is broken
//! and begun anew. So the items are found again whichever of the two is left.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use terms::{AccountSid, Tag};

use super::note::{self, Note};
use super::{Records, RecordsError};
use crate::private;

/// The preference; it means something in this folder only, and is in no backup.
pub(crate) const NAME: &str = "vault_id";

/// Likewise: of which account a token stays in the keychain, under the name that all data folders once shared, for the sake of another folder.
pub(crate) const EARLIER_TOKEN: &str = "earlier_token";

const FILE: &str = "vault-id";

/// The id, as the records keep it.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct VaultId(String);

impl Note for VaultId {
    const NAME: &'static str = NAME;
}

impl Records {
    /// Remembers of which account a token was left in the keychain under the name that all data folders once shared.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn note_earlier_token(
        &self,
        account: Option<&AccountSid>,
    ) -> Result<(), RecordsError> {
        let value = serde_json::json!(account).to_string();
        self.set_preference(EARLIER_TOKEN, &value).await
    }

    /// What [`Records::note_earlier_token`] remembered last.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn earlier_token(&self) -> Result<Option<AccountSid>, RecordsError> {
        let value = self.preference(EARLIER_TOKEN).await?;
        Ok(value
            .and_then(|value| serde_json::from_str(&value).ok())
            .flatten())
    }
}

/// The folder's id, from the records, the file, or else made of the id that the folder has for its sealed copies.
pub(super) fn of(connection: &Connection, folder: &Path) -> Result<String, RecordsError> {
    let file = folder.join(FILE);
    let recorded = note::read(connection)?.and_then(|VaultId(id)| Tag::parse(&id));
    let in_file = fs::read_to_string(&file)
        .ok()
        .and_then(|text| Tag::parse(text.trim()));
    let id = match recorded.clone().or_else(|| in_file.clone()) {
        Some(id) => id,
        None => {
            let id: String = connection.query_row("SELECT id FROM folder", [], |row| row.get(0))?;
            Tag::parse(&id).unwrap_or_else(Tag::random)
        }
    };
    if recorded.is_none() {
        note::write(connection, &VaultId(id.as_str().to_owned()))?;
    }
    if in_file.as_ref() != Some(&id) {
        // A full disk is no reason not to open: the records have it, and it is written the next time.
        let _ = written(&file, &id);
    }
    Ok(id.as_str().to_owned())
}

fn written(file: &Path, id: &Tag) -> std::io::Result<()> {
    private::remove_if_there(file)?;
    let mut open = private::new_file(file)?;
    writeln!(open, "{id}")?;
    open.sync_all()
}
