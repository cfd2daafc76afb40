//! What crosses between the window and the Rust side: what the program itself has to say, and what `workflows` shows. Money and times are
//! strings: a decimal amount, and UTC in ISO 8601. The front end's types are generated from these.

mod backup;
mod events;
mod hand_over;
mod lock;
mod state;

pub use backup::{BackupChanged, BackupState, ChosenBackup, ExportFormat, ExportedFile};
pub use events::{
    ClipboardCleared, CloseAsked, ConnectionChanged, KeychainWaits, OperationsChanged, RowsChanged,
    UnfinishedChanged,
};
pub use hand_over::{Copied, Shown};
pub use lock::{LockState, SystemQuestion};
pub use state::{AppState, FirstScreen, LinkName, Platform, Preferences, RecordsNotice};
pub use workflows::view::{
    ActivityList, ActivityQuery, AdoptableKey, BackupTrouble, BatchView as Batch, CheckFinding,
    ConnectionView as Connection, FailureKind, FailureView as Failure, GoodBackup, HandOverCard,
    KeyList, NumberList, OperationView as Operation, OutcomeView as Outcome, PassphraseStrength,
    Preview, PutBack, PutOffView as PutOff, ReplacementView as Replacement, SubaccountDetail,
    SubaccountList, SubaccountRow, count,
};
pub use workflows::{HandOverValue, RestoreReport as Restored, Service, Unfinished};
