//! Copying and showing one of the three values.

use serde::Serialize;
use specta::Type;

/// A value is on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Copied {
    /// Set for a secret: the clipboard is cleared after this many seconds if it still holds it.
    pub clears_after_seconds: Option<u32>,
}

/// A secret the user asked to see.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    pub secret: String,
    pub hide_after_seconds: u32,
}
