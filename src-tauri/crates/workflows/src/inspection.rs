//! Who may open the connection to Twilio on its way: asked of the user once for each, and kept on this computer.

use vault::INSPECTION_PREFERENCE;

use crate::failure::Problem;
use crate::workspace::Workspace;

impl Workspace {
    /// Allows whoever of this name was found to open the connection, from now on and after a restart.
    ///
    /// # Errors
    /// [`Problem::UnknownHere`] where nobody of this name was found since the start; what keeping it failed with.
    pub async fn allow_inspection(&self, name: &str) -> Result<(), Problem> {
        if !self.inspectors.allow(name) {
            return Err(Problem::UnknownHere);
        }
        let allowed = serde_json::json!(self.inspectors.allowed()).to_string();
        self.records
            .set_preference(INSPECTION_PREFERENCE, &allowed)
            .await?;
        Ok(())
    }

    /// What cannot be read allows nobody: the user is asked again.
    pub(crate) async fn recall_inspectors(&self) {
        let kept = self.records.preference(INSPECTION_PREFERENCE).await;
        let kept = kept.ok().flatten().unwrap_or_default();
        let allowed: Vec<String> = serde_json::from_str(&kept).unwrap_or_default();
        self.inspectors.allow_known(allowed);
    }
}
