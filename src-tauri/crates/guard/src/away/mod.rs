//! Hearing that nobody is at the computer any more: it goes to sleep, its screen is locked, or another user takes it over.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

use std::sync::Arc;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    Sleep,
    ScreenLocked,
    UserSwitched,
}

/// Called on a thread of the watch's own (on macOS on the main one), as soon as the system says so. Where the system lets a program
/// hold up sleep for a moment, it sleeps once this has returned.
pub type Heard = Arc<dyn Fn(Away) + Send + Sync>;

/// Listens for as long as the program runs. A system that does not tell (no session bus, no login manager) is not listened to; the idle
/// time still holds. To be called on the main thread.
pub fn watch(heard: Heard) {
    #[cfg(target_os = "linux")]
    linux::watch(heard);
    #[cfg(target_os = "macos")]
    macos::watch(heard);
    #[cfg(windows)]
    windows::watch(heard);
}
