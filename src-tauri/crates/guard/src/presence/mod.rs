//! Asking the system whether the person at the computer is its user: Windows Hello, Touch ID or the Mac's password, polkit.
//!
//! Anything but a clear yes is a no.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::sync::oneshot;

/// A question that nobody answers is taken as a no after this time.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(120);

/// What the user knows the system's question as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemWay {
    WindowsHello,
    /// Touch ID, the Apple Watch or the password of the Mac.
    Mac,
    /// The password of this computer's user, asked for by polkit's agent.
    ComputerPassword,
}

/// What it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Unlock,
    /// The program is open; something needs to know once more who is there.
    Confirm,
}

/// Why the answer was not yes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotProved {
    #[error("the question was closed")]
    Cancelled,
    #[error("nobody answered in time")]
    TimedOut,
    #[error("the system has no way to ask at the moment")]
    Unavailable,
    /// Something else has it at the moment: a fingerprint reader that another program waits for.
    #[error("the device is busy")]
    Busy,
    #[error("the system says no")]
    Refused,
    #[error("asking failed: {0}")]
    Failed(String),
}

/// A way to ask. Both calls may take long.
pub trait Presence: Send + Sync {
    /// What can be asked on this computer now, as far as can be found out. `None` does not mean that there is nothing, and what is
    /// there may have nobody to ask for it; only an answer to [`Presence::ask`] shows that it works.
    fn way(&self) -> Option<SystemWay>;

    /// Asks, and waits so long for the answer; then the question is taken back.
    fn ask(&self, reason: Reason, within: Duration) -> Result<(), NotProved>;
}

/// The system's own way. `window` gives the handle of the window that asks, where the system wants it (Windows); 0 for none.
pub fn of_this_system(window: impl Fn() -> isize + Send + Sync + 'static) -> Arc<dyn Presence> {
    #[cfg(target_os = "linux")]
    {
        let _ = window;
        Arc::new(linux::Polkit)
    }
    #[cfg(target_os = "macos")]
    {
        let _ = window;
        Arc::new(macos::LocalAuthentication)
    }
    #[cfg(windows)]
    Arc::new(windows::Hello::for_window(window))
}

/// Has polkit asked on the bus at this address instead of the system's. For tests only.
#[cfg(target_os = "linux")]
pub fn ask_on(address: String) {
    linux::ask_on(address);
}

/// What the system's check is on this system, whether it is there or not.
pub const fn kind_on_this_system() -> SystemWay {
    if cfg!(windows) {
        SystemWay::WindowsHello
    } else if cfg!(target_os = "macos") {
        SystemWay::Mac
    } else {
        SystemWay::ComputerPassword
    }
}

/// What can be asked on this computer now, found out on a thread of its own.
pub async fn way_of(presence: Arc<dyn Presence>) -> Option<SystemWay> {
    let found = aside("guard-way", move || presence.way());
    let found = tokio::time::timeout(ANSWER_WITHIN, found).await;
    found.ok().flatten().flatten()
}

/// Asks on a thread of its own, which is left behind when there is no answer in time. An answer that it gives later is not heard.
pub async fn ask(presence: Arc<dyn Presence>, reason: Reason) -> Result<(), NotProved> {
    let answer = aside("guard-ask", move || presence.ask(reason, ANSWER_WITHIN));
    match tokio::time::timeout(ANSWER_WITHIN, answer).await {
        Ok(Some(answer)) => answer,
        Ok(None) => Err(NotProved::Failed(
            "the question was not answered".to_owned(),
        )),
        Err(_) => Err(NotProved::TimedOut),
    }
}

/// `None` where the thread could not be started or did not come to its end.
async fn aside<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (tell, told) = oneshot::channel();
    // Whoever waited may have given up; then nobody is told.
    let run = move || drop(tell.send(work()));
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(run)
        .ok()?;
    told.await.ok()
}
