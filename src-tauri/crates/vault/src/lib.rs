//! Everything Subvault keeps: secrets in the computer's keychain, records in SQLite, the journal that makes sure
//! no secret is lost between the two, and the sealed copies that outlive the keychain. Knows nothing of HTTP.
//!
//! | module | what is in it |
//! | --- | --- |
//! | [`keychain`] | [`Keychain`]: save, read, delete and check, each with a deadline, never on the caller's thread |
//! | [`sealed`] | [`Sealer`], [`SealedCopy`]: copies encrypted to a public key, so that sealing never waits for the keychain |
//! | [`recovery`] | [`Passphrase`], [`TypedPassphrase`]: what opens sealed copies and backups when the keychain is lost |
//! | [`backup`] | [`backup::Document`]: one age file with everything, how it is written and put back |
//! | [`export`] | files for other password managers |
//! | [`points`] | [`Point`](points::Point): named places where a campaign may end the process; nothing in the shipped program |
//! | [`private`] | files and folders that nobody but their owner may open |
//! | [`records`] | [`Records`]: the database: what was read from Twilio, what is saved here, what happened |
//! | [`records::journal`] | [`Entry`], [`Stage`]: what was begun and is not finished yet |

// `Debug` of somebody else's error can carry the bytes of a secret.
#![cfg_attr(not(test), deny(clippy::use_debug))]
// Whatever comes from outside may be anything.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)
)]

pub mod backup;
mod durable;
pub mod export;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
pub mod identities;
pub mod keychain;
mod memory;
pub mod points;
pub mod private;
pub mod records;
pub mod recovery;
pub mod sealed;

pub use keychain::{Item, Keychain, KeychainError, Namespace};
pub use records::activity::{Activity, ActivityFilter, ActivityKind, FoundActivity};
pub use records::batches::{Batch, BatchId, BatchItem, BatchStage};
pub use records::connection::Connection;
pub use records::credentials::{Credential, DeletedBy, HandOver, Kept};
pub use records::customers::Customer;
pub use records::disk::{free_space, try_out as try_disk};
pub use records::examination::Examination;
pub use records::journal::{Entry, EntryId, Intent, Stage};
pub use records::keys::TwilioKey;
pub use records::preferences::{INSPECTION_PREFERENCE, LOCK_PREFERENCE};
pub use records::put_off::PutOff;
pub use records::replacements::{InUse, Replacement};
pub use records::spend::Spend;
pub use records::subaccounts::Subaccount;
pub use records::version::Version;
pub use records::{
    BackupRun, ComputerUser, OpenNotice, Opened, PlainExport, Records, RecordsError,
};
pub use recovery::{Passphrase, RecoveryError, TypedPassphrase};
pub use sealed::{Opener, SealedCopy, SealedError, Sealer};
