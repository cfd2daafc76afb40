//! What kinds of operation there are, and how each behaves.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::changes::Change;

/// The only list of what can be begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OperationKind {
    /// Reading everything anew from Twilio.
    Refresh,
    /// Reading one subaccount anew.
    ReadSubaccount,
    CheckComputer,
    Connect,
    CreateSubaccount,
    CreateKey,
    RenameSubaccount,
    SuspendSubaccount,
    ReactivateSubaccount,
    /// Closing it for ever.
    CloseSubaccount,
    MoveNumber,
    ReleaseNumber,
    RenameKey,
    RevokeKey,
    /// Making the key that is to take another one's place.
    ReplaceKey,
    /// Asking Twilio whether a new key's subaccount has sent anything since.
    LookForUse,
    /// Deleting the key whose place another one has taken.
    DeleteReplacedKey,
    /// Deleting the key that was to take another one's place.
    GiveUpReplacing,
    /// Proving and keeping keys that were made elsewhere.
    AdoptKeys,
    /// Going on with something unfinished.
    Finish,
    /// Going through everything unfinished.
    Reconcile,
    DeleteUnfinishedKey,
    ProveKey,
    BackUp,
    Restore,
    /// What follows a restore by itself.
    Settle,
    /// Offering the keychain again what only sealed copies hold.
    OfferKeychainAgain,
    /// Giving an emptied keychain back what sealed copies hold.
    PutBack,
    TidyKeychain,
    Export,
    /// Several orders, one after the other or side by side.
    Batch,
}

/// What a lock means to an operation that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtLock {
    /// Stopping would leave more behind than going on does.
    GoesOn,
    /// It waits, with nothing in memory, until the program is unlocked.
    Pauses,
    Stops,
}

/// How an operation is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopWhen {
    Never,
    /// Its work looks out for it, and ends where nothing half done stays behind.
    WhenSafe,
    /// Its work is dropped where it is, unless it has committed itself.
    AtOnce,
}

/// How an operation of one kind behaves.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub at_lock: AtLock,
    pub stop: StopWhen,
    /// What may be otherwise when it has ended. What its work tells by itself is not among it.
    pub changes: &'static [Change],
}

impl OperationKind {
    pub fn shape(self) -> Shape {
        use Change::{Backup, Connection, Rows, Unfinished};
        let (at_lock, stop, changes): (_, _, &'static [Change]) = match self {
            Self::Refresh => (AtLock::Stops, StopWhen::WhenSafe, &[]),
            Self::ReadSubaccount | Self::ProveKey | Self::LookForUse => {
                (AtLock::Stops, StopWhen::AtOnce, &[])
            }
            // The entry that it writes into the keychain is to be deleted again.
            Self::CheckComputer => (AtLock::GoesOn, StopWhen::Never, &[]),
            Self::Connect => (AtLock::Stops, StopWhen::AtOnce, &[]),
            Self::CreateSubaccount | Self::CreateKey | Self::ReplaceKey | Self::Finish => {
                (AtLock::GoesOn, StopWhen::Never, &[Unfinished])
            }
            Self::RenameSubaccount
            | Self::SuspendSubaccount
            | Self::ReactivateSubaccount
            | Self::CloseSubaccount
            | Self::MoveNumber
            | Self::ReleaseNumber
            | Self::RenameKey
            | Self::RevokeKey
            | Self::DeleteReplacedKey
            | Self::GiveUpReplacing => (AtLock::GoesOn, StopWhen::Never, &[]),
            Self::DeleteUnfinishedKey => (AtLock::GoesOn, StopWhen::Never, &[Unfinished, Rows]),
            Self::Reconcile => (AtLock::Stops, StopWhen::WhenSafe, &[]),
            Self::BackUp => (AtLock::Stops, StopWhen::WhenSafe, &[Backup]),
            Self::Restore => (
                AtLock::Stops,
                StopWhen::AtOnce,
                &[Connection, Unfinished, Rows, Backup],
            ),
            Self::Settle | Self::OfferKeychainAgain => (
                AtLock::Pauses,
                StopWhen::AtOnce,
                &[Unfinished, Rows, Backup],
            ),
            Self::PutBack => (AtLock::Stops, StopWhen::AtOnce, &[Unfinished, Rows, Backup]),
            Self::AdoptKeys => (AtLock::Stops, StopWhen::WhenSafe, &[Backup]),
            Self::TidyKeychain => (AtLock::Stops, StopWhen::AtOnce, &[]),
            Self::Export => (AtLock::Stops, StopWhen::WhenSafe, &[Backup]),
            // What it has begun goes on; nothing more is begun.
            Self::Batch => (AtLock::Pauses, StopWhen::WhenSafe, &[]),
        };
        Shape {
            at_lock,
            stop,
            changes,
        }
    }
}
