//! The commands the window may call, one file a screen. Each finds what is open, calls one workflow, and translates.

mod account;
mod backup;
mod check_computer;
mod creation;
mod export;
mod hand_over;
mod lock;
mod outside;
mod program;
mod recovery;
mod settings;
mod subaccounts;

pub use account::Connecting;
pub use check_computer::LastCheck;
pub use export::ExportDesk;
pub use program::{ReadAhead, platform};
pub use settings::preferences;
use tauri_specta::{Commands, collect_commands};

/// All of them; `command_names.rs` has the same list for the build.
pub fn all() -> Commands<tauri::Wry> {
    collect_commands![
        program::start,
        program::laid_out,
        program::painted,
        program::open_practice,
        program::leave_practice,
        program::quit,
        program::asks_about_closing,
        program::quit_anyway,
        program::stop_waiting_for_keychain,
        account::connect,
        account::cancel_connect,
        account::disconnect,
        subaccounts::subaccounts,
        subaccounts::refresh,
        subaccounts::stop_refresh,
        subaccounts::subaccount,
        subaccounts::refresh_subaccount,
        creation::preview_subaccount,
        creation::preview_key,
        creation::suggested_key_name,
        creation::create_subaccount,
        creation::create_key,
        creation::unfinished,
        creation::finish,
        creation::delete_unfinished_key,
        hand_over::hand_over_card,
        hand_over::copy_value,
        hand_over::copy_account_sid,
        hand_over::show_secret,
        hand_over::secret_on_screen,
        hand_over::record_hand_over,
        hand_over::postpone_hand_over,
        hand_over::prove_key,
        lock::lock_state,
        lock::lock_now,
        lock::active,
        lock::unlock_with_system,
        lock::unlock_with_passphrase,
        lock::unlock_with_auth_token,
        settings::activity,
        settings::set_preferences,
        settings::open_link,
        recovery::passphrase_strength,
        recovery::set_passphrase,
        recovery::put_back_missing,
        recovery::save_recovery_sheet,
        backup::backup_state,
        backup::choose_backup_folder,
        backup::set_daily_backup,
        backup::back_up_now,
        backup::stop_backup,
        backup::choose_backup,
        backup::restore_backup,
        export::choose_export_file,
        export::export_keys,
        export::delete_plain_file,
        export::keep_plain_file,
        check_computer::check_computer,
        check_computer::copy_check_report,
        check_computer::allow_inspection,
        check_computer::tidy_keychain,
    ]
}
