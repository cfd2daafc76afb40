//! The commands the window may call, one file a screen. Each finds what is open, calls one workflow, and translates.

mod account;
mod adopt;
mod attention;
mod backup;
mod check_computer;
mod creation;
mod export;
mod external_apps;
mod hand_over;
mod lock;
mod operations;
mod program;
mod recovery;
mod replacements;
mod settings;
mod subaccounts;
mod table;

pub use export::ExportJob;
pub use program::ReadAhead;
use tauri_specta::{Commands, collect_commands};

macro_rules! commands {
    ($($module:ident::$name:ident $($while_locked:ident)?;)*) => {
        /// All of them.
        pub fn all() -> Commands<tauri::Wry> {
            collect_commands![$($module::$name),*]
        }
    };
}
include!("../../command_list.rs");
