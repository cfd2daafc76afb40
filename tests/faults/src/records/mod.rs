//! The records under kills, write errors and damage.
//!
//! A run is one process that opens a folder, finds everything in it that was ever acknowledged, and writes more until it is killed
//! or the disk fails. A run is a folder that several runs follow each other on, a day apart, so that it has rolling copies; now and
//! then its database is broken between two runs.

mod campaign;
mod damage;
mod integrity;
mod plan;
mod saga;
mod summary;
mod told;
mod writer;

pub use campaign::campaign;
pub use writer::scribble;
