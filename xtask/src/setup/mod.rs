//! What must be on the machine, and how it gets there.

mod apt;
pub mod front_end;
mod locale;
pub mod needs;
pub mod rust_source;
pub mod rust_std;
pub mod wine;
pub mod zig;

use crate::problem::{Done, Problem};
use needs::Need;

/// Installs what is missing of these groups. Only the system's own packages are installed with more rights than one has.
pub fn provide(groups: &[&'static [Need]]) -> Done {
    front_end::check_node()?;
    if cfg!(target_os = "linux") {
        apt::install_missing(&groups.concat())?;
        return locale::generate_if_missing();
    }
    if cfg!(target_os = "macos") {
        return check_macos();
    }
    check_windows()
}

fn check_macos() -> Done {
    let tools = crate::command::Shown::new("xcode-select").arg("-p").read();
    tools.map(drop).map_err(|_| {
        Problem::new("Apple's command line tools are missing: the linker and the system's headers are theirs. Install them with `xcode-select --install`.")
    })
}

fn check_windows() -> Done {
    let runtime =
        r"SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let found = ["HKLM", "HKCU"].iter().any(|hive| {
        let key = if *hive == "HKLM" {
            runtime
        } else {
            r"Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
        };
        crate::command::Shown::new("reg")
            .args(["query", &format!(r"{hive}\{key}"), "/v", "pv"])
            .read()
            .is_ok()
    });
    if found {
        return Ok(());
    }
    Err(Problem::new(
        "The WebView2 runtime is missing: the window is drawn by it. Windows 11 has it; on older systems install “WebView2 Runtime” from Microsoft.",
    ))
}
