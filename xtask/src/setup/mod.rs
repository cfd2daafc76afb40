//! What must be on the machine, and how it gets there.

mod apple_tools;
mod apt;
pub mod front_end;
mod locale;
pub mod needs;
pub mod python;
pub mod rust_source;
pub mod rust_std;
mod webview2;
pub mod wine;
pub mod zig;

use crate::problem::Done;
use needs::Need;

/// Installs what is missing: of these groups on Linux, and what the program needs elsewhere. Only the system's own packages are installed
/// with more rights than one has.
pub fn provide(groups: &[&'static [Need]]) -> Done {
    front_end::check_node()?;
    if cfg!(target_os = "linux") {
        apt::install_missing(&groups.concat())?;
        return locale::generate_if_missing();
    }
    if cfg!(target_os = "macos") {
        return apple_tools::install_if_missing();
    }
    webview2::install_if_missing()
}
