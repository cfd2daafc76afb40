//! Backups: by hand and each day, and how they stand.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use vault::backup::{self, BackupFile, BackupPlan, LastBackup, Series, Stage, WriteError};
use vault::{BackupRun, Credential, recovery};

use crate::changes::Change;
use crate::failure::Problem;
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, Run, Step, StepState, Subject};
use crate::view::{MissingKeys, NamedKey, count};
use crate::workspace::Workspace;

/// From one daily backup to the next. A little less than a day, so that a computer that is started at nine each morning makes one.
const A_DAY: SignedDuration = SignedDuration::from_hours(20);
/// After a backup that failed, before the next is tried by itself.
const AFTER_A_FAILURE: SignedDuration = SignedDuration::from_hours(1);
/// A good backup that is older than this is worth a warning.
const OLD: SignedDuration = SignedDuration::from_hours(3 * 24);

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
    /// What of the saved keys is not in it.
    pub missing: MissingKeys,
    /// Its folder did not say that the file had reached the disk.
    pub unsettled: bool,
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
        let credentials = self.records.credentials().await?;
        let saved_keys = credentials.len();
        let recovery = self.records.recovery().await?;
        let recipient = self.records.sealing().await?.recipient;
        let (last_good, last) = self.records.last_backups().await?;
        let plan = self.records.backup_plan().await?;
        let of_old_passphrase = self.backups_of_old_passphrase(plan.as_ref()).await?;
        let now = self.clock.now();
        let fresh = last_good
            .as_ref()
            .is_some_and(|run| !elapsed(run.at, now, OLD));
        let known = self.records.known_backups().await?;
        let same = last_good.as_ref().zip(known.last());
        let unsettled = same.is_some_and(|(run, last)| last.file == run.file && !last.settled);
        Ok(BackupState {
            saved_keys,
            passphrase_outdated: recovery.as_ref().is_some_and(|recovery| {
                recipient.is_some_and(|recipient| recipient != recovery.recipient)
            }),
            passphrase_set: recovery.is_some(),
            plan,
            failing: last.and_then(|run| run.problem),
            old: saved_keys > 0 && !fresh,
            missing: last_good
                .as_ref()
                .map(|run| missing_of(&credentials, run, known.last()))
                .unwrap_or_default(),
            unsettled,
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
        let series = self.series().await?;
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
        let folder = folder.to_str().ok_or(WriteError::NotUnicode)?.to_owned();
        let plan = BackupPlan { folder, daily };
        self.records.set_backup_plan(&plan).await?;
        self.changes.note(Change::Backup);
        Ok(())
    }

    /// Makes a backup, opens it again and compares. Stops at [`Workspace::rest`], as if it had been stopped by hand.
    pub fn back_up(self: &Arc<Self>) -> Operation<BackupFile, Problem> {
        let kind = OperationKind::BackUp;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            workspace.make_backup(&run).await
        })
    }

    async fn make_backup(&self, run: &Run) -> Result<BackupFile, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Backup)
            .ok_or(Problem::AlreadyRunning)?;
        let plan = self
            .records
            .backup_plan()
            .await?
            .ok_or(Problem::NoBackupFolder)?;
        let outcome = self.write_backup(&plan, run).await;
        let run = match &outcome {
            Err(Problem::Backup(WriteError::Stopped) | Problem::Resting | Problem::Stopped) => {
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

    /// The backups of this installation.
    async fn series(&self) -> Result<Series, Problem> {
        let id = self.records.sealing().await?.id;
        let installation = backup::installation(self.records.folder(), &id);
        Ok(Series::of(&id, &installation, self.practice))
    }

    async fn write_backup(
        &self,
        plan: &BackupPlan,
        run: &Run,
    ) -> Result<(BackupFile, usize), Problem> {
        let gathered = async {
            // What could not be done right after the passphrase was changed. It is tried again each day.
            let _ = recovery::finish(&self.keychain, &self.records).await;
            let passphrase = recovery::known(&self.keychain, &self.records).await?;
            let mut document =
                backup::gather(&self.keychain, &self.records, self.clock.now()).await?;
            document.practice = self.practice;
            Ok::<_, Problem>((passphrase, document))
        };
        let gathered = run.step(Step::Gather, run.stopped_or(gathered));
        let (passphrase, document) = gathered.await?;
        let series = self.series().await?;
        let (folder, stop, run) = (PathBuf::from(&plan.folder), run.stop_flag(), run.clone());
        let mut known = self.records.known_backups().await?;
        let writing = tokio::task::spawn_blocking(move || {
            let file = backup::write(
                &folder,
                &series,
                &passphrase,
                &document,
                &mut known,
                stop.as_ref(),
                &|stage| run.tell(step_of(stage), StepState::Running),
            )?;
            Ok::<_, Problem>((file, document.secrets(), known))
        });
        let (file, secrets, known) = writing
            .await
            .map_err(|error| WriteError::Io(error.to_string()))??;
        self.records.set_known_backups(&known).await?;
        Ok((file, secrets))
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
        // A folder that keeps what it does not give back fills up otherwise.
        let leaves_files = last
            .as_ref()
            .is_some_and(|run| run.problem.as_deref() == Some(WriteError::LeftBehind.kind()));
        let pause = if leaves_files { A_DAY } else { AFTER_A_FAILURE };
        Ok(is_past(last_good, A_DAY) && is_past(last, pause))
    }
}

fn step_of(stage: Stage) -> Step {
    match stage {
        Stage::Gathering => Step::Gather,
        Stage::Encrypting => Step::Encrypt,
        Stage::Writing => Step::Write,
        Stage::Comparing => Step::Compare,
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

/// What of the saved keys is not in the backup of this run.
fn missing_of(
    credentials: &[Credential],
    run: &BackupRun,
    last: Option<&LastBackup>,
) -> MissingKeys {
    let Some(last) = last.filter(|last| last.file == run.file) else {
        let held = usize::try_from(run.credentials).unwrap_or(usize::MAX);
        return MissingKeys {
            unknown: count(credentials.len().saturating_sub(held)),
            ..MissingKeys::default()
        };
    };
    let named = |one: &&Credential| NamedKey {
        account_name: one.account_name.clone(),
        key_name: one.key_name.clone(),
    };
    let absent = credentials.iter().filter(|one| !last.holds(&one.key));
    let (unread, saved_since): (Vec<_>, Vec<_>) = absent.partition(|one| last.lacks(&one.key));
    MissingKeys {
        unread: unread.iter().map(named).collect(),
        saved_since: saved_since.iter().map(named).collect(),
        unknown: 0,
    }
}
