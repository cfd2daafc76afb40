//! The file that practice mode's made-up Twilio keeps its state in.

use std::sync::OnceLock;

use tokio::runtime::Runtime;

/// A state file: set aside, or gone on from without a fault.
pub fn practice_state(bytes: &[u8]) {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime")
    });
    let Some(statuses) = runtime.block_on(practice::fuzzing::go_on_from(bytes)) else {
        return;
    };
    for status in statuses {
        assert!(status < 500, "answered with {status}");
    }
}
