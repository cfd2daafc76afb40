//! Handing keys to another password manager, and getting rid of readable files afterwards.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use twilio::KeySid;
use vault::export::{self, ExportError, Exported};
use vault::{ActivityKind, Passphrase, PlainExport};

use crate::failure::Problem;
use crate::ids::{key_id, key_sid};
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

/// A readable file that is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainFile {
    pub file: String,
    pub written_at: Timestamp,
    /// It is time to delete it.
    pub due: bool,
}

impl Workspace {
    /// Writes these keys, or all, into a file for another program, and answers how many. A readable one is remembered before it is
    /// written, so that it is offered for deletion also after a restart.
    pub async fn export_keys(
        &self,
        keys: Option<&[KeySid]>,
        format: ExportFormat,
        file: PathBuf,
    ) -> Result<usize, Problem> {
        let credentials = self.exported(keys).await?;
        let count = credentials.len();
        let name = file.display().to_string();
        if format.is_plain() {
            let written_at = self.clock.now();
            let remembered = PlainExport {
                file: name.clone(),
                written_at,
            };
            self.records.note_plain_export(remembered).await?;
        }
        let written = tokio::task::spawn_blocking(move || {
            let bytes = match format {
                ExportFormat::Kdbx(passphrase) => export::kdbx(&credentials, &passphrase),
                ExportFormat::BitwardenJson => export::bitwarden_json(&credentials),
                ExportFormat::OnePasswordCsv => export::one_password_csv(&credentials),
            }?;
            Ok::<(), ExportError>(export::write(&file, &bytes)?)
        });
        written
            .await
            .map_err(|error| ExportError::Failed(error.to_string()))??;
        self.note(ActivityKind::Exported, None, None, count.to_string())
            .await;
        Ok(count)
    }

    async fn exported(&self, keys: Option<&[KeySid]>) -> Result<Vec<Exported>, Problem> {
        let mut exported = Vec::new();
        for credential in self.records.credentials().await? {
            let key = key_sid(&credential.key)?;
            if keys.is_some_and(|keys| !keys.contains(&key)) {
                continue;
            }
            exported.push(Exported {
                secret: self.secret_of(&key).await?,
                account_name: credential.account_name,
                account: credential.account,
                key_name: credential.key_name,
                key: key_id(&key),
            });
        }
        if exported.is_empty() {
            return Err(Problem::SecretNotFound);
        }
        Ok(exported)
    }

    /// The readable files that are still there. Those that are gone are forgotten.
    pub async fn plain_files(&self) -> Result<Vec<PlainFile>, Problem> {
        let now = self.clock.now();
        let mut files = Vec::new();
        for export in self.records.plain_exports().await? {
            let path = PathBuf::from(&export.file);
            let there = tokio::task::spawn_blocking(move || path.try_exists().unwrap_or(true));
            if !there.await.unwrap_or(true) {
                self.records.forget_plain_export(export.file).await?;
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
