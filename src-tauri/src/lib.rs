//! The desktop program: start-up, the window, the clipboard, and the commands the window may call.

// `Debug` of somebody else's error can carry the bytes of a secret.
#![cfg_attr(not(test), deny(clippy::use_debug))]
// Whatever comes from outside may be anything.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)
)]

mod backup_desk;
mod bindings;
mod clipboard;
mod closing;
mod commands;
mod desk;
mod doors;
mod folders;
mod freed_memory;
#[cfg(test)]
mod hardening;
mod keychain_waits;
mod lock;
mod look_after;
#[cfg(target_os = "macos")]
mod menu;
mod news;
mod program;
mod shown;
mod start;
mod window;
mod wire;

pub use program::run;
