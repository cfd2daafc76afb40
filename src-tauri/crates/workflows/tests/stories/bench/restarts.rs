//! The program is ended and started again on the same files.

use std::time::Duration;

use super::{Bench, PATIENT, open, open_told};

/// For a keychain that is to hang.
const IMPATIENT: Duration = Duration::from_secs(3);

impl Bench {
    /// Ends the program and starts it again on the same files.
    pub async fn restart(self) -> Self {
        self.restart_waiting(PATIENT).await
    }

    /// The same, with a keychain that is soon given up on.
    pub async fn restart_impatient(self) -> Self {
        self.restart_waiting(IMPATIENT).await
    }

    /// Starts again on the same files, with Twilio somewhere else.
    pub async fn restart_at(self, base_url: &str) -> Self {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let workspace = open(base_url, &folder, &moved, PATIENT).await;
        Self {
            practice,
            workspace,
            folder,
            moved,
        }
    }

    /// Ends the program, lets somebody else have the records' file, and starts again.
    pub async fn restart_after(self, meddle: impl FnOnce(&std::path::Path)) -> Self {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let records = folder.path().join("records");
        let lock = std::fs::File::options()
            .write(true)
            .open(records.join("records.lock"))
            .expect("the records were open");
        while lock.try_lock().is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        meddle(&records.join("records.db"));
        drop(lock);
        let workspace = open(&practice.base_url(), &folder, &moved, PATIENT).await;
        Self {
            practice,
            workspace,
            folder,
            moved,
        }
    }

    /// Starts again after something else has overwritten the records' file.
    pub async fn restart_with_broken_records(self) -> Self {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let file = folder.path().join("records").join("records.db");
        for companion in ["", "-wal"] {
            let file = file.with_file_name(format!("records.db{companion}"));
            std::fs::write(
                file,
                "something else, and long enough to be read ".repeat(20),
            )
            .expect("the file can be written");
        }
        let (workspace, notice) = open_told(&practice.base_url(), &folder, &moved, PATIENT).await;
        assert!(
            matches!(notice, Some(vault::OpenNotice::StartedEmpty { .. })),
            "{notice:?}"
        );
        Self {
            practice,
            workspace,
            folder,
            moved,
        }
    }

    /// Starts again where the records may have something to say.
    pub async fn restart_told(self) -> (Self, Option<vault::OpenNotice>) {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let (workspace, notice) = open_told(&practice.base_url(), &folder, &moved, PATIENT).await;
        let bench = Self {
            practice,
            workspace,
            folder,
            moved,
        };
        (bench, notice)
    }

    async fn restart_waiting(self, deadline: Duration) -> Self {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let workspace = open(&practice.base_url(), &folder, &moved, deadline).await;
        Self {
            practice,
            workspace,
            folder,
            moved,
        }
    }
}
