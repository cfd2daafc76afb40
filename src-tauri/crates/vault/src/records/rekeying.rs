//! Another sealing identity in place of the one before, and nothing left in the data folder that the one before opens.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};
use serde::{Deserialize, Serialize};
use terms::KeySid;

use super::convert::Utc;
use super::note::{self, Note};
use super::{Records, RecordsError, Recovery, salvage, snapshots};
use crate::{SealedCopy, Sealer, durable, private};

/// The preference that says when the passphrase was changed, and what is left to do. It holds for this computer only.
pub(crate) const NAME: &str = "passphrase changed";
/// What is added to the name of a file that is encrypted as it is.
const ENCRYPTED: &str = "age";

/// What changes with the identity, in one transaction.
pub(crate) struct Rekeyed {
    pub recovery: Recovery,
    /// Every sealed copy there is.
    pub copies: Vec<SealedAnew>,
    pub at: Timestamp,
}

/// A sealed copy, and what takes its place.
pub(crate) struct SealedAnew {
    pub before: SealedCopy,
    /// `None` where it stays as it is.
    pub anew: Option<SealedCopy>,
}

/// What is left to do after the passphrase was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    /// The data folder may still hold copies that the old identity opens.
    pub older_copies: bool,
    /// The keychain may still hold the old identity.
    pub old_identity: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Change {
    at: Timestamp,
    older_copies: bool,
    old_identity: bool,
}

impl Note for Change {
    const NAME: &'static str = NAME;
}

impl Records {
    /// When the passphrase took the place of another, if it did.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn passphrase_changed_at(&self) -> Result<Option<Timestamp>, RecordsError> {
        self.read(|connection| Ok(note::read::<Change>(connection)?.map(|change| change.at)))
            .await
    }

    /// Writes all of it. False, and nothing written, where the sealed copies are not those that were sealed anew.
    ///
    /// # Errors
    /// What the write failed with.
    pub(crate) async fn rekey(&self, rekeyed: Rekeyed) -> Result<bool, RecordsError> {
        self.write(move |transaction| {
            if !are_all_there_is(transaction, &rekeyed.copies)? {
                return Ok(false);
            }
            for copy in rekeyed.copies.iter().filter_map(|copy| copy.anew.as_ref()) {
                transaction.execute(
                    "UPDATE sealed_copy SET armoured = ?3, sealed_at = ?4 WHERE key = ?1 AND account = ?2",
                    params![copy.key(), copy.account(), copy.armoured(), Utc(rekeyed.at)],
                )?;
            }
            let recipient = &rekeyed.recovery.recipient;
            transaction.execute("UPDATE folder SET recipient = ?1", [recipient])?;
            super::recovery::replace(transaction, &rekeyed.recovery)?;
            let left = Change {
                at: rekeyed.at,
                older_copies: true,
                old_identity: true,
            };
            note::write(transaction, &left)?;
            Ok(true)
        })
        .await
    }

    /// What is left to do; `None` where nothing is.
    ///
    /// # Errors
    /// What the read failed with.
    pub(crate) async fn left_of_rekeying(&self) -> Result<Option<Left>, RecordsError> {
        self.read(|connection| {
            let left = note::read(connection)?.map(|change: Change| Left {
                older_copies: change.older_copies,
                old_identity: change.old_identity,
            });
            Ok(left.filter(|left| left.older_copies || left.old_identity))
        })
        .await
    }

    /// Leaves nothing in the data folder that was sealed before the passphrase was changed. Takes as long as copying the database.
    ///
    /// # Errors
    /// What the disk answered. It can be done again.
    pub(crate) async fn remove_older_copies(&self) -> Result<(), RecordsError> {
        let folder = self.folder().to_owned();
        self.run(move |connection| remove_if_due(&folder, connection))
            .await
    }

    /// That the keychain has the old identity no more.
    ///
    /// # Errors
    /// What the write failed with.
    pub(crate) async fn old_identity_is_gone(&self) -> Result<(), RecordsError> {
        self.write(|transaction| {
            note::change(transaction, |change: &mut Change| {
                change.old_identity = false
            })
        })
        .await
    }
}

/// Whether these are all the sealed copies, as they are now.
fn are_all_there_is(
    transaction: &Transaction<'_>,
    copies: &[SealedAnew],
) -> Result<bool, RecordsError> {
    let mut statement = transaction.prepare("SELECT key, armoured FROM sealed_copy")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let now: HashMap<KeySid, String> = rows.collect::<Result<_, _>>()?;
    let before = copies.iter().map(|copy| &copy.before);
    Ok(now.len() == copies.len()
        && before
            .into_iter()
            .all(|copy| now.get(copy.key()).map(String::as_str) == Some(copy.armoured())))
}

/// Removes what is left of before, where a change of the passphrase noted that there is something. At the start, what a kill left.
pub(super) fn remove_if_due(folder: &Path, connection: &Connection) -> Result<(), RecordsError> {
    if !note::read::<Change>(connection)?.is_some_and(|change| change.older_copies) {
        return Ok(());
    }
    // Rows that were replaced are still in pages that are free, and in the log.
    connection.execute_batch("VACUUM")?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let older = snapshots::copies(folder)?;
    // First the new one: there is never none.
    snapshots::copy(folder, connection)?;
    for (_, copy) in older {
        private::remove_if_there(&copy)?;
    }
    for left_by_a_kill in snapshots::unfinished(folder) {
        private::remove_if_there(&left_by_a_kill)?;
    }
    salvage::remove(&folder.join(salvage::PLACE))?;
    let recipient: Option<String> =
        connection.query_row("SELECT recipient FROM folder", [], |row| row.get(0))?;
    if let Some(sealer) = recipient.and_then(|recipient| Sealer::from_recipient(&recipient).ok()) {
        for broken in snapshots::all_set_aside(folder)? {
            encrypt_in_place(&broken, &sealer)?;
        }
    }
    note::change(connection, |change: &mut Change| {
        change.older_copies = false
    })
}

/// Encrypts a file as it is: what is broken may still hold what nobody else has.
fn encrypt_in_place(file: &Path, sealer: &Sealer) -> Result<(), RecordsError> {
    if file
        .extension()
        .is_some_and(|extension| extension == ENCRYPTED)
    {
        return Ok(());
    }
    let with = |ending: &str| {
        let mut path = file.as_os_str().to_owned();
        path.push(ending);
        PathBuf::from(path)
    };
    let (partial, encrypted) = (with(".unfinished.age"), with(".age"));
    let sealed = sealer.seal_bytes(&fs::read(file)?)?;
    private::remove_if_there(&partial)?;
    let mut open = private::new_file(&partial)?;
    open.write_all(&sealed)?;
    open.sync_all()?;
    drop(open);
    durable::rename(&partial, &encrypted)?;
    if let Some(place) = file.parent() {
        durable::sync_folder(place)?;
    }
    Ok(private::remove_if_there(file)?)
}
