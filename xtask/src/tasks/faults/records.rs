//! The records under kills and write errors; the campaign itself is the program `faults`.

use super::campaign;
use crate::problem::Done;
use crate::tasks::part::{Order, Part, Report};

pub const PART: Part = Part {
    name: "records",
    what: "what the records acknowledged is there after a kill or a write error",
    full: 10_000,
    short: 300,
    work,
};

fn work(order: &Order) -> Done<Report> {
    campaign::run("records", order)
}
