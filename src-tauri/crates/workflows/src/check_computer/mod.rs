//! Trying out this computer, for somebody who wants to know why something does not work. Everything is tried for real; nothing is
//! changed at Twilio, and nothing but one question without credentials is sent there.

mod clock;
mod data_folder;
mod keychain;
mod network;
mod records;

use std::sync::Arc;

use parking_lot::Mutex;
use twilio::{Tried, Way};

use crate::failure::Problem;
use crate::operation::{Operation, OperationKind, OperationOutcome, Run, Subject};
use crate::view::{Check, CheckEvent, Verdict};
use crate::workspace::Workspace;

pub use clock::{ClockFound, ClockProblem};
pub use data_folder::{DataFolderFound, DataFolderProblem};
pub use keychain::{KeychainFound, KeychainProblem};
pub use network::{NetworkFound, NetworkProblem};
pub use records::RecordsFound;

/// What trying one of them found.
#[derive(Debug, Clone)]
pub enum Finding {
    Keychain(KeychainFound),
    DataFolder(DataFolderFound),
    Records(RecordsFound),
    Network(NetworkFound),
    Twilio(Tried),
    Clock(ClockFound),
}

impl Finding {
    /// What was tried.
    pub fn check(&self) -> Check {
        match self {
            Self::Keychain(_) => Check::Keychain,
            Self::DataFolder(_) => Check::DataFolder,
            Self::Records(_) => Check::Records,
            Self::Network(_) => Check::Network,
            Self::Twilio(_) => Check::Twilio,
            Self::Clock(_) => Check::Clock,
        }
    }

    /// How much it matters.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Keychain(found) => found.verdict(),
            Self::DataFolder(found) => found.verdict(),
            Self::Records(found) => found.verdict(),
            Self::Network(found) => found.verdict(),
            Self::Twilio(tried) => match (&tried.outcome, &tried.inspection) {
                (Err(_), _) => Verdict::Broken,
                (Ok(_), Some(inspection)) if !inspection.allowed => Verdict::Attention,
                (Ok(_), _) => Verdict::Fine,
            },
            Self::Clock(found) => found.verdict(),
        }
    }
}

impl OperationOutcome for Vec<Finding> {}

impl Workspace {
    /// Tries everything out and tells each thing as it happens. A keychain that hangs or a network that does not answer holds up
    /// nothing but itself.
    pub fn check_computer(self: &Arc<Self>) -> Operation<Vec<Finding>, Problem> {
        let kind = OperationKind::CheckComputer;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            Ok(workspace.try_everything(&run).await)
        })
    }

    /// What the last check tried, and found.
    pub fn last_check(&self) -> Vec<CheckEvent> {
        let last = self.operations.last_of(OperationKind::CheckComputer);
        last.map(|last| last.checks).unwrap_or_default()
    }

    /// In the order in which it was found.
    async fn try_everything(&self, run: &Run) -> Vec<Finding> {
        let findings = Mutex::new(Vec::new());
        let begins = |check| {
            run.check(CheckEvent {
                check,
                finding: None,
            });
        };
        let found = |finding: Finding| {
            run.check(CheckEvent {
                check: finding.check(),
                finding: Some(finding.clone().into()),
            });
            findings.lock().push(finding);
        };
        let keychain = async {
            begins(Check::Keychain);
            found(Finding::Keychain(self.try_keychain().await));
        };
        let disk = async {
            begins(Check::DataFolder);
            found(Finding::DataFolder(self.try_data_folder().await));
            begins(Check::Records);
            found(Finding::Records(self.try_records().await));
        };
        let network = async {
            begins(Check::Network);
            found(Finding::Network(self.read_network_settings().await));
            begins(Check::Twilio);
            let tried = Way::to(self.hosts.clone())
                .environment(self.environment.clone())
                .inspectors(self.inspectors.clone())
                .try_out(|| self.clock.now())
                .await;
            let clock = ClockFound::beside(&tried, self.clock.now());
            found(Finding::Twilio(tried));
            begins(Check::Clock);
            found(Finding::Clock(clock));
        };
        tokio::join!(keychain, disk, network);
        findings.into_inner()
    }
}
