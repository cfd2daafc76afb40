//! That a copy took the place of the database, noted in the database itself: a program that is killed before its user could read
//! it says it again the next times.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};

use super::database::alone;
use super::note::{self, Note};
use super::notice::OpenNotice;
use super::{Records, RecordsError};

/// The preference it is noted under.
pub(crate) const NAME: &str = "records restored";

/// The preference that says that saved keys may still be in the keychain alone. It outlives the note, which is only told a few times.
pub(crate) const NOT_BROUGHT_BACK: &str = "not brought back";

#[derive(Debug, Serialize, Deserialize)]
struct Restored {
    /// `None` where there was no copy.
    copy_taken_at: Option<Timestamp>,
    /// Within the data folder.
    set_aside: Option<PathBuf>,
    /// What could be read of the set-aside database has been brought over.
    salvaged: bool,
    /// A copy was made of what was brought over.
    #[serde(default)]
    copied: bool,
    /// How often the records have been opened since.
    told: u32,
}

impl Note for Restored {
    const NAME: &'static str = NAME;
}

/// Told this often, it was read.
const OFTEN_ENOUGH: u32 = 3;

/// Notes it in a copy before the copy takes the database's place.
pub(super) fn note_in(
    copy: &Path,
    copy_taken_at: Timestamp,
    set_aside: Option<PathBuf>,
) -> Result<(), RecordsError> {
    let connection = alone(Connection::open(copy)?)?;
    // Only the file itself takes the database's place, no log beside it.
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    let note = Restored {
        copy_taken_at: Some(copy_taken_at),
        salvaged: set_aside.is_none(),
        copied: false,
        told: 0,
        set_aside,
    };
    note::write(&connection, &note)?;
    mark_not_brought_back(&connection)
}

/// Notes that the records began anew without a copy.
pub(super) fn note_started_empty(
    connection: &Connection,
    set_aside: &Path,
) -> Result<(), RecordsError> {
    let note = Restored {
        copy_taken_at: None,
        set_aside: Some(set_aside.to_owned()),
        salvaged: false,
        copied: false,
        told: 0,
    };
    note::write(connection, &note)?;
    mark_not_brought_back(connection)
}

/// The set-aside database that has not been looked through yet, within the data folder.
pub(super) fn not_salvaged(connection: &Connection) -> Result<Option<PathBuf>, RecordsError> {
    let note = note::read(connection)?.filter(|note: &Restored| !note.salvaged);
    Ok(note.and_then(|note| note.set_aside))
}

/// Notes that it has been, in the transaction that brings its rows over.
pub(super) fn note_salvaged(transaction: &Transaction<'_>) -> Result<(), RecordsError> {
    note::change(transaction, |note: &mut Restored| note.salvaged = true)
}

/// Whether no copy has yet what was brought over.
pub(super) fn lacks_copy(connection: &Connection) -> Result<bool, RecordsError> {
    let note: Option<Restored> = note::read(connection)?;
    Ok(note.is_some_and(|note| note.salvaged && note.set_aside.is_some() && !note.copied))
}

/// Notes that one has.
pub(super) fn note_copied(connection: &Connection) -> Result<(), RecordsError> {
    note::change(connection, |note: &mut Restored| note.copied = true)
}

/// What the user should be told. It is told a few times.
pub(super) fn notice(
    connection: &Connection,
    folder: &Path,
) -> Result<Option<OpenNotice>, RecordsError> {
    let Some(mut note) = note::read::<Restored>(connection)? else {
        return Ok(None);
    };
    note.told += 1;
    if note.told < OFTEN_ENOUGH {
        note::write(connection, &note)?;
    } else {
        note::remove::<Restored>(connection)?;
    }
    let set_aside = note.set_aside.map(|place| folder.join(place));
    Ok(match (note.copy_taken_at, set_aside) {
        (Some(copy_taken_at), set_aside) => Some(OpenNotice::Restored {
            copy_taken_at,
            set_aside,
        }),
        (None, set_aside) => set_aside.map(|set_aside| OpenNotice::StartedEmpty { set_aside }),
    })
}

impl Records {
    /// Whether saved keys may be in the keychain that these records do not know, because a copy took the records' place or they began
    /// anew, and the keychain was not looked through to the end since.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn keys_may_be_brought_back(&self) -> Result<bool, RecordsError> {
        Ok(self.preference(NOT_BROUGHT_BACK).await?.is_some())
    }

    /// That the keychain was asked about every key at Twilio.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn keys_were_brought_back(&self) -> Result<(), RecordsError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM preference WHERE name = ?1", [NOT_BROUGHT_BACK])?;
            Ok(())
        })
        .await
    }
}

fn mark_not_brought_back(connection: &Connection) -> Result<(), RecordsError> {
    connection.execute(
        "INSERT OR REPLACE INTO preference (name, value) VALUES (?1, 'true')",
        [NOT_BROUGHT_BACK],
    )?;
    Ok(())
}
