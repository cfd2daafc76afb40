//! What the window may order, one at a time or in batches.

mod batch;
mod check;
mod kept;
mod order;

pub use batch::BatchReport;
pub use order::Order;
