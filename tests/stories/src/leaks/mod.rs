//! Looking for known secrets where none may be: files, output, what the system tells of a process, its memory, what crossed to the page.

mod crossed;
mod needles;
mod places;

pub use crossed::{Crossed, Messages};
pub use needles::Canary;
pub use places::{connections, files, memory, properties, told_by_the_system};

/// A secret that was found where it may not be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Which secret, and in which form.
    pub what: String,
    /// Where.
    pub place: String,
}

/// Fails with every place where a secret was found.
pub fn none(mut hits: Vec<Hit>) -> crate::Told {
    hits.sort();
    hits.dedup();
    crate::expect(hits.is_empty(), || {
        let lines: Vec<String> = hits
            .iter()
            .map(|hit| format!("{} in {}", hit.what, hit.place))
            .collect();
        format!("{} hits:\n{}", lines.len(), lines.join("\n"))
    })
}
