//! What keeps others out on this computer: the lock, the program's process, the clipboard. Knows nothing of Twilio or of the window.
//!
//! | module | what is in it |
//! | --- | --- |
//! | [`lock`] | whether the program is locked, and what it takes to open it |
//! | [`presence`] | asking the system whether its user is there: Windows Hello, Touch ID, polkit |
//! | [`away`] | hearing of sleep, of a locked screen and of another user |
//! | `clipboard` | [`Clipboard`]: secrets on the clipboard, and off it again |
//! | `process` | no memory dumps, and no other program looking in |

// `Debug` of somebody else's error can carry the bytes of a secret.
#![cfg_attr(not(test), deny(clippy::use_debug))]
// Whatever comes from outside may be anything.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)
)]

pub mod away;
mod clipboard;
pub mod lock;
pub mod presence;
mod process;

pub use clipboard::{Clipboard, ClipboardError, ClipboardWriter, CopyNumber, TakenBack};
pub use lock::Lock;
pub use presence::Presence;
pub use process::{NotClosed, close_process, keep_out_of_crash_reports};
