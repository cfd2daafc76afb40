//! What the program says outside its window: in boxes of the system's, in the menu, in the names of files that it suggests, and on the
//! recovery sheet. Each language is one value of [`Words`]: one that lacks a sentence does not compile.

mod en;
mod language;

pub use language::{SheetFacts, Words};

/// What is said at the moment. English is the only language so far.
pub fn words() -> &'static Words {
    &en::WORDS
}
