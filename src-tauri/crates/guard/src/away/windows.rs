//! Windows: a window that is never seen, to which the system says that the session is locked or left and that the computer sleeps.

use std::sync::OnceLock;

use windows::Win32::Foundation::{HWND, LPARAM, LRESULT, WPARAM};
use windows::Win32::System::LibraryLoader::GetModuleHandleW;
use windows::Win32::System::Power::RegisterSuspendResumeNotification;
use windows::Win32::System::RemoteDesktop::{
    NOTIFY_FOR_THIS_SESSION, WTSRegisterSessionNotification,
};
use windows::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DEVICE_NOTIFY_WINDOW_HANDLE, DefWindowProcW, DispatchMessageW, GetMessageW,
    MSG, PBT_APMSUSPEND, RegisterClassW, WINDOW_EX_STYLE, WINDOW_STYLE, WM_CLOSE,
    WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, WNDCLASSW, WTS_CONSOLE_DISCONNECT,
    WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK, WTS_SESSION_LOGOFF,
};
use windows::core::w;

use super::{Away, Heard};

/// A window's procedure takes nothing along, so what it calls is kept here.
static HEARD: OnceLock<Heard> = OnceLock::new();

pub(super) fn watch(heard: Heard) {
    if HEARD.set(heard).is_err() {
        return;
    }
    // Without the thread the idle time still holds.
    let _ = std::thread::Builder::new()
        .name("guard-session".to_owned())
        .spawn(|| drop(listen()));
}

/// Runs the unseen window.
#[allow(
    unsafe_code,
    reason = "windows and their messages have no safe interface"
)]
fn listen() -> windows::core::Result<()> {
    // SAFETY: names are constants; the window lives on this thread, which runs its messages until the program ends.
    unsafe {
        let module = GetModuleHandleW(None)?;
        let class = WNDCLASSW {
            lpfnWndProc: Some(procedure),
            hInstance: module.into(),
            lpszClassName: w!("SubvaultAway"),
            ..WNDCLASSW::default()
        };
        RegisterClassW(&raw const class);
        let window = CreateWindowExW(
            WINDOW_EX_STYLE::default(),
            class.lpszClassName,
            w!(""),
            WINDOW_STYLE::default(),
            0,
            0,
            0,
            0,
            None,
            None,
            Some(class.hInstance),
            None,
        )?;
        // One that cannot be had does not keep the other from being listened to.
        let _ = WTSRegisterSessionNotification(window, NOTIFY_FOR_THIS_SESSION);
        let _ = RegisterSuspendResumeNotification(window.into(), DEVICE_NOTIFY_WINDOW_HANDLE);
        let mut message = MSG::default();
        while GetMessageW(&raw mut message, None, 0, 0).as_bool() {
            DispatchMessageW(&raw const message);
        }
    }
    Ok(())
}

#[allow(unsafe_code, reason = "the system calls it so")]
unsafe extern "system" fn procedure(
    window: HWND,
    message: u32,
    what: WPARAM,
    more: LPARAM,
) -> LRESULT {
    if let (Some(away), Some(heard)) = (meaning(message, what), HEARD.get()) {
        heard(away);
    }
    // Whoever closes all windows of the program may be told to wait, and this one would be gone.
    if message == WM_CLOSE {
        return LRESULT(0);
    }
    // SAFETY: the system's own arguments, passed on.
    unsafe { DefWindowProcW(window, message, what, more) }
}

fn meaning(message: u32, what: WPARAM) -> Option<Away> {
    let what = u32::try_from(what.0).ok()?;
    match (message, what) {
        (WM_POWERBROADCAST, PBT_APMSUSPEND) => Some(Away::Sleep),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK) => Some(Away::ScreenLocked),
        (
            WM_WTSSESSION_CHANGE,
            WTS_CONSOLE_DISCONNECT | WTS_REMOTE_DISCONNECT | WTS_SESSION_LOGOFF,
        ) => Some(Away::UserSwitched),
        _ => None,
    }
}
