//! macOS' LocalAuthentication: Touch ID, the Apple Watch, or the password of the Mac.

use std::sync::mpsc;
use std::time::Duration;

use block2::RcBlock;
use objc2::runtime::Bool;
use objc2_foundation::{NSError, NSString};
use objc2_local_authentication::{LAContext, LAError, LAPolicy};

use super::{NotProved, Presence, Reason, SystemWay};

const POLICY: LAPolicy = LAPolicy::DeviceOwnerAuthentication;

pub(super) struct LocalAuthentication;

#[allow(
    unsafe_code,
    reason = "the system's interface to it is an Objective-C one"
)]
impl Presence for LocalAuthentication {
    fn way(&self) -> Option<SystemWay> {
        // SAFETY: a new context, used on this thread alone.
        let can = unsafe { LAContext::new().canEvaluatePolicy_error(POLICY) };
        can.is_ok().then_some(SystemWay::Mac)
    }

    fn ask(&self, reason: Reason, within: Duration) -> Result<(), NotProved> {
        // The system puts "Subvault is trying to" before it.
        let reason = NSString::from_str(match reason {
            Reason::Unlock => "unlock itself",
            Reason::Confirm => "confirm that it is you",
        });
        // SAFETY: a context of its own for each question, so that an earlier yes does not answer it; it lives until the answer.
        let context = unsafe { LAContext::new() };
        let (tell, told) = mpsc::channel();
        let answer = RcBlock::new(move |yes: Bool, error: *mut NSError| {
            // SAFETY: null, or an error that lives as long as this call.
            let code = unsafe { error.as_ref() }.map(NSError::code);
            // Whoever asked may have given up.
            let _ = tell.send((yes.as_bool(), code));
        });
        // SAFETY: the block takes what the system hands it, and may be called on any thread: it holds a sender only.
        unsafe { context.evaluatePolicy_localizedReason_reply(POLICY, &reason, &answer) };
        match told.recv_timeout(within) {
            Ok((true, _)) => Ok(()),
            Ok((false, code)) => Err(meaning(code.map(LAError))),
            Err(_) => {
                // SAFETY: takes the question off the screen.
                unsafe { context.invalidate() };
                Err(NotProved::TimedOut)
            }
        }
    }
}

fn meaning(error: Option<LAError>) -> NotProved {
    match error {
        Some(
            LAError::UserCancel
            | LAError::SystemCancel
            | LAError::AppCancel
            | LAError::UserFallback,
        ) => NotProved::Cancelled,
        Some(LAError::PasscodeNotSet | LAError::NotInteractive) => NotProved::Unavailable,
        Some(LAError(code)) => NotProved::Failed(format!("LAError {code}")),
        None => NotProved::Refused,
    }
}
