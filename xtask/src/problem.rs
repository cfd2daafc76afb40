/// Why a command could not do its work, in words for whoever runs it.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Problem {
    text: String,
    shown: Vec<String>,
}

impl Problem {
    /// A problem that reads `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            shown: Vec::new(),
        }
    }

    /// The same, after these lines had been shown.
    pub fn after(self, shown: Vec<String>) -> Self {
        Self { shown, ..self }
    }

    /// What had been shown last, where that is known.
    pub fn shown(&self) -> &[String] {
        &self.shown
    }

    /// A problem that has been printed: nothing is said after the closing line.
    pub fn already_said() -> Self {
        Self::new("")
    }

    /// Whether there is still something to say.
    pub fn is_said(&self) -> bool {
        self.text.is_empty()
    }

    /// The problem of something outside, saying what was being done.
    pub fn doing(what: &str, error: impl std::fmt::Display) -> Self {
        Self::new(format!("{what}: {error}"))
    }
}

/// What a command of this crate answers.
pub type Done<T = ()> = Result<T, Problem>;
