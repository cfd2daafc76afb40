//! What it means for the program to be locked: which calls are refused, what is forgotten, and how it is opened again.

mod gate;
mod keeper;

pub use gate::through;
pub use keeper::{Keeper, follow, remember, watch_the_computer};
