//! macOS: the workspace tells of sleep and of another user; the locked screen is told to every program.

use std::ffi::c_void;
use std::ptr::NonNull;

use block2::RcBlock;
use objc2_app_kit::{
    NSWorkspace, NSWorkspaceScreensDidSleepNotification,
    NSWorkspaceSessionDidResignActiveNotification, NSWorkspaceWillSleepNotification,
};
use objc2_core_foundation::{
    CFDictionary, CFNotificationCenter, CFNotificationName, CFNotificationSuspensionBehavior,
    CFString,
};
use objc2_foundation::{NSNotification, NSNotificationCenter, NSNotificationName};

use super::{Away, Heard};

#[allow(
    unsafe_code,
    reason = "the system's interface to it is an Objective-C one"
)]
pub(super) fn watch(heard: Heard) {
    let workspace = NSWorkspace::sharedWorkspace().notificationCenter();
    // SAFETY: constant names that the system provides.
    let names = unsafe {
        [
            (NSWorkspaceWillSleepNotification, Away::Sleep),
            (NSWorkspaceScreensDidSleepNotification, Away::ScreenLocked),
            (
                NSWorkspaceSessionDidResignActiveNotification,
                Away::UserSwitched,
            ),
        ]
    };
    for (name, away) in names {
        observe(&workspace, name, away, &heard);
    }
    hear_of_a_locked_screen(heard);
}

/// What other programs post is held back while another program is in front, unless it is asked for at once.
/// Source: Apple's documentation of `CFNotificationSuspensionBehavior`.
#[allow(unsafe_code, reason = "the system's interface to it is a C one")]
fn hear_of_a_locked_screen(heard: Heard) {
    let Some(everyone) = CFNotificationCenter::distributed_center() else {
        // Sleep of the screens and the idle time still hold.
        return;
    };
    // It listens for as long as the program runs.
    let heard: &'static Heard = Box::leak(Box::new(heard));
    // SAFETY: what is passed along lives for ever, and the callback takes it for what it is.
    unsafe {
        everyone.add_observer(
            std::ptr::from_ref(heard).cast(),
            Some(screen_is_locked),
            Some(&CFString::from_static_str("com.apple.screenIsLocked")),
            std::ptr::null(),
            CFNotificationSuspensionBehavior::DeliverImmediately,
        );
    }
}

#[allow(unsafe_code, reason = "the system calls it so")]
unsafe extern "C-unwind" fn screen_is_locked(
    _: *mut CFNotificationCenter,
    heard: *mut c_void,
    _: *const CFNotificationName,
    _: *const c_void,
    _: *const CFDictionary,
) {
    // SAFETY: it is what `hear_of_a_locked_screen` passed along.
    if let Some(heard) = unsafe { heard.cast::<Heard>().as_ref() } {
        heard(Away::ScreenLocked);
    }
}

#[allow(
    unsafe_code,
    reason = "the system's interface to it is an Objective-C one"
)]
fn observe(center: &NSNotificationCenter, name: &NSNotificationName, away: Away, heard: &Heard) {
    let heard = heard.clone();
    let block = RcBlock::new(move |_: NonNull<NSNotification>| heard(away));
    // SAFETY: the block takes what it is handed and may be called on any thread: `Heard` can be.
    let observer = unsafe {
        center.addObserverForName_object_queue_usingBlock(Some(name), None, None, &block)
    };
    // It listens for as long as the program runs.
    std::mem::forget(observer);
}
