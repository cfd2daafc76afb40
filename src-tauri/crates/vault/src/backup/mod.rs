//! Backups: one age file each, encrypted to the recovery passphrase, which the stock `age` program opens (decision 7).

mod document;
mod file;
mod gather;
mod installation;
mod known;
mod partial;
mod plan;
mod restore;
mod rotation;

pub use document::{
    BadDocument, Document, KeptActivity, KeptCredential, KeptCustomer, KeptSubaccount, NEWEST,
    Parent,
};
pub use file::{
    BackupFile, LARGEST, NotRestorable, OpenedBackup, WriteError, looks_like_a_backup, open, write,
};
pub(crate) use file::{place, read_back, removed_again};
pub use gather::gather;
pub(crate) use gather::is_of_this_computer;
pub use installation::installation;
pub use known::{KnownBackups, LastBackup};
pub(crate) use partial::Partial;
pub use plan::BackupPlan;
pub use restore::{Restored, restore};
pub use rotation::{DAYS, MONTHS, Series, WEEKS};

/// How far a backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Secrets are taken out of sealed copies and the keychain.
    Gathering,
    /// The passphrase is made into a key, and everything is encrypted.
    Encrypting,
    /// The file is written and synced.
    Writing,
    /// The file is opened again and compared with what was to be in it.
    Comparing,
}
