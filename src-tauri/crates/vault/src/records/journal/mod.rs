//! The journal: what was begun at Twilio and is not finished yet.
//!
//! A row is written, and is on the disk, before each request that creates something. The stage of a row only ever goes forward
//! along the edges in [`Stage::may_become`]; every change is one transaction together with what it stands for. So after a crash at
//! any point the rows tell what may exist at Twilio, and whether its secret is held.

mod entry;
mod intent;
mod planning;
mod reading;
mod stages;

pub use entry::{Entry, EntryId, Stage};
pub use intent::Intent;
