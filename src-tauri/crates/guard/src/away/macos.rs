//! macOS: the workspace tells of sleep and of another user; the locked screen is told to every program.

use std::ptr::NonNull;

use block2::RcBlock;
use objc2_app_kit::{
    NSWorkspace, NSWorkspaceScreensDidSleepNotification,
    NSWorkspaceSessionDidResignActiveNotification, NSWorkspaceWillSleepNotification,
};
use objc2_foundation::{
    NSDistributedNotificationCenter, NSNotification, NSNotificationCenter, NSNotificationName,
    ns_string,
};

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
    let everyone = NSDistributedNotificationCenter::defaultCenter();
    observe(
        &everyone,
        ns_string!("com.apple.screenIsLocked"),
        Away::ScreenLocked,
        &heard,
    );
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
