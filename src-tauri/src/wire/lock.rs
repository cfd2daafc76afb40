//! The lock, as the window needs to know it. Nothing here names an account.

use serde::Serialize;
use specta::Type;

use super::Platform;

/// How the system asks who is at the computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SystemQuestion {
    WindowsHello,
    /// Touch ID, the Apple Watch or the password of the Mac.
    Mac,
    /// The password of this computer's user.
    ComputerPassword,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LockState {
    pub locked: bool,
    /// What the system can ask, if anything.
    pub system: Option<SystemQuestion>,
    /// A recovery passphrase is set.
    pub passphrase: bool,
    /// Too many passphrases were wrong: the next can be tried in so many seconds.
    pub wait_seconds: u32,
    pub platform: Platform,
    pub keychain_name: String,
    pub practice: bool,
    pub data_folder: String,
}
