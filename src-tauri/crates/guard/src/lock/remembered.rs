//! What the next start has to know of the lock.

use serde::{Deserialize, Serialize};

use super::Ways;

/// What the next start has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    pub(super) closed: bool,
    /// When somebody was last seen at it, in seconds since 1970.
    pub(super) seen: i64,
    /// Wrong passphrases and Auth Tokens since the last right one.
    pub(super) wrong: u32,
    /// What it could be opened by then. Earlier versions did not say; they wrote nothing where they knew no way.
    #[serde(default)]
    pub(super) by: Option<Ways>,
}

impl Remembered {
    /// As if it had been locked, for where what was written down cannot be read.
    pub const CLOSED: Self = Self {
        closed: true,
        seen: 0,
        wrong: 0,
        by: None,
    };

    /// Whether it is locked, or would have been once nobody was there for long enough.
    pub fn holds_a_lock(self) -> bool {
        self.closed || self.by.is_none_or(Ways::can_close)
    }

    /// What it could be opened by; `None` where an earlier version wrote it.
    pub fn by(self) -> Option<Ways> {
        self.by
    }

    /// The same, as if it had been locked.
    pub fn as_closed(self) -> Self {
        Self {
            closed: true,
            ..self
        }
    }
}
