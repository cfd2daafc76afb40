//! From what workflows know to what the window shows.

mod creation;
mod failure;
mod hand_over;
mod problems;
mod subaccounts;

pub use creation::{made, preview_problem, step_event, unfinished_shown};
pub use failure::{connect_failure, failure, of_kind, open_failure, problem};
pub use hand_over::{card, service_shown};
pub use problems::Problems;
pub use subaccounts::{activity_shown, connection_shown, key_row, row, status, time};
