//! Restoring a backup. What follows by itself is in [`settle`](crate::settle).

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use vault::backup::{self, BackupFile, Document, NotRestorable, OpenedBackup};
use vault::{ActivityKind, Opener, TypedPassphrase, recovery};

use crate::failure::Problem;
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, OperationOutcome, Run, Subject};
use crate::services::id_of;
use crate::view::count;
use crate::workspace::Workspace;

/// What a restore came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "Restored", rename_all = "camelCase")]
pub struct RestoreReport {
    /// When the backup was made.
    #[specta(type = String)]
    pub made_at: Timestamp,
    /// Keys that came back.
    pub keys: u32,
    /// Keys that were here already.
    pub already_here: u32,
    /// Keys that the backup held without a secret.
    pub without_secret: u32,
    /// Keys that belong to another customer here than in the backup.
    pub of_other_account: u32,
}

impl OperationOutcome for RestoreReport {}

impl Workspace {
    /// Opens a backup and puts its content beside what is here. After an error, nothing is changed. Stops at [`Workspace::rest`] as long as
    /// nothing is. The passphrase becomes this folder's own, if none is set.
    pub fn restore_backup(
        self: &Arc<Self>,
        file: PathBuf,
        passphrase: TypedPassphrase,
    ) -> Operation<RestoreReport, Problem> {
        let kind = OperationKind::Restore;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            workspace.restore(file, passphrase, &run).await
        })
    }

    async fn restore(
        &self,
        file: PathBuf,
        passphrase: TypedPassphrase,
        run: &Run,
    ) -> Result<RestoreReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Recovery)
            .ok_or(Problem::AlreadyRunning)?;
        let opened = tokio::task::spawn_blocking(move || {
            let bytes = BackupFile::read(&file)?;
            backup::open(&bytes, &passphrase)
        });
        let OpenedBackup {
            mut document,
            passphrase,
        } = opened
            .await
            .map_err(|error| NotRestorable::Unreadable(error.to_string()))??;
        match (document.practice, self.practice) {
            (true, false) => return Err(NotRestorable::OfPracticeMode.into()),
            (false, true) => return Err(NotRestorable::OfARealAccount.into()),
            _ => {}
        }
        name_services_by_id(&mut document);
        let sealer = self.check_this_computer().await?;
        let folder = self.records.sealing().await?.id;
        let opener = Opener::for_folder(&self.keychain, &folder).await?;
        // The passphrase comes with what was restored.
        run.commit::<Problem>()?;
        let now = self.clock.now();
        let restored = backup::restore(&self.records, &sealer, &opener, &document, now).await?;
        recovery::adopt(&self.keychain, &self.records, passphrase, now).await?;
        let detail = restored.credentials.to_string();
        self.note(ActivityKind::BackupRestored, None, None, detail)
            .await;
        Ok(RestoreReport {
            made_at: document.made_at,
            keys: count(restored.credentials),
            already_here: count(restored.already_here),
            without_secret: count(restored.without_secret),
            of_other_account: count(restored.of_other_account),
        })
    }
}

/// Backups of earlier versions have the name of the service that something was handed over to.
fn name_services_by_id(document: &mut Document) {
    let handed_over = document
        .credentials
        .iter_mut()
        .filter_map(|credential| credential.handed_over_to.as_mut());
    let noted = document
        .activity
        .iter_mut()
        .filter(|activity| activity.what == ActivityKind::HandedOver.as_str())
        .map(|activity| &mut activity.detail);
    for service in handed_over.chain(noted) {
        *service = id_of(service).to_owned();
    }
}
