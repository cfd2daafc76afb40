//! Creating subaccounts and keys under kills and faults; the campaign itself is the program `faults`.

use super::campaign;
use crate::problem::Done;
use crate::tasks::part::{Order, Part, Report};

pub const PART: Part = Part {
    name: "creation",
    what: "no secret is lost, whatever happens while subaccounts and keys are made",
    full: 10_000,
    short: 300,
    work,
};

fn work(order: &Order) -> Done<Report> {
    campaign::run("creation", order)
}
