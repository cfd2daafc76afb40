//! The database of a data folder: what was read from Twilio, what is saved here, and what happened. Never a secret.
//!
//! One thread owns the only connection (WAL, `synchronous=FULL`, foreign keys on); each call is one job on it and, if it
//! writes, one transaction that is on the disk when the call returns. Nothing waits while a transaction is open.

pub mod activity;
pub mod connection;
mod convert;
pub mod credentials;
pub mod disk;
mod error;
pub mod journal;
pub mod keys;
mod open;
pub mod preferences;
mod safekeeping;
mod schema;
mod sealing;
pub mod spend;
pub mod subaccounts;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

pub use error::RecordsError;
pub use open::{OpenNotice, Opened};
pub use sealing::Sealing;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The records of a data folder. Clones share the connection; the last one to be dropped closes it.
///
/// A call whose future is dropped is carried out all the same.
#[derive(Clone)]
pub struct Records {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    jobs: mpsc::Sender<Job>,
}

impl Records {
    /// Opens the records in `folder`, which is made if it is not there.
    ///
    /// A database that is broken is set aside, never deleted, and the newest good copy is opened in its place; the notice says
    /// so. Once a day a copy is kept, and one before each change of layout.
    ///
    /// # Errors
    /// [`RecordsError::Newer`] for the database of a newer program, which is left as it is; [`RecordsError::InUse`] while
    /// another process has it open; or what the disk answered.
    pub async fn open(folder: &Path) -> Result<Opened, RecordsError> {
        let folder = folder.to_owned();
        let (jobs, queue) = mpsc::channel::<Job>();
        let (reply, answer) = oneshot::channel();
        let place = folder.clone();
        thread::Builder::new()
            .name("records".to_owned())
            .spawn(move || {
                let mut held = match open::open(&place) {
                    Ok((held, notice)) => {
                        if reply.send(Ok(notice)).is_err() {
                            return;
                        }
                        held
                    }
                    Err(error) => {
                        // The caller may have stopped waiting.
                        let _ = reply.send(Err(error));
                        return;
                    }
                };
                for job in queue {
                    job(&mut held.connection);
                }
            })?;
        let notice = answer.await.map_err(|_| RecordsError::Closed)??;
        Ok(Opened {
            records: Self {
                inner: Arc::new(Inner { folder, jobs }),
            },
            notice,
        })
    }

    /// The folder that was opened.
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// Reads, on the records' thread.
    async fn read<T, F>(&self, work: F) -> Result<T, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, RecordsError> + Send + 'static,
    {
        self.run(|connection| work(connection)).await
    }

    /// Writes in one transaction, which is on the disk when this returns.
    async fn write<T, F>(&self, work: F) -> Result<T, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, RecordsError> + Send + 'static,
    {
        self.run(|connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        })
        .await
    }

    async fn run<T, F>(&self, work: F) -> Result<T, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, RecordsError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // The caller may have stopped waiting; the work is done all the same.
            let _ = reply.send(work(connection));
        });
        self.inner
            .jobs
            .send(job)
            .map_err(|_| RecordsError::Closed)?;
        answer.await.map_err(|_| RecordsError::Closed)?
    }
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records")
            .field("folder", &self.inner.folder)
            .finish_non_exhaustive()
    }
}
