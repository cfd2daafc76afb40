//! Which way the code's arrows point: which package depends on which, and which file of a package uses which.

mod circles;
mod names;
mod packages;
mod source;
mod tokens;
mod uses;

pub use circles::circles;
pub use packages::{packages, wrong_arrows};
pub use source::Source;
pub use uses::uses;
