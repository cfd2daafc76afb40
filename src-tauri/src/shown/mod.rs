//! From what workflows know to what the window shows.

mod backup;
mod check_computer;
mod creation;
mod failure;
mod hand_over;
mod problems;
mod subaccounts;

pub use backup::{
    backup_stage, backup_trouble, good_backup, passed_over, plain_file, put_back, restored,
    strength,
};
pub use check_computer::{check_event, report};
pub use creation::{
    key_preview, made, step_event, subaccount_preview, unfinished_shown,
    unusable_subaccount_preview,
};
pub use failure::{clipboard_failure, connect_failure, failure, of_kind, problem};
pub use hand_over::{card, service_shown};
pub use problems::Problems;
pub use subaccounts::{activity_shown, connection_shown, count, key_row, list_oddities, row, time};
