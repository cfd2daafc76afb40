//! The desktop program: start-up, the window, the clipboard, and the commands the window may call.

mod backup_desk;
mod bindings;
mod clipboard;
mod commands;
mod desk;
mod folders;
#[cfg(test)]
mod hardening;
mod keychain_waits;
mod look_after;
mod news;
mod options;
mod program;
mod shown;
mod window;
mod wire;

pub use program::run;
