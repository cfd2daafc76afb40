//! English.

mod recovery_sheet;

use super::language::{ClosingWords, FileWords, StartWords, Words};

pub(super) static WORDS: Words = Words {
    quit: "Quit Subvault",
    start: StartWords {
        title: "Subvault does not start",
        no_desktop: "Subvault found no desktop to show its window on. Start it from a desktop, or set DISPLAY or WAYLAND_DISPLAY to one.",
        no_web_view: "Subvault shows its window with the Microsoft Edge WebView2 Runtime, which is not on this computer. Install the WebView2 Runtime from Microsoft, then start Subvault again.",
        open_one_is_silent: "Subvault is open already, but it does not answer. Wait until it does, or end it with the system’s task manager, then start it again.",
        no_window: |technical| {
            format!(
                "Subvault could not open its window. Nothing was changed. For support: {technical}"
            )
        },
        fault: |place| {
            format!("Subvault stopped because of a fault of its own ({place}). Start it again.")
        },
        unknown_option: |option| {
            format!("{option} is not an option of Subvault. --help lists them.")
        },
        no_value: |option| format!("{option} needs a value after it."),
        also_in: |file| format!("This is also in {file}"),
        open_already: "Subvault is open already",
        open_with_other_data: |open, asked| {
            format!(
                "Subvault is open already, with the data in {open}. It was started again with the data in {asked}, which was not opened: one Subvault is open at a time. Close this one first, then start it again."
            )
        },
        open_without_practice_mode: "Subvault is open already, with your own account. It was started again for practice mode, which was not opened. Open practice mode in Settings, or close Subvault first and start it again.",
    },
    closing: ClosingWords {
        title: "Not everything is safe yet",
        question: "Subvault’s window does not answer. If you close Subvault now, what it was creating is left unfinished, and Subvault goes on with it at its next start, as far as it can. If you keep it open, its window is loaded again.",
        close: "Close anyway",
        keep_open: "Keep open",
    },
    files: FileWords {
        choose_backup_folder: "Choose a folder for backups",
        backup_folder: "Subvault backups",
        choose_backup: "Choose a backup",
        backups: "Backups",
        all_files: "All files",
        save_keys: "Save the keys",
        keys: "Keys",
        keys_for_keepass: "Subvault keys",
        keys_for_bitwarden: "Subvault keys for Bitwarden",
        keys_for_one_password: "Subvault keys for 1Password",
        save_recovery_sheet: "Save the recovery sheet",
        recovery_sheet: "Subvault recovery sheet",
        page: "Page",
        choose_keys: "Choose a file with keys",
        texts_and_tables: "Texts and tables",
        save_list: "Save the list",
        csv: "CSV",
        workbook: "Excel workbook",
    },
    recovery_sheet: recovery_sheet::recovery_sheet,
};
