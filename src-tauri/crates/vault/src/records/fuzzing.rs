//! The door by which any bytes reach what opening does with a database, and any rows what reads them, without opening anew.

use std::future::poll_fn;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::task::Poll;

use rusqlite::{Connection, DropBehavior};

use super::database;
use super::open::{self, Found};
use super::{Inner, Job, OpenNotice, Records, RecordsError, salvage};

/// What opening takes a file for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Examined {
    /// It is opened.
    Sound,
    /// There is nothing in it: the newest good copy takes its place.
    Nothing,
    /// It is set aside.
    Broken,
}

/// Looks at a file as opening does.
///
/// # Errors
/// Where opening would leave the file as it is.
pub fn examine(file: &Path) -> Result<Examined, RecordsError> {
    Ok(match open::examine(file)? {
        Found::Sound => Examined::Sound,
        Found::Nothing => Examined::Nothing,
        Found::Broken => Examined::Broken,
    })
}

/// Opens the records in `folder` as [`Records::open`] does, but without a thread of their own. Nothing keeps others out.
///
/// # Errors
/// As [`Records::open`].
pub fn open(folder: &Path) -> Result<(Connection, Option<OpenNotice>), RecordsError> {
    let (held, notice) = open::open(folder)?;
    Ok((held.connection, notice))
}

/// The connection that opening makes to a sound file, before it does anything with it.
///
/// # Errors
/// As [`Records::open`].
pub fn connect(file: &Path) -> Result<Connection, RecordsError> {
    database::connect(file)
}

/// Records without a thread of their own, and what is asked of them.
pub fn without_a_thread(folder: PathBuf) -> (Records, Asked) {
    let (jobs, queue) = mpsc::channel();
    let inner = Arc::new(Inner {
        folder,
        vault_id: String::new(),
        jobs,
    });
    (Records { inner }, Asked(queue))
}

/// What is asked of records that have no thread.
pub struct Asked(mpsc::Receiver<Job>);

impl Asked {
    /// Answers, with this connection, whatever is asked until `asking` is done.
    pub async fn answer<T>(
        &self,
        connection: &mut Connection,
        asking: impl Future<Output = T>,
    ) -> T {
        let mut asking = pin!(asking);
        poll_fn(|context| {
            loop {
                if let Poll::Ready(answered) = asking.as_mut().poll(context) {
                    return Poll::Ready(answered);
                }
                let Ok(job) = self.0.try_recv() else {
                    return Poll::Pending;
                };
                job(connection);
                for job in self.0.try_iter() {
                    job(connection);
                }
            }
        })
        .await
    }
}

/// Brings over what can be read of the broken database in the folder `set_aside`, as opening does, until [`undo`]. `place` is for
/// the copy that is read.
///
/// # Errors
/// What the good database answers.
pub fn salvage(
    connection: &mut Connection,
    set_aside: &Path,
    place: &Path,
) -> Result<(), RecordsError> {
    salvage::remove(place)?;
    let mut transaction = connection.transaction()?;
    if let Some(broken) = salvage::open_copy(set_aside, place) {
        salvage::bring_tables(&transaction, &broken);
    }
    transaction.set_drop_behavior(DropBehavior::Ignore);
    Ok(())
}

/// Undoes what was changed since a transaction was begun and left open.
///
/// # Errors
/// What the database answers.
pub fn undo(connection: &Connection) -> Result<(), RecordsError> {
    Ok(connection.execute_batch("ROLLBACK")?)
}
