//! What of a run can be judged without asking the program anything.

use practice::{RequestEntry, State};

use crate::changes::followed::Item;
use crate::changes::plan::Plan;

/// What Twilio had and has, what it was asked, and what was told of it.
pub struct Facts<'a> {
    pub plan: &'a Plan,
    pub before: &'a State,
    pub after: &'a State,
    /// Every request of the run, in the order in which they came.
    pub requests: &'a [RequestEntry],
    /// What became of each order.
    pub items: &'a [Item],
    /// So many requests had come when each life began.
    pub began: &'a [usize],
}
