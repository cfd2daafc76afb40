//! What crosses between the window and the Rust side. Money and times are strings: a decimal amount, and UTC in ISO 8601.
//! The front end's types are generated from these.

mod backup;
mod check_computer;
mod creation;
mod events;
mod failure;
mod hand_over;
mod lock;
mod state;
mod subaccounts;
mod unfinished;

pub use backup::{
    BackupChanged, BackupProgress, BackupStage, BackupState, BackupTrouble, ChosenBackup,
    ExportFormat, ExportedFile, GoodBackup, MissingKeys, PassedOver, PassphraseStrength, PlainFile,
    PutBack, Restored, SettlePhase, SettleProgress, Weakness,
};
pub use check_computer::{
    CheckEvent, CheckFact, CheckFactName, CheckFinding, CheckName, CheckProblem, CheckVerdict,
};
pub use creation::{Made, Preview, PreviewDuplicate, StepEvent, StepName, StepState};
pub use events::{
    ClipboardCleared, CloseAsked, ConnectionChanged, KeychainWaits, RefreshPhase, RefreshProgress,
    RowsChanged, UnfinishedChanged,
};
pub use failure::{ChangedAtTwilio, Failure, FailureKind};
pub use hand_over::{Copied, HandOverCard, HandOverValue, Service, ServiceField, Shown};
pub use lock::{LockState, SystemQuestion};
pub use state::{
    AppState, Connection, FirstScreen, LinkName, Platform, Preferences, RecordsNotice,
};
pub use subaccounts::{
    Activity, ActivityKind, HandedOver, KeyRow, KeyState, ListOddities, Money, NameProblem,
    NotReadable, SubaccountDetail, SubaccountList, SubaccountRow, SubaccountStatus, WhyNotReadable,
};
pub use unfinished::{Unfinished, UnfinishedStage, UnfinishedWhat};
