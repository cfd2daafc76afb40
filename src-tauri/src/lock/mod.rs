//! What it means for the program to be locked: which calls are refused, what is forgotten, and how it is opened again.

mod controller;
mod follow;
mod gate;
mod remember;

pub use controller::LockController;
pub use follow::{follow, watch_the_computer};
pub use gate::through;
pub use remember::remember;
