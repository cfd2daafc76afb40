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

#[cfg(test)]
mod tests {
    use super::*;
    use twilio::Hosts;
    use vault::keychain::file_store::FileStore;
    use vault::{Keychain, Namespace};

    async fn workspace(folder: &std::path::Path) -> Workspace {
        let store = FileStore::open(folder.join("keychain.json"));
        let keychain = Keychain::with_store(store, Namespace::custom("Inspection"));
        let hosts = Hosts::loopback("http://127.0.0.1:9").expect("an address");
        let opened = Workspace::open(&folder.join("records"), keychain, hosts).await;
        opened.expect("the records open").0
    }

    #[tokio::test]
    async fn who_was_allowed_is_allowed_after_a_restart_and_what_cannot_be_read_allows_nobody() {
        let folder = tempfile::tempdir().expect("a folder");
        for (kept, allowed) in [
            (r#"["b25l","dHdv"]"#, vec!["b25l", "dHdv"]),
            ("[]", vec![]),
            ("{\"one\":", vec![]),
        ] {
            let before = workspace(folder.path()).await;
            let set = before.records.set_preference(INSPECTION_PREFERENCE, kept);
            set.await.expect("it is kept");
            drop(before);
            let after = workspace(folder.path()).await;
            assert_eq!(after.inspectors.allowed(), allowed, "{kept}");
        }
    }

    #[tokio::test]
    async fn who_was_not_found_cannot_be_allowed() {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = workspace(folder.path()).await;
        let refused = workspace.allow_inspection("Acme Inspection CA").await;
        assert!(matches!(refused, Err(Problem::UnknownHere)), "{refused:?}");
        let kept = workspace.records.preference(INSPECTION_PREFERENCE).await;
        assert_eq!(kept.expect("it is read"), None);
    }
}
