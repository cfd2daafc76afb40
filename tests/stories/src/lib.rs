//! Whole stories in the real window.
//!
//! A [`Desktop`] is a computer of its own: a display, a session bus, a keychain, a home folder and a WebDriver, none of
//! them shared with the person who runs the tests. A [`Window`] is the program running on it. Everything is looked for
//! the way a person or a screen reader looks for it (by role and accessible name), and every look waits until it is true
//! or says what the window showed instead.
#![cfg(target_os = "linux")]

mod axe;
pub mod desktop;
mod failure;
mod gateway;
pub mod leaks;
pub mod measure;
mod practice;
mod programs;
mod reporter;
pub mod scenarios;
mod waiting;
pub mod window;

pub use axe::accessibility_problems;
pub use desktop::{Desktop, Theme};
pub use failure::{Failure, Told, expect};
pub use practice::{Practice, seed_practice};
pub use programs::{built, repository};
pub use reporter::Reporter;
pub use window::{Role, Window};
