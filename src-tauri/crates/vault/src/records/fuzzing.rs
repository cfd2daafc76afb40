//! The door by which any bytes reach what opening does with a database, and any rows what reads them, without opening anew.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, DropBehavior};

use super::open::{Found, examine};
use super::{Records, RecordsError, salvage};

/// Whether opening would take a file for broken and set it aside.
///
/// # Errors
/// Where opening would leave the file as it is.
pub fn is_broken(file: &Path) -> Result<bool, RecordsError> {
    Ok(matches!(examine(file)?, Found::Broken))
}

/// Reads or changes rows on the records' own connection.
///
/// # Errors
/// [`RecordsError::Closed`]
pub async fn with_connection<T, F>(records: &Records, work: F) -> Result<T, RecordsError>
where
    T: Send + 'static,
    F: FnOnce(&mut Connection) -> T + Send + 'static,
{
    records.run(|connection| Ok(work(connection))).await
}

/// Brings over what can be read of the broken database in the folder `set_aside`, as opening does, until [`undo`]. `place` is for
/// the copy that is read.
///
/// # Errors
/// What the records' own database answers.
pub async fn salvage(
    records: &Records,
    set_aside: PathBuf,
    place: PathBuf,
) -> Result<(), RecordsError> {
    let work = move |connection: &mut Connection| {
        salvage::remove(&place)?;
        let mut transaction = connection.transaction()?;
        if let Some(broken) = salvage::open_copy(&set_aside, &place) {
            salvage::bring_tables(&transaction, &broken);
        }
        transaction.set_drop_behavior(DropBehavior::Ignore);
        Ok(())
    };
    records.run(work).await
}

/// Undoes what was changed since a transaction was begun and left open.
///
/// # Errors
/// What the database answers.
pub async fn undo(records: &Records) -> Result<(), RecordsError> {
    let work = |connection: &mut Connection| Ok(connection.execute_batch("ROLLBACK")?);
    records.run(work).await
}
