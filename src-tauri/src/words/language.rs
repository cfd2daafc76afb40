//! What each language has to say.

use jiff::Timestamp;

/// The words of one language.
pub struct Words {
    #[cfg_attr(
        not(target_os = "macos"),
        allow(dead_code, reason = "other systems have no such menu")
    )]
    pub quit: &'static str,
    pub start: StartWords,
    pub closing: ClosingWords,
    pub files: FileWords,
    /// The recovery sheet as a page of HTML that needs nothing beside it, loads nothing and runs nothing.
    pub recovery_sheet: fn(&SheetFacts<'_>) -> String,
}

/// Of a start that did not come about, or was not needed.
pub struct StartWords {
    pub title: &'static str,
    pub no_desktop: &'static str,
    pub no_web_view: &'static str,
    pub open_one_is_silent: &'static str,
    /// With what support would ask for.
    pub no_window: fn(&str) -> String,
    /// With the place in the program.
    pub fault: fn(&str) -> String,
    pub unknown_option: fn(&str) -> String,
    pub no_value: fn(&str) -> String,
    /// With the file that has the same.
    pub also_in: fn(&str) -> String,
    pub open_already: &'static str,
    /// With the folder that is open and the one that was asked for.
    pub open_with_other_data: fn(&str, &str) -> String,
    pub open_without_practice_mode: &'static str,
}

/// The question before the program ends while something is not safe, where the window cannot ask it.
pub struct ClosingWords {
    pub title: &'static str,
    pub question: &'static str,
    pub close: &'static str,
    pub keep_open: &'static str,
}

/// Of the boxes in which a file or a folder is chosen.
pub struct FileWords {
    pub choose_backup_folder: &'static str,
    /// What the folder for backups is called, in the user's documents.
    pub backup_folder: &'static str,
    pub choose_backup: &'static str,
    pub backups: &'static str,
    pub all_files: &'static str,
    pub save_keys: &'static str,
    pub keys: &'static str,
    /// The names of the files with keys that are suggested, without what they end in.
    pub keys_for_keepass: &'static str,
    pub keys_for_bitwarden: &'static str,
    pub keys_for_one_password: &'static str,
    pub save_recovery_sheet: &'static str,
    pub recovery_sheet: &'static str,
    pub page: &'static str,
    pub choose_keys: &'static str,
    pub texts_and_tables: &'static str,
    pub save_list: &'static str,
    pub csv: &'static str,
    pub workbook: &'static str,
}

/// What the recovery sheet tells: a page to print and keep, without any secret on it.
pub struct SheetFacts<'a> {
    /// The connected account's name and SID.
    pub account: Option<(&'a str, &'a str)>,
    /// How many keys are saved.
    pub saved_keys: usize,
    /// The folder that backups go to.
    pub folder: Option<&'a str>,
    /// The newest backup's file name.
    pub file: Option<&'a str>,
    pub made_at: Timestamp,
}
