//! The system's own keychain: how its store is made, how its entries are built, and what its errors mean.
//!
//! Each system's file has the same five functions.

mod codes;
mod default_store;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(super) use linux::{absence, entry, learn_name, make_store, meaning, name};

#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "macos")]
pub(super) use macos::{absence, entry, learn_name, make_store, meaning, name};

#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "windows")]
pub(super) use windows::{absence, entry, learn_name, make_store, meaning, name};

/// Whether an item is deleted and made anew where another would be written over. On macOS an item has a list of the programs that may read it
/// without asking, which it gets when it is made and keeps when it is written over: another program that made it first would read what is kept in it.
/// <https://developer.apple.com/documentation/security/access-control-lists>
pub(super) const REPLACES: bool = cfg!(target_os = "macos");

/// The attribute by which a store says of one of several items that reading it would ask for a password.
pub(in crate::keychain) const LOCKED: &str = "locked";

/// What "no such item" is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absence {
    /// The keychain is open, and the item is not in it.
    Clear,
    /// The keychain was locked and has been unlocked just now: look again.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(
            dead_code,
            reason = "only the Secret Service hides items of a locked safe"
        )
    )]
    LookAgain,
}
