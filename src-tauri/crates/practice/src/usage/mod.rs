//! Usage and what it costs: made from the seed day by day, summed by period and category when asked.

mod categories;
mod figures;
mod periods;

pub(crate) use categories::{CATEGORIES, Category};
pub(crate) use figures::{Figures, UsageBook};
pub(crate) use periods::{Period, Span, day_given};
