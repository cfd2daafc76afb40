//! What an admin does with Subvault, one file for each thing. Puts `twilio` and `vault` together; knows no window and no
//! sentences for users.

// `Debug` of somebody else's error can carry the bytes of a secret.
#![cfg_attr(not(test), deny(clippy::use_debug))]
// Whatever comes from outside may be anything.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)
)]

mod activity;
mod adopt;
mod ask_to_make;
mod backup;
mod change_subaccount;
mod changes;
mod check_computer;
mod client_of;
mod clock;
mod close_subaccount;
mod connect;
mod connect_error;
mod create_subaccount;
mod customers;
mod delete_key;
mod export;
mod failure;
mod finish;
mod hand_over;
mod inspection;
mod issue_key;
mod just_made;
mod key_state;
mod keys;
mod lanes;
mod last_failures;
mod lookup;
mod names;
mod not_readable;
mod numbers;
mod once_known;
mod operate;
mod operation;
mod orders;
mod overview;
mod owner;
mod passed_over;
mod preflight;
mod prove;
mod put_off;
mod read_subaccount;
mod reconcile;
mod recover_from_keychain;
mod recovery;
mod refresh;
mod rename_key;
mod rename_subaccount;
mod replace_key;
mod replacements;
mod restore;
mod revoke_key;
mod secrets;
mod services;
mod settle;
mod store_secret;
mod subaccount_status;
mod tested_keys;
mod tidy_keychain;
mod unfinished;
pub mod view;
mod workspace;

pub use adopt::AdoptionReport;
#[cfg(feature = "fuzzing")]
pub use adopt::fuzzing;
pub use backup::BackupState;
pub use changes::{ChangeSet, ChangedRows};
pub use check_computer::{
    ClockFound, ClockProblem, DataFolderFound, DataFolderProblem, Finding, KeychainFound,
    KeychainProblem, NetworkFound, NetworkProblem, RecordsFound,
};
pub use clock::Clock;
pub use close_subaccount::NumberBeforeClosing;
pub use connect::SignInFields;
pub use connect_error::ConnectError;
pub use export::{ExportFormat, ExportReport, PlainFile};
pub use failure::{Changed, Failure, Problem};
pub use hand_over::Card;
pub use key_state::{KeyState, Tested};
pub use names::{KeyName, NameProblem, SubaccountName, look_alike, tidied_name};
pub use operation::{
    Begun, News, Operation, OperationId, OperationKind, ReadyKey, Step, StepState,
};
pub use orders::{BatchReport, Order};
pub use passed_over::{PassedOver, WhyPassedOver};
pub use reconcile::Reconciled;
pub use recovery::PutBackReport;
pub use refresh::Refresh;
pub use restore::RestoreReport;
pub use services::{HandOverValue, Service, ServiceField, service, services};
pub use settle::{ProofReport, Settled, Unsettled};
pub use tidy_keychain::Tidied;
pub use view::{Check, ItemState, Unfinished, UnfinishedStage, UnfinishedWhat, Verdict};
pub use workspace::{WaitTimes, Workspace};
