//! Changing keys, subaccounts and numbers in batches under kills and faults; the campaign itself is the program `faults`.

use super::campaign;
use crate::problem::Done;
use crate::tasks::part::{Order, Part, Report};

pub const PART: Part = Part {
    name: "changes",
    what: "nothing is lost, done twice or done unasked while keys, subaccounts and numbers are changed in batches",
    full: 10_000,
    short: 60,
    work,
};

fn work(order: &Order) -> Done<Report> {
    campaign::run("changes", order)
}
