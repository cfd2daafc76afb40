//! Handing keys to another password manager, and getting rid of readable files afterwards.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use specta::Type;
use terms::KeySid;
use vault::backup::WriteError;
use vault::export::{self, ExportError, Exported, Presence};
use vault::{ActivityKind, Passphrase, PlainExport};

use crate::failure::Problem;
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, OperationOutcome, Run, Subject};
use crate::passed_over::{PassedOver, WhyPassedOver};
use crate::workspace::Workspace;

/// How long a readable file is left alone before the user is asked to delete it.
const DELETED_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// What the other program reads.
#[derive(Debug)]
pub enum ExportFormat {
    /// Encrypted, with a passphrase of its own.
    Kdbx(Passphrase),
    /// Readable.
    BitwardenJson,
    /// Readable.
    OnePasswordCsv,
}

impl ExportFormat {
    /// Whether everybody who has the file can read the secrets in it.
    pub fn is_plain(&self) -> bool {
        !matches!(self, Self::Kdbx(_))
    }
}

/// A readable file that was written for another program and is still there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlainFile {
    pub file: String,
    #[specta(type = String)]
    pub written_at: Timestamp,
    /// It is time to delete it.
    pub due: bool,
}

/// What an export came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportReport {
    /// Keys that are in the file.
    pub keys: usize,
    /// Keys that are not, because nothing gives their secret.
    pub passed_over: Vec<PassedOver>,
}

impl OperationOutcome for ExportReport {}

