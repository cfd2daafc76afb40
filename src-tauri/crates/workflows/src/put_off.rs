//! What its user wants to be told of on a later day.

use jiff::Timestamp;
use vault::PutOff;

use crate::failure::Problem;
use crate::view::PutOffView;
use crate::workspace::Workspace;

/// Characters of a task's name and of a reason.
const LONGEST: usize = 400;

impl Workspace {
    /// Says nothing of this task until then. What a task is called is known to those who show it.
    pub async fn put_off(
        &self,
        task: &str,
        until: Timestamp,
        reason: &str,
    ) -> Result<Vec<PutOffView>, Problem> {
        let cut = |text: &str| text.trim().chars().take(LONGEST).collect();
        let put_off = PutOff {
            task: cut(task),
            until,
            reason: cut(reason),
        };
        self.records.put_off(put_off).await?;
        self.all_put_off().await
    }

    /// Speaks of this task again.
    pub async fn take_up(&self, task: &str) -> Result<Vec<PutOffView>, Problem> {
        self.records.take_up(task.trim()).await?;
        self.all_put_off().await
    }

    /// What was put off, also until a day that has come.
    pub async fn all_put_off(&self) -> Result<Vec<PutOffView>, Problem> {
        let all = self.records.all_put_off().await?.into_iter();
        Ok(all.map(Into::into).collect())
    }
}
