//! What the records note for themselves, each as one preference. It holds for this computer only.

use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::RecordsError;

/// A note of this kind: there is one at most.
pub(super) trait Note: Serialize + DeserializeOwned {
    /// The preference it is kept as.
    const NAME: &'static str;
}

/// The note, if there is one. One that cannot be read counts as none: it is no reason to keep the records closed.
pub(super) fn read<N: Note>(connection: &Connection) -> Result<Option<N>, RecordsError> {
    let text: Option<String> = connection
        .query_row(
            "SELECT value FROM preference WHERE name = ?1",
            [N::NAME],
            |row| row.get(0),
        )
        .optional()?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Changes the note where there is one.
pub(super) fn change<N: Note>(
    connection: &Connection,
    change: impl FnOnce(&mut N),
) -> Result<(), RecordsError> {
    let Some(mut note) = read::<N>(connection)? else {
        return Ok(());
    };
    change(&mut note);
    write(connection, &note)
}

/// Writes the note, in the place of another.
pub(super) fn write<N: Note>(connection: &Connection, note: &N) -> Result<(), RecordsError> {
    let text =
        serde_json::to_string(note).map_err(|error| RecordsError::Unreadable(error.to_string()))?;
    connection.execute(
        "INSERT OR REPLACE INTO preference (name, value) VALUES (?1, ?2)",
        [N::NAME, &text],
    )?;
    Ok(())
}

/// Removes the note.
pub(super) fn remove<N: Note>(connection: &Connection) -> Result<(), RecordsError> {
    connection.execute("DELETE FROM preference WHERE name = ?1", [N::NAME])?;
    Ok(())
}
