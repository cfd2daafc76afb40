//! The file that practice mode's made-up Twilio keeps its state in.

use std::cell::RefCell;

use practice::fuzzing::OpenState;
use tokio::runtime::{Builder, Runtime};

thread_local! {
    static SERVER: RefCell<(Runtime, OpenState)> = RefCell::new((
        Builder::new_current_thread().build().expect("a runtime"),
        OpenState::default(),
    ));
}

/// A state file: set aside, or gone on from without a fault.
pub fn practice_state(bytes: &[u8]) {
    let statuses =
        SERVER.with_borrow_mut(|(runtime, server)| runtime.block_on(server.go_on_from(bytes)));
    for status in statuses.into_iter().flatten() {
        assert!(status < 500, "answered with {status}");
    }
}
