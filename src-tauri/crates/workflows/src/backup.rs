//! Backups: by hand and each day, and how they stand.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use vault::backup::{self, BackupFile, BackupPlan, Series, Stage, WriteError};
use vault::{BackupRun, recovery};

use crate::failure::Problem;
use crate::lanes::Lane;
use crate::workspace::Workspace;

/// From one daily backup to the next. A little less than a day, so that a computer that is started at nine each morning makes one.
const A_DAY: SignedDuration = SignedDuration::from_hours(20);
/// After a backup that failed, before the next is tried by itself.
const AFTER_A_FAILURE: SignedDuration = SignedDuration::from_hours(1);
/// A good backup that is older than this is worth a warning.
const OLD: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Stops a backup from outside.
#[derive(Clone, Default)]
pub struct StopBackup(Arc<AtomicBool>);

impl StopBackup {
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How recovery and backups stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupState {
    /// Secrets that are saved here.
    pub saved_keys: usize,
    pub passphrase_set: bool,
    /// The passphrase belongs to a sealing key that the keychain lost since; it has to be given again.
    pub passphrase_outdated: bool,
    pub plan: Option<BackupPlan>,
    /// The last backup that was opened and compared.
    pub last_good: Option<BackupRun>,
    /// What stopped the last try, in one word, if it failed.
    pub failing: Option<String>,
    /// There is something to lose and the last good backup is days old, or there is none.
    pub old: bool,
    /// Restored keys that are still to be proved.
    pub proofs_due: usize,
    /// Backups in the folder that were made before the passphrase was changed. They open with the one before.
    pub of_old_passphrase: usize,
}

impl Workspace {
    /// How recovery and backups stand. Asks nothing of the keychain.
    pub async fn backup_state(&self) -> Result<BackupState, Problem> {
        let saved_keys = self.records.credentials().await?.len();
        let recovery = self.records.recovery().await?;
        let recipient = self.records.sealing().await?.recipient;
        let (last_good, last) = self.records.last_backups().await?;
        let plan = self.records.backup_plan().await?;
        let of_old_passphrase = self.backups_of_old_passphrase(plan.as_ref()).await?;
        let now = self.clock.now();
        let fresh = last_good
            .as_ref()
            .is_some_and(|run| now.duration_since(run.at) < OLD);
        Ok(BackupState {
            saved_keys,
            passphrase_outdated: recovery.as_ref().is_some_and(|recovery| {
                recipient.is_some_and(|recipient| recipient != recovery.recipient)
            }),
            passphrase_set: recovery.is_some(),
            plan,
            failing: last.and_then(|run| run.problem),
            old: saved_keys > 0 && !fresh,
            last_good,
            proofs_due: self.records.proofs_due().await?.len(),
            of_old_passphrase,
        })
    }

    /// How many backups in the folder are from before the passphrase was changed. A folder that is not there has none.
    async fn backups_of_old_passphrase(&self, plan: Option<&BackupPlan>) -> Result<usize, Problem> {
        let Some(changed_at) = self.records.passphrase_changed_at().await? else {
            return Ok(0);
        };
        let Some(folder) = plan.map(|plan| PathBuf::from(&plan.folder)) else {
            return Ok(0);
        };
        let series = Series::of(&self.records.sealing().await?.id, self.practice);
        // A folder on the network may keep this waiting.
        let looked = tokio::task::spawn_blocking(move || series.in_folder(&folder));
        let found = looked.await.unwrap_or_default();
        // Names say the second, and no more.
        let earlier = found
            .iter()
            .filter(|(made_at, _)| made_at.as_second() < changed_at.as_second());
        Ok(earlier.count())
    }

    /// Chooses where backups go, and whether one is made each day. The folder must be there and take a file.
    pub async fn plan_backups(&self, folder: PathBuf, daily: bool) -> Result<(), Problem> {
        let folder = folder
            .to_str()
            .ok_or_else(|| WriteError::NoAccess("the folder's name is not Unicode".to_owned()))?
            .to_owned();
        let plan = BackupPlan { folder, daily };
        Ok(self.records.set_backup_plan(&plan).await?)
    }