impl Workspace {
    /// Writes these keys, or all, into a file for another program. A readable one is remembered before it is written, and so is where it
    /// is written first, so that both are seen to also after a restart. Stops at [`Workspace::rest`].
    pub fn export_keys(
        self: &Arc<Self>,
        keys: Option<&[KeySid]>,
        format: ExportFormat,
        file: PathBuf,
    ) -> Operation<ExportReport, Problem> {
        let keys = keys.map(<[KeySid]>::to_vec);
        let kind = OperationKind::Export;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            workspace.export(keys.as_deref(), format, file, &run).await
        })
    }

    async fn export(
        &self,
        keys: Option<&[KeySid]>,
        format: ExportFormat,
        file: PathBuf,
        run: &Run,
    ) -> Result<ExportReport, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Export)
            .ok_or(Problem::AlreadyRunning)?;
        if file.to_str().is_none() {
            // It could not be remembered under this name, and so not be deleted either.
            return Err(ExportError::from(WriteError::NotUnicode).into());
        }
        let partial = export::partial_beside(&file).map_err(ExportError::from)?;
        let place = file.clone();
        let looked = tokio::task::spawn_blocking(move || export::presence(&place));
        if matches!(looked.await, Ok(Presence::OutOfReach)) {
            // Nothing is written there, so nothing has to be remembered.
            return Err(ExportError::from(WriteError::FolderMissing).into());
        }
        // After what a folder on the network may keep waiting: no secret is in memory meanwhile.
        let (exported, passed_over) = run.stopped_or(self.exported(keys)).await?;
        let keys = exported.len();
        let is_plain = format.is_plain();
        if is_plain {
            self.remember_plain(&partial).await?;
            self.remember_plain(&file).await?;
        }
        self.write_export(exported, format, file.clone(), partial.clone(), run)
            .await?;
        if is_plain {
            // A file of this name that was gone may have been forgotten meanwhile.
            self.remember_plain(&file).await?;
            let partial = partial.display().to_string();
            self.records.forget_plain_export(partial).await?;
        }
        self.note(ActivityKind::Exported, None, None, keys.to_string())
            .await;
        Ok(ExportReport { keys, passed_over })
    }

    async fn remember_plain(&self, file: &Path) -> Result<(), Problem> {
        let remembered = PlainExport {
            file: file.display().to_string(),
            written_at: self.clock.now(),
        };
        Ok(self.records.note_plain_export(remembered).await?)
    }

    async fn write_export(
        &self,
        exported: Vec<Exported>,
        format: ExportFormat,
        file: PathBuf,
        partial: PathBuf,
        run: &Run,
    ) -> Result<(), Problem> {
        let stop = run.stop_flag();
        let writing = tokio::task::spawn_blocking(move || {
            let bytes = match format {
                ExportFormat::Kdbx(passphrase) => export::kdbx(&exported, &passphrase),
                ExportFormat::BitwardenJson => export::bitwarden_json(&exported),
                ExportFormat::OnePasswordCsv => export::one_password_csv(&exported),
            }?;
            if stop.as_ref().load(Ordering::Relaxed) {
                return Err(Problem::Resting);
            }
            let written = export::write(&file, &partial, &bytes);
            Ok(written.map_err(ExportError::from)?)
        });
        writing
            .await
            .map_err(|error| ExportError::Failed(error.to_string()))?
    }

    async fn exported(
        &self,
        keys: Option<&[KeySid]>,
    ) -> Result<(Vec<Exported>, Vec<PassedOver>), Problem> {
        let mut exported = Vec::new();
        let mut passed_over = Vec::new();
        for credential in self.records.credentials().await? {
            if keys.is_some_and(|keys| !keys.contains(&credential.key)) {
                continue;
            }
            let secret = match self.secret_of(&credential.key).await {
                Ok(secret) => secret,
                Err(problem) => {
                    let why = WhyPassedOver::of(&problem).ok_or(problem)?;
                    passed_over.push(PassedOver::new(credential, why));
                    continue;
                }
            };
            exported.push(Exported {
                secret,
                account_name: credential.account_name,
                account: credential.account,
                key_name: credential.key_name,
                key: credential.key.clone(),
            });
        }
        if exported.is_empty() {
            return Err(Problem::SecretNotFound);
        }
        Ok((exported, passed_over))
    }

    /// The readable files that are still there, or on a disk that is not there now. Those that are gone are forgotten, and what was
    /// never finished is deleted.
    pub async fn plain_files(&self) -> Result<Vec<PlainFile>, Problem> {
        let now = self.clock.now();
        let mut files = Vec::new();
        let remembered = self.records.plain_exports().await?;
        // Asked after the list was read: what an export that has ended by now left in it is not written to any more.
        let is_exporting = self.lanes.is_taken(&Lane::Export);
        for export in remembered {
            let path = PathBuf::from(&export.file);
            let is_partial = export::is_partial(&path);
            if is_partial && is_exporting {
                continue;
            }
            let looked = tokio::task::spawn_blocking(move || {
                if is_partial {
                    // Where that does not work, it is shown as what it is: a readable file.
                    let _ = export::delete(&path);
                }
                export::presence(&path)
            });
            if matches!(looked.await, Ok(Presence::Gone)) {
                // One that is being written is remembered before it is there.
                if !is_exporting {
                    self.records.forget_plain_export(export.file).await?;
                }
                continue;
            }
            let age = now.duration_since(export.written_at);
            files.push(PlainFile {
                due: age.is_negative() || age >= DELETED_AFTER,
                file: export.file,
                written_at: export.written_at,
            });
        }
        Ok(files)
    }

    /// Deletes a readable file that was written from here. Any other file is left alone.
    pub async fn delete_plain_file(&self, file: &str) -> Result<(), Problem> {
        self.known_plain_file(file).await?;
        let path = Path::new(file).to_owned();
        let deleted = tokio::task::spawn_blocking(move || export::delete(&path));
        deleted
            .await
            .map_err(|error| ExportError::Failed(error.to_string()))??;
        Ok(self.records.forget_plain_export(file.to_owned()).await?)
    }

    /// The user keeps a readable file; it is not spoken of again.
    pub async fn keep_plain_file(&self, file: &str) -> Result<(), Problem> {
        self.known_plain_file(file).await?;
        Ok(self.records.forget_plain_export(file.to_owned()).await?)
    }

    async fn known_plain_file(&self, file: &str) -> Result<(), Problem> {
        let known = self.records.plain_exports().await?;
        if known.iter().any(|export| export.file == file) {
            Ok(())
        } else {
            Err(Problem::UnknownHere)
        }
    }
}
