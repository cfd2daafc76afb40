//! Trying out this computer, for somebody who wants to know why something does not work. Everything is tried for real; nothing is
//! changed at Twilio, and nothing but one question without credentials is sent there.

mod clock;
mod data_folder;
mod keychain;
mod network;
mod records;

use serde::Serialize;
use specta::Type;
use twilio::{Tried, Way};

use crate::workspace::Workspace;

pub use clock::{ClockFound, ClockProblem};
pub use data_folder::{DataFolderFound, DataFolderProblem};
pub use keychain::{KeychainFound, KeychainProblem};
pub use network::{NetworkFound, NetworkProblem};
pub use records::RecordsFound;

/// The things that are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "CheckName", rename_all = "camelCase")]
pub enum Check {
    /// The keychain: a test entry is written, read back and deleted.
    Keychain,
    /// The data folder: a file is written, synced and read back.
    DataFolder,
    /// The records in it: all of them are read.
    Records,
    /// What this computer is set to for the way to Twilio.
    Network,
    /// The way to Twilio.
    Twilio,
    /// This computer's clock, beside Twilio's.
    Clock,
}

/// What trying one of them found.
#[derive(Debug)]
pub enum Finding {
    Keychain(KeychainFound),
    DataFolder(DataFolderFound),
    Records(RecordsFound),
    Network(NetworkFound),
    Twilio(Tried),
    Clock(ClockFound),
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "CheckVerdict", rename_all = "camelCase")]
pub enum Verdict {
    /// It works.
    Fine,
    /// It works, and should be looked after.
    Attention,
    /// It does not work.
    Broken,
    /// It could not be found out.
    Unknown,
}

/// How the checking goes on.
#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a handful is told, one after the other"
)]
pub enum CheckNews {
    /// This is being tried now.
    Began(Check),
    /// This was tried.
    Ended(Finding),
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

impl Workspace {
    /// Tries everything out and tells each thing as it happens. A keychain that hangs or a network that does not answer holds up
    /// nothing but itself.
    pub async fn check_computer(&self, tell: &(dyn Fn(CheckNews) + Send + Sync)) {
        let keychain = async {
            tell(CheckNews::Began(Check::Keychain));
            tell(CheckNews::Ended(Finding::Keychain(
                self.try_keychain().await,
            )));
        };
        let disk = async {
            tell(CheckNews::Began(Check::DataFolder));
            tell(CheckNews::Ended(Finding::DataFolder(
                self.try_data_folder().await,
            )));
            tell(CheckNews::Began(Check::Records));
            tell(CheckNews::Ended(Finding::Records(self.try_records().await)));
        };
        let network = async {
            tell(CheckNews::Began(Check::Network));
            let settings = self.read_network_settings().await;
            tell(CheckNews::Ended(Finding::Network(settings)));
            tell(CheckNews::Began(Check::Twilio));
            let tried = Way::to(self.hosts.clone())
                .environment(self.environment.clone())
                .inspectors(self.inspectors.clone())
                .try_out(|| self.clock.now())
                .await;
            let clock = ClockFound::beside(&tried, self.clock.now());
            tell(CheckNews::Ended(Finding::Twilio(tried)));
            tell(CheckNews::Began(Check::Clock));
            tell(CheckNews::Ended(Finding::Clock(clock)));
        };
        tokio::join!(keychain, disk, network);
    }
}