    /// Makes a backup, opens it again and compares. Stops at [`Workspace::rest`], as if it had been stopped by hand.
    pub async fn back_up(
        &self,
        stop: &StopBackup,
        tell: impl Fn(Stage) + Send + Sync + 'static,
    ) -> Result<BackupFile, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Backup)
            .ok_or(Problem::AlreadyRunning)?;
        let plan = self
            .records
            .backup_plan()
            .await?
            .ok_or(Problem::NoBackupFolder)?;
        let outcome = self.write_backup(&plan, stop, tell).await;
        let run = match &outcome {
            Err(Problem::Backup(WriteError::Stopped) | Problem::Resting) => {
                return Err(WriteError::Stopped.into());
            }
            Err(problem) => BackupRun {
                at: self.clock.now(),
                file: plan.folder,
                credentials: 0,
                problem: Some(kind_of(problem)),
            },
            Ok((file, secrets)) => BackupRun {
                at: self.clock.now(),
                file: file.path.display().to_string(),
                credentials: u32::try_from(*secrets).unwrap_or(u32::MAX),
                problem: None,
            },
        };
        self.records.note_backup(run).await?;
        outcome.map(|(file, _)| file)
    }

    async fn write_backup(
        &self,
        plan: &BackupPlan,
        stop: &StopBackup,
        tell: impl Fn(Stage) + Send + Sync + 'static,
    ) -> Result<(BackupFile, usize), Problem> {
        tell(Stage::Gathering);
        let gathered = async {
            // What could not be done right after the passphrase was changed. It is tried again each day.
            let _ = recovery::finish(&self.keychain, &self.records).await;
            let passphrase = recovery::known(&self.keychain, &self.records).await?;
            let mut document =
                backup::gather(&self.keychain, &self.records, self.clock.now()).await?;
            document.practice = self.practice;
            Ok::<_, Problem>((passphrase, document))
        };
        let (passphrase, document) = self.while_awake(gathered).await?;
        let series = Series::of(&self.records.sealing().await?.id, self.practice);
        let (folder, stopped) = (PathBuf::from(&plan.folder), stop.clone());
        let writing = tokio::task::spawn_blocking(move || {
            let file = backup::write(&folder, &series, &passphrase, &document, &stopped.0, &tell)?;
            Ok((file, document.secrets()))
        });
        let written = self.stopped_at_rest(writing, || stop.stop()).await;
        written.map_err(|error| WriteError::Io(error.to_string()))?
    }

    /// Whether the daily backup is due now.
    pub async fn backup_is_due(&self) -> Result<bool, Problem> {
        let Some(BackupPlan { daily: true, .. }) = self.records.backup_plan().await? else {
            return Ok(false);
        };
        let saved = !self.records.credentials().await?.is_empty();
        if !saved || !recovery::is_set(&self.records).await? {
            return Ok(false);
        }
        let (last_good, last) = self.records.last_backups().await?;
        let now = self.clock.now();
        let is_past =
            |run: Option<BackupRun>, pause| run.is_none_or(|run| elapsed(run.at, now, pause));
        Ok(is_past(last_good, A_DAY) && is_past(last, AFTER_A_FAILURE))
    }
}

/// A time in the future means that the clock was wrong once; it does not count.
fn elapsed(since: Timestamp, now: Timestamp, pause: SignedDuration) -> bool {
    let age = now.duration_since(since);
    age.is_negative() || age >= pause
}

fn kind_of(problem: &Problem) -> String {
    match problem {
        Problem::Backup(error) => error.kind(),
        Problem::Keychain(error) => error.kind(),
        Problem::Sealed(error) => error.kind(),
        Problem::Records(error) => error.kind(),
        Problem::Recovery(_) => "passphrase",
        _ => "other",
    }
    .to_owned()
}
