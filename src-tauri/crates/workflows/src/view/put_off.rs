//! What was put off.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use vault::PutOff;

/// Something that needs attention and was put off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "PutOff", rename_all = "camelCase")]
pub struct PutOffView {
    /// As the window calls it.
    pub task: String,
    #[specta(type = String)]
    pub until: Timestamp,
    /// In its user's words; empty where they gave none.
    pub reason: String,
}

impl From<PutOff> for PutOffView {
    fn from(put_off: PutOff) -> Self {
        Self {
            task: put_off.task,
            until: put_off.until,
            reason: put_off.reason,
        }
    }
}
