//! Windows Hello: a face, a finger or the PIN.

use std::sync::mpsc;
use std::time::Duration;

use windows::Security::Credentials::UI::{
    UserConsentVerificationResult as Verified, UserConsentVerifier,
    UserConsentVerifierAvailability as Available,
};
use windows::Win32::Foundation::HWND;
use windows::Win32::System::WinRT::IUserConsentVerifierInterop;
use windows::core::{HSTRING, factory};
use windows_future::IAsyncOperation;

use super::{NotProved, Presence, Reason, SystemWay};

type Window = Box<dyn Fn() -> isize + Send + Sync>;

pub(super) struct Hello {
    /// The question appears over it; without one it can come up behind.
    window: Window,
}

impl Hello {
    pub fn for_window(window: impl Fn() -> isize + Send + Sync + 'static) -> Self {
        Self {
            window: Box::new(window),
        }
    }

    #[allow(unsafe_code, reason = "the call that takes a window has no safe form")]
    fn request(&self, text: &HSTRING) -> windows::core::Result<IAsyncOperation<Verified>> {
        let window = HWND((self.window)() as *mut core::ffi::c_void);
        let asking = factory::<UserConsentVerifier, IUserConsentVerifierInterop>()?;
        // SAFETY: the window is ours or null, and the text lives until the call returns.
        unsafe { asking.RequestVerificationForWindowAsync(window, text) }
    }
}

impl Presence for Hello {
    fn way(&self) -> Option<SystemWay> {
        let availability =
            UserConsentVerifier::CheckAvailabilityAsync().and_then(|asked| asked.join());
        let is_there = matches!(
            availability,
            Ok(Available::Available | Available::DeviceBusy)
        );
        is_there.then_some(SystemWay::WindowsHello)
    }

    fn ask(&self, reason: Reason, within: Duration) -> Result<(), NotProved> {
        let text = HSTRING::from(match reason {
            Reason::Unlock => "Unlock Subvault",
            Reason::Confirm => "Confirm that it is you",
        });
        let failed = |error: windows::core::Error| NotProved::Failed(error.to_string());
        let asked = self.request(&text).map_err(failed)?;
        let (tell, told) = mpsc::channel();
        // Whoever asked may have given up.
        let answered = asked.when(move |answer| drop(tell.send(answer)));
        answered.map_err(failed)?;
        let Ok(answer) = told.recv_timeout(within) else {
            // One that cannot be taken off the screen stays there, and nobody hears its answer.
            let _ = asked.Cancel();
            return Err(NotProved::TimedOut);
        };
        match answer.map_err(failed)? {
            Verified::Verified => Ok(()),
            Verified::Canceled => Err(NotProved::Cancelled),
            Verified::DeviceBusy => Err(NotProved::Busy),
            Verified::DeviceNotPresent
            | Verified::NotConfiguredForUser
            | Verified::DisabledByPolicy => Err(NotProved::Unavailable),
            _ => Err(NotProved::Refused),
        }
    }
}
