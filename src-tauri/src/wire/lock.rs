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
    /// It locks: there is a way to open it again for certain.
    pub can_lock: bool,
    /// The system's own check, where it counts as a way to unlock: it has worked here once.
    pub system: Option<SystemQuestion>,
    /// The system's own check, where it has not worked here yet and could be tried.
    pub system_offer: Option<SystemQuestion>,
    /// A recovery passphrase is set.
    pub passphrase: bool,
    /// The account's Auth Token unlocks, since no passphrase does.
    pub auth_token: bool,
    /// Too many passphrases were wrong: the next can be tried in so many seconds.
    pub wait_seconds: u32,
    pub platform: Platform,
    pub keychain_name: String,
    pub practice: bool,
    pub data_folder: String,
}
