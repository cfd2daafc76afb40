//! What the window shows, as it crosses to it: names in camelCase; money and times as text, a decimal amount and UTC in ISO 8601.
//! The front end's types are generated from these.

mod activity;
mod backup;
mod check_computer;
mod connection;
mod failure;
mod failure_kind;
mod findings;
mod hand_over;
mod operation;
mod preview;
mod rows;
mod situations;
mod unfinished;

pub use activity::Activity;
pub use backup::{
    BackupTrouble, GoodBackup, MissingKeys, NamedKey, PassphraseStrength, PutBack, Weakness,
};
pub use check_computer::{
    Check, CheckEvent, CheckFact, CheckFactName, CheckFinding, CheckProblem, Verdict,
};
pub use connection::ConnectionView;
pub use failure::FailureView;
pub(crate) use failure::entry_number;
pub use failure_kind::FailureKind;
pub use findings::report;
pub use hand_over::HandOverCard;
pub use operation::{
    ItemState, ItemView, OperationView, OutcomeView, ResultView, StepView, SubjectView,
};
pub use preview::{Preview, PreviewDuplicate};
pub use rows::{
    HandedOver, KeyRow, ListOddities, NotReadable, SubaccountDetail, SubaccountList, SubaccountRow,
    SubaccountStatus, WhyNotReadable,
};
pub use unfinished::{Unfinished, UnfinishedStage, UnfinishedWhat};

/// So many, as the window counts them: more than four thousand million of anything is shown as that many.
pub fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
