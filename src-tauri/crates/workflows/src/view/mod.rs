//! What the window shows, as it crosses to it: names in camelCase; money and times as text, a decimal amount and UTC in ISO 8601.
//! The front end's types are generated from these.

mod activity;
mod adoption;
mod backup;
mod check_computer;
mod connection;
mod failure;
mod failure_kind;
mod findings;
mod hand_over;
mod keys;
mod numbers;
mod operation;
mod preview;
mod put_off;
mod replacement;
mod rows;
mod situations;
mod unfinished;

pub use activity::{Activity, ActivityList, ActivityQuery};
pub use adoption::{Adoptability, AdoptableKey, AdoptedKey, AdoptionOutcome};
pub use backup::{
    BackupTrouble, GoodBackup, MissingKeys, NamedKey, PassphraseStrength, PutBack, Weakness,
};
pub use check_computer::{
    Check, CheckEvent, CheckFact, CheckFactName, CheckFinding, CheckProblem, Verdict,
};
pub use connection::ConnectionView;
pub use failure::FailureView;
pub(crate) use failure::{batch_number, entry_number};
pub use failure_kind::FailureKind;
pub use findings::report;
pub use hand_over::HandOverCard;
pub use keys::{KeyList, KeysNotRead, ListedKey};
pub use numbers::{NumberList, NumberRow, PhoneNumberKind};
pub use operation::{
    BatchView, ItemState, ItemView, OperationView, OutcomeView, ResultView, StepView, SubjectView,
};
pub use preview::{Preview, PreviewDuplicate};
pub use put_off::PutOffView;
pub use replacement::{KnownInUse, ReplacementStage, ReplacementView};
pub use rows::{
    HandedOver, KeyRow, KeyType, ListOddities, NotReadable, SubaccountDetail, SubaccountList,
    SubaccountRow, SubaccountStatus, SuspendedHere, WhyNotReadable,
};
pub use unfinished::{Unfinished, UnfinishedStage, UnfinishedWhat};

/// So many, as the window counts them: more than four thousand million of anything is shown as that many.
pub fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
