/// Why a command could not do its work, in words for whoever runs it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Problem(String);

impl Problem {
    /// A problem that reads `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A problem that has been printed: nothing is said after the closing line.
    pub fn already_said() -> Self {
        Self(String::new())
    }

    /// Whether there is still something to say.
    pub fn is_said(&self) -> bool {
        self.0.is_empty()
    }

    /// The problem of something outside, saying what was being done.
    pub fn doing(what: &str, error: impl std::fmt::Display) -> Self {
        Self(format!("{what}: {error}"))
    }
}

/// What a command of this crate answers.
pub type Done<T = ()> = Result<T, Problem>;
