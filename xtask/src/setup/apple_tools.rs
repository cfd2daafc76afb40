use crate::command::Shown;
use crate::problem::{Done, Problem};

/// Has Apple's own installer opened where its command line tools are missing. It cannot be waited for.
pub fn install_if_missing() -> Done {
    if Shown::new("xcode-select").arg("-p").read().is_ok() {
        return Ok(());
    }
    println!("Missing on this machine:");
    println!("  Apple's command line tools   have the linker and the system's headers");
    Shown::new("xcode-select")
        .arg("--install")
        .run_in_terminal()?;
    Err(Problem::new(
        "Apple's installer was opened. Run this again once it has finished.",
    ))
}
