//! What the program says to whoever started it from a console.

/// Prints a text. A Windows program without a console of its own takes the one it was started from.
pub fn print(text: &str) {
    #[cfg(windows)]
    take_the_starters_console();
    println!("{text}");
}

#[cfg(windows)]
#[allow(unsafe_code, reason = "the system's call, with a constant")]
fn take_the_starters_console() {
    use windows::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};
    // SAFETY: it takes no pointers. It fails where there is no console, or the output goes elsewhere already: both are well.
    let _ = unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
}
