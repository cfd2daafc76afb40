//! What has changed in the workspace since somebody last looked, so that what is shown can follow.

use std::collections::HashSet;

use parking_lot::Mutex;
use terms::AccountSid;
use tokio::sync::Notify;

/// What may be otherwise than it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// One subaccount or its keys.
    Row(AccountSid),
    /// Any subaccount or its keys.
    Rows,
    /// The connected account, its name or its balance.
    Connection,
    /// What is unfinished.
    Unfinished,
    /// Recovery and backups.
    Backup,
    /// The operations that run.
    Operations,
}

/// The subaccounts that may be otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ChangedRows {
    #[default]
    None,
    These(HashSet<AccountSid>),
    All,
}

/// All that has changed since it was last asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeSet {
    pub rows: ChangedRows,
    pub connection: bool,
    pub unfinished: bool,
    pub backup: bool,
    pub operations: bool,
}

impl ChangeSet {
    fn add(&mut self, change: Change) {
        match change {
            Change::Row(account) => match &mut self.rows {
                ChangedRows::None => self.rows = ChangedRows::These(HashSet::from([account])),
                ChangedRows::These(accounts) => {
                    accounts.insert(account);
                }
                ChangedRows::All => {}
            },
            Change::Rows => self.rows = ChangedRows::All,
            Change::Connection => self.connection = true,
            Change::Unfinished => self.unfinished = true,
            Change::Backup => self.backup = true,
            Change::Operations => self.operations = true,
        }
    }
}

/// Changes that nobody has looked at yet.
#[derive(Default)]
pub(crate) struct Changes {
    pending: Mutex<ChangeSet>,
    noted: Notify,
}

impl Changes {
    pub fn note(&self, change: Change) {
        self.pending.lock().add(change);
        self.noted.notify_one();
    }

    /// Waits until something has changed, and answers all that has since the last time.
    pub async fn take(&self) -> ChangeSet {
        loop {
            let changed = std::mem::take(&mut *self.pending.lock());
            if changed != ChangeSet::default() {
                return changed;
            }
            self.noted.notified().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(digit: char) -> AccountSid {
        let digits: String = std::iter::repeat_n(digit, 32).collect();
        format!("AC{digits}").parse().expect("a SID")
    }

    #[tokio::test]
    async fn what_changes_before_it_is_looked_at_is_told_once_and_together() {
        let changes = Changes::default();
        changes.note(Change::Row(account('1')));
        changes.note(Change::Row(account('2')));
        changes.note(Change::Row(account('1')));
        changes.note(Change::Unfinished);
        let changed = changes.take().await;
        assert_eq!(
            changed.rows,
            ChangedRows::These(HashSet::from([account('1'), account('2')]))
        );
        assert!(changed.unfinished && !changed.connection);
        changes.note(Change::Connection);
        let changed = changes.take().await;
        assert_eq!(changed.rows, ChangedRows::None);
        assert!(changed.connection && !changed.unfinished);
    }

    #[tokio::test]
    async fn of_all_rows_none_is_named() {
        let changes = Changes::default();
        changes.note(Change::Rows);
        changes.note(Change::Row(account('1')));
        assert_eq!(changes.take().await.rows, ChangedRows::All);
    }
}
