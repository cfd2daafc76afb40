//! The records: are they sound, can everything in them be read, and are there copies?

use vault::{Examination, RecordsError};

use crate::failure::Problem;
use crate::view::Verdict;
use crate::workspace::Workspace;

/// What reading the records found.
#[derive(Debug, Clone)]
pub struct RecordsFound {
    /// Where they are sound: what else is known of them, and how many subaccounts are in them.
    pub sound: Option<(Examination, usize)>,
    /// What is wrong.
    pub problem: Option<Problem>,
}

impl RecordsFound {
    pub(super) fn verdict(&self) -> Verdict {
        match self.problem {
            None => Verdict::Fine,
            Some(_) => Verdict::Broken,
        }
    }
}

impl Workspace {
    pub(super) async fn try_records(&self) -> RecordsFound {
        match self.examined().await {
            Ok(sound) => RecordsFound {
                sound: Some(sound),
                problem: None,
            },
            Err(problem) => RecordsFound {
                sound: None,
                problem: Some(problem),
            },
        }
    }

    async fn examined(&self) -> Result<(Examination, usize), Problem> {
        let examination = self.records.examine().await?;
        self.records
            .check_disk()
            .await
            .or_else(|error| match error {
                // The data folder's own line says so.
                RecordsError::LowOnSpace { .. } => Ok(()),
                error => Err(error),
            })?;
        // A sound file may still hold a value that this version cannot read.
        self.records.connection().await?;
        let rows = self.list().await?.rows;
        self.unfinished().await?;
        self.records.activity(None, u32::MAX).await?;
        Ok((examination, rows.len()))
    }
}
