//! What others on this computer can do to a program that is guarded.

mod again;
#[cfg(target_os = "linux")]
mod away;
#[cfg(target_os = "linux")]
mod buses;
mod clipboard;
mod lock;
#[cfg(target_os = "linux")]
mod polkit;
mod process;
mod ways;
