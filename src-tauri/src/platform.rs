//! Which system this program is built for.

use crate::wire::Platform;

/// The system, as the window is told of it.
pub const fn platform() -> Platform {
    if cfg!(target_os = "windows") {
        Platform::Windows
    } else if cfg!(target_os = "macos") {
        Platform::Macos
    } else {
        Platform::Linux
    }
}
