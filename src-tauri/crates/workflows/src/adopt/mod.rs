//! Adopting keys that were made elsewhere: their secrets are found in what somebody pasted, each is proved, and then kept like any other.

mod file;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod keep;
mod pairs;
mod plan;
mod reading;

pub use keep::AdoptionReport;
pub(crate) use pairs::Adoption;
