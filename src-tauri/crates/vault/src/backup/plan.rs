//! Where backups go, and whether by themselves. Holds for this computer only, so it is not part of a backup.

use serde::{Deserialize, Serialize};

use crate::{Records, RecordsError};

/// The preference's name.
pub(super) const NAME: &str = "backup_plan";

/// Where backups go, and whether one is made each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupPlan {
    /// The folder.
    pub folder: String,
    /// Whether a backup is made each day.
    pub daily: bool,
}

impl Records {
    /// The plan, once there is one.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn backup_plan(&self) -> Result<Option<BackupPlan>, RecordsError> {
        let text = self.preference(NAME).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Keeps another plan.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn set_backup_plan(&self, plan: &BackupPlan) -> Result<(), RecordsError> {
        let text = serde_json::to_string(plan)
            .map_err(|error| RecordsError::Unreadable(error.to_string()))?;
        self.set_preference(NAME, &text).await
    }
}
