use std::fmt;

/// Why a story stopped: what was expected, and what was there instead.
pub struct Failure(String);

/// What every step of a story answers.
pub type Told<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure that says `what` was expected and found.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// Wraps the error of something outside, saying what was being done.
    pub fn from_error(doing: &str, error: impl fmt::Display) -> Self {
        Self(format!("{doing}: {error}"))
    }

    /// The same failure with more said after it.
    pub fn and(self, more: impl fmt::Display) -> Self {
        Self(format!("{}\n{more}", self.0))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// A test that answers `Err` prints it by `Debug`; the text is meant to be read.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// Fails the story with `expected` unless `holds`.
pub fn expect(holds: bool, expected: impl FnOnce() -> String) -> Told {
    if holds {
        Ok(())
    } else {
        Err(Failure::new(expected()))
    }
}
