//! What crosses between the window and the Rust side: what the program itself has to say, and what `workflows` shows. Money and times are
//! strings: a decimal amount, and UTC in ISO 8601. The front end's types are generated from these.

mod backup;
mod events;
mod hand_over;
mod lock;
mod state;

pub use backup::{
    BackupChanged, BackupProgress, BackupState, ChosenBackup, ExportFormat, ExportedFile,
    SettlePhase, SettleProgress,
};
pub use events::{
    ClipboardCleared, CloseAsked, ConnectionChanged, KeychainWaits, RefreshPhase, RefreshProgress,
    RowsChanged, UnfinishedChanged,
};
pub use hand_over::{Copied, Shown};
pub use lock::{LockState, SystemQuestion};
pub use state::{AppState, FirstScreen, LinkName, Platform, Preferences, RecordsNotice};
pub use workflows::view::{
    Activity, BackupTrouble, CheckEvent, CheckFinding, ConnectionView as Connection, FailureKind,
    FailureView as Failure, GoodBackup, HandOverCard, KeyRow, PassphraseStrength, Preview, PutBack,
    SubaccountDetail, SubaccountList, SubaccountRow, count,
};
pub use workflows::{
    Changed, HandOverValue, Made, RestoreReport as Restored, Service, StepEvent, Unfinished,
};
