//! The database of a data folder: what was read from Twilio, what is saved here, and what happened. Never a secret.
//!
//! One thread owns the only connection (WAL, `synchronous=FULL`, foreign keys on); each call is one job on it and, if it
//! writes, one transaction that is on the disk when the call returns. Nothing waits while a transaction is open.

pub mod activity;
mod backups;
pub mod batches;
mod computer_user;
pub mod connection;
mod convert;
pub mod credentials;
pub mod customers;
mod database;
pub mod disk;
mod error;
pub mod examination;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
pub mod journal;
pub mod keys;
mod log;
mod note;
mod notice;
mod open;
mod order;
pub mod preferences;
pub mod put_off;
mod recovery;
pub(crate) mod refused;
pub(crate) mod rekeying;
pub mod replacements;
pub(crate) mod restore;
pub(crate) mod restore_note;
mod salvage;
mod schema;
mod sealed_copies;
mod sealing;
mod snapshots;
pub mod spend;
pub mod subaccounts;
pub(crate) mod vault_id;
pub mod version;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

pub use backups::{BackupRun, PlainExport};
pub use computer_user::ComputerUser;
pub use error::RecordsError;
pub use notice::OpenNotice;
pub use open::Opened;
pub use recovery::Recovery;
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
    vault_id: String,
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
                        let vault_id = vault_id::of(&held.connection, &place);
                        let failed = vault_id.is_err();
                        let opened = vault_id.map(|vault_id| (notice, vault_id));
                        if reply.send(opened).is_err() || failed {
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
                open::tidy(&held.connection);
            })?;
        let (notice, vault_id) = answer.await.map_err(|_| RecordsError::Closed)??;
        Ok(Opened {
            records: Self {
                inner: Arc::new(Inner {
                    folder,
                    vault_id,
                    jobs,
                }),
            },
            notice,
        })
    }

    /// The folder that was opened.
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// Tells this data folder's items in the keychain from those of another folder. It outlives the database.
    pub fn vault_id(&self) -> &str {
        &self.inner.vault_id
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
        let folder = self.folder().to_owned();
        self.run(move |connection| {
            let write = || {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let answer = work(&transaction)?;
                transaction.commit()?;
                Ok(answer)
            };
            write().map_err(|error| disk::explained(&folder, error))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Intent, Stage};
    use terms::{AccountSid, Tag};

    async fn open(folder: &Path) -> Records {
        Records::open(folder).await.unwrap().records
    }

    #[tokio::test]
    async fn every_write_is_synced_before_it_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let records = open(folder.path()).await;
        let settings = records.read(|connection| {
            let journal: String =
                connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
            let number =
                |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            Ok((journal, number("synchronous")?, number("foreign_keys")?))
        });
        // 2 is FULL: <https://sqlite.org/pragma.html#pragma_synchronous>
        assert_eq!(settings.await.unwrap(), ("wal".to_owned(), 2, 1));
    }

    #[tokio::test]
    async fn a_full_disk_is_told_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let records = open(folder.path()).await;
        let intent = Intent::Subaccount {
            name: "Acme".into(),
            then_key: None,
        };
        let parent: AccountSid = format!("AC{:032}", 1).parse().expect("a SID");
        let entry = records
            .plan(intent.clone(), parent.clone(), Tag::random())
            .await
            .unwrap();
        let pages = records.read(|connection| {
            let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
            connection.pragma_update(None, "max_page_count", pages)?;
            Ok(pages)
        });
        assert!(pages.await.unwrap() > 0);
        let large = "x".repeat(100_000);
        assert_eq!(
            records.set_preference("a", &large).await,
            Err(RecordsError::DiskFull)
        );
        let intent = Intent::Subaccount {
            name: large,
            then_key: None,
        };
        assert_eq!(
            records.plan(intent, parent, Tag::random()).await,
            Err(RecordsError::DiskFull)
        );
        assert_eq!(records.preference("a").await.unwrap(), None);
        assert_eq!(
            records.open_entries().await.unwrap(),
            std::slice::from_ref(&entry)
        );
        assert_eq!(
            records.mark_sent(entry.id).await.unwrap().stage,
            Stage::Sent,
            "what fits still works"
        );
    }

    #[tokio::test]
    async fn a_value_of_a_later_version_is_an_error_and_not_a_guess() {
        let folder = tempfile::tempdir().unwrap();
        let records = open(folder.path()).await;
        let intent = Intent::Subaccount {
            name: "Acme".into(),
            then_key: None,
        };
        let entry = records
            .plan(
                intent,
                format!("AC{:032}", 1).parse().expect("a SID"),
                Tag::random(),
            )
            .await
            .unwrap();
        for (column, value) in [
            ("stage", "teleported"),
            ("created_at", "yesterday"),
            ("tag", "no tag"),
            ("kind", "x"),
            ("body", "{\"version\":2}"),
        ] {
            let broken = format!("UPDATE journal SET {column} = '{value}'");
            let restore = format!("UPDATE journal SET {column} = ?1");
            let before = records.write(move |transaction| {
                let read = format!("SELECT {column} FROM journal");
                let before: String = transaction.query_row(&read, [], |row| row.get(0))?;
                transaction.execute(&broken, [])?;
                Ok(before)
            });
            let before = before.await.unwrap();
            let answer = records.entry(entry.id).await;
            assert!(
                matches!(answer, Err(RecordsError::Unreadable(_))),
                "{column}: {answer:?}"
            );
            records
                .write(move |transaction| Ok(transaction.execute(&restore, [before])?))
                .await
                .unwrap();
        }
        assert_eq!(records.entry(entry.id).await.unwrap(), entry);
    }

    #[tokio::test]
    async fn work_whose_caller_has_gone_is_done_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let records = open(folder.path()).await;
        let (release, wait) = mpsc::channel::<()>();
        let (begin, begun) = oneshot::channel();
        let busy = records.clone();
        let busy = tokio::spawn(async move {
            busy.read(move |_| {
                begin.send(()).unwrap();
                // Ends when the other half is dropped.
                let _ = wait.recv();
                Ok(())
            })
            .await
        });
        begun.await.unwrap();
        let write = records.set_preference("a", "1");
        assert!(
            tokio::time::timeout(std::time::Duration::from_millis(50), write)
                .await
                .is_err()
        );
        drop(release);
        busy.await.unwrap().unwrap();
        assert_eq!(records.preference("a").await.unwrap().as_deref(), Some("1"));
    }
}
