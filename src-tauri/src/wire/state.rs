//! The state of the whole program, as the window first asks for it.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Connection, Operation, PutOff, Service, SubaccountList, Unfinished};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Platform {
    Windows,
    Macos,
    Linux,
}

/// What the user chose, kept between starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Preferences {
    /// Id of the service that new keys are made for and handed over to.
    pub service: String,
    /// Order of the subaccount list.
    pub sort: Sort,
    /// Minutes without anybody doing anything, after which it locks.
    #[serde(default = "minutes")]
    pub lock_after_minutes: u32,
    /// Seconds that a copied secret stays on the clipboard.
    #[serde(default = "seconds")]
    pub clipboard_seconds: u32,
    /// Everything is read anew from Twilio when the program opens or is unlocked, and not only when somebody asks.
    #[serde(default = "reads_at_start")]
    pub refresh_at_start: bool,
    /// When the notice on backups was first put off, with nothing done about it since.
    #[serde(default)]
    #[specta(type = Option<String>)]
    pub backup_put_off_at: Option<Timestamp>,
    /// Months after which a key counts as old.
    #[serde(default = "months")]
    pub key_age_limit_months: u32,
    /// By the list's name, the columns that its user does not want to see.
    #[serde(default)]
    pub hidden_columns: BTreeMap<String, Vec<String>>,
}

const fn months() -> u32 {
    12
}

const fn minutes() -> u32 {
    5
}

const fn seconds() -> u32 {
    30
}

const fn reads_at_start() -> bool {
    true
}

impl Preferences {
    /// Between 1 and 60 minutes, whatever is kept.
    pub fn lock_after(&self) -> Duration {
        Duration::from_secs(u64::from(self.lock_after_minutes.clamp(1, 60)) * 60)
    }

    /// Between 10 and 120 seconds, whatever is kept.
    pub fn clipboard_cleared_after(&self) -> Duration {
        Duration::from_secs(u64::from(self.clipboard_seconds.clamp(10, 120)))
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            service: "dicksonone".to_owned(),
            sort: Sort {
                column: SortColumn::Name,
                descending: false,
            },
            lock_after_minutes: minutes(),
            clipboard_seconds: seconds(),
            refresh_at_start: reads_at_start(),
            backup_put_off_at: None,
            key_age_limit_months: months(),
            hidden_columns: BTreeMap::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SortColumn {
    Name,
    CustomerNumber,
    Status,
    Credentials,
    Spend,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Sort {
    pub column: SortColumn,
    pub descending: bool,
}

/// What was done about records that could not be opened as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(
    tag = "what",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RecordsNotice {
    RestoredFromCopy {
        copy_taken_at: String,
        /// Where the damaged files lie; null where there were none any more.
        set_aside: Option<String>,
    },
    StartedEmpty {
        set_aside: String,
    },
    /// The records are sound; today's copy of them could not be made.
    NoCopyMade,
}

/// Everything the window needs for its first screen, in one answer: each further question would keep it from being painted.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FirstScreen {
    pub state: AppState,
    pub list: SubaccountList,
    pub unfinished: Vec<Unfinished>,
    pub operations: Vec<Operation>,
    pub put_off: Vec<PutOff>,
}

/// What the program has open, and how it is set.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    pub practice: bool,
    pub version: String,
    pub platform: Platform,
    /// The name of the place secrets are kept in on this computer, such as "Credential Manager".
    pub keychain_name: String,
    pub data_folder: String,
    pub connection: Option<Connection>,
    pub services: Vec<Service>,
    pub preferences: Preferences,
    /// Set when records could not be opened as they were.
    pub records_notice: Option<RecordsNotice>,
}

/// A page outside the program that a button may open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LinkName {
    TwilioConsole,
    TwilioAuthToken,
    KeychainManager,
    TwilioStatus,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(minutes: u32, seconds: u32) -> Preferences {
        Preferences {
            lock_after_minutes: minutes,
            clipboard_seconds: seconds,
            ..Preferences::default()
        }
    }

    #[test]
    fn it_locks_after_five_minutes_and_clears_the_clipboard_after_thirty_seconds_unless_told_otherwise()
     {
        let untouched = Preferences::default();
        assert_eq!(untouched.lock_after(), Duration::from_mins(5));
        assert_eq!(untouched.clipboard_cleared_after(), Duration::from_secs(30));
        let from_before = r#"{"service":"tines","sort":{"column":"spend","descending":true}}"#;
        let kept: Preferences = serde_json::from_str(from_before).expect("older preferences");
        assert_eq!(kept.lock_after(), Duration::from_mins(5));
        assert_eq!(kept.clipboard_cleared_after(), Duration::from_secs(30));
        assert!(kept.refresh_at_start);
        assert_eq!(kept.service, "tines");
    }

    #[test]
    fn what_was_chosen_holds_within_its_bounds() {
        for (minutes, held) in [(0, 1), (1, 1), (5, 5), (60, 60), (61, 60), (u32::MAX, 60)] {
            let after = chosen(minutes, 30).lock_after();
            assert_eq!(after, Duration::from_mins(held), "{minutes} minutes");
        }
        for (seconds, held) in [
            (0, 10),
            (10, 10),
            (90, 90),
            (120, 120),
            (121, 120),
            (u32::MAX, 120),
        ] {
            let after = chosen(5, seconds).clipboard_cleared_after();
            assert_eq!(after, Duration::from_secs(held), "{seconds} seconds");
        }
    }
}
