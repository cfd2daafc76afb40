//! The desktop program: start-up, the window, the clipboard, and the commands the window may call.

// `Debug` of somebody else's error can carry the bytes of a secret.
#![cfg_attr(not(test), deny(clippy::use_debug))]
// Whatever comes from outside may be anything.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)
)]

mod backup_job;
mod bindings;
mod clipboard;
mod closing;
mod command_names;
mod commands;
mod doors;
mod events;
mod folders;
mod follow;
mod freed_memory;
#[cfg(test)]
mod hardening;
mod keychain_waits;
mod lock;
mod look_after;
#[cfg(target_os = "macos")]
mod menu;
mod platform;
mod preferences;
mod process;
mod program;
mod session;
mod start;
mod window;
mod wire;
mod words;

pub use program::run;
