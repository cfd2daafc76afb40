//! The start: what was asked for, what keeps the program from starting, a second start beside an open window, and where the window opens.

mod console;
mod options;
mod placement;
mod second;
mod trouble;

pub use console::print;
pub use options::{HELP, Options, Wanted};
pub use placement::{Placement, WorkArea, place, saved_in};
pub use second::{begins_waiting, is_first, started_again};
pub use trouble::{StartTrouble, find_out_before, remember_panics, say_that_none_answers, tell};
