//! One folder and the runs on it, each judged by what its process told.

use std::fs;
use std::path::{Path, PathBuf};

use super::damage::{set_version, tidy, version};
use super::integrity::check;
use super::plan::{Plan, SAGA, Trouble};
use super::summary::Outcome;
use super::told::Told;
use super::writer::Job;
use crate::child::{self, Written};
use crate::disk::{Control, Spoil};

const DAY: u32 = 24 * 60 * 60;
/// Copies that must be there once a folder has been used on more days than that.
const LEAST_COPIES: usize = 10;

/// What a run knows of its folder.
struct Saga {
    folder: PathBuf,
    control: Control,
    /// Days since it began.
    day: u32,
    /// Acknowledged, and so to be found.
    acknowledged: Vec<u32>,
    /// Of these, the ones that a copy of the last run may lack.
    of_last_run: Vec<u32>,
    next_number: u32,
    /// The database was broken since the last run.
    broken: bool,
    /// It was broken at some time, of which the user is told more than once.
    ever_broken: bool,
    /// Days on which the records were opened.
    opened_on: usize,
}

/// Carries out these runs, one after another, on one folder.
pub(super) async fn play(
    seed: u64,
    runs: std::ops::Range<u64>,
    folder: &Path,
    outcome: &mut Outcome,
) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let is_full = runs.end - runs.start == SAGA;
    let control = Control::new(folder.join("control")).map_err(|error| error.to_string())?;
    let mut run = Saga {
        folder: folder.join("records"),
        control,
        day: 0,
        acknowledged: Vec::new(),
        of_last_run: Vec::new(),
        next_number: 0,
        broken: false,
        ever_broken: false,
        opened_on: 0,
    };
    let last = runs.end;
    for number in runs {
        let plan = Plan::new(seed, number);
        run.run(&plan, outcome).await?;
        if let Some(damage) = plan.damage
            && run.folder.join("records.db").is_file()
            && !run.broken
            && run.copies().is_ok_and(|copies| !copies.is_empty())
        {
            run.damage(damage, number, outcome).await?;
        }
    }
    // The last look of all, without trouble.
    let calm = Plan {
        number: last - 1,
        trouble: Trouble::Nothing,
        while_opening: false,
        skip: 0,
        times: None,
        writes: 1,
        damage: None,
    };
    run.run(&calm, outcome).await?;
    let wrong = run.check_files()?;
    outcome
        .wrong
        .extend(wrong.into_iter().map(|wrong| (last - 1, wrong)));
    if is_full && run.opened_on > LEAST_COPIES {
        outcome.copies = Some(run.copies()?.len());
    }
    Ok(())
}

impl Saga {
    async fn run(&mut self, plan: &Plan, outcome: &mut Outcome) -> Result<(), String> {
        self.day += 1;
        let text = |error: std::io::Error| error.to_string();
        self.control.set_ahead(self.day * DAY).map_err(text)?;
        self.control.spoil(Spoil::Nothing, 0, None).map_err(text)?;
        // Trouble while a broken database is being replaced is for a later day: first it is seen to be replaced.
        let while_opening = plan.while_opening && !self.broken;
        let job = Job {
            folder: self.folder.clone(),
            control: self.control.file().to_owned(),
            trouble: plan.trouble,
            while_opening,
            skip: plan.skip,
            times: plan.times,
            acknowledged: self.acknowledged.clone(),
            first: self.next_number,
            writes: plan.writes,
        };
        self.next_number += plan.writes;
        let newest_before = self.newest_copy();
        let Written { output, errors } = self.child(&job).await?;
        outcome.log.push(format!("--- {plan:?}\n{output}{errors}"));
        let told = Told::read(&output);
        outcome.runs.push((plan.trouble.name(), told.ending()));
        for wrong in self.judge(&job, &told, &errors, outcome) {
            outcome.wrong.push((plan.number, wrong));
        }
        if told.opened {
            self.opened_on += 1;
            if !while_opening {
                outcome.found += self.acknowledged.len() as u64;
            }
        }
        // A copy of today has everything up to this run; without one the last run's writes are still in no copy.
        if told.opened && self.newest_copy() != newest_before {
            self.of_last_run.clone_from(&told.did);
        } else {
            self.of_last_run.extend(&told.did);
        }
        if self.broken && told.opened {
            self.broken = false;
        }
        outcome.acknowledged += told.did.len() as u64;
        self.acknowledged.extend(&told.did);
        Ok(())
    }

    fn judge(
        &mut self,
        job: &Job,
        told: &Told,
        errors: &str,
        outcome: &mut Outcome,
    ) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut missing = told.missing.clone();
        if self.broken && told.opened {
            // What the copy could not have is not there, and the user was told of the copy.
            missing.retain(|number| !self.of_last_run.contains(number));
            let lost = told.missing.len() - missing.len();
            outcome.went_with_damage += lost as u64;
            if told.notice.is_some() {
                outcome.restored += 1;
            } else if lost > 0 {
                wrong.push("what a broken database lost was not told".to_owned());
            }
            let gone = &told.missing;
            self.acknowledged.retain(|number| !gone.contains(number));
        } else if let Some(notice) = &told.notice
            && !(job.while_opening && notice.starts_with("NoCopyMade"))
            && !self.ever_broken
        {
            wrong.push(format!("sound records opened with {notice}"));
        }
        if !missing.is_empty() {
            wrong.push(format!("{missing:?} were acknowledged and are missing"));
        }
        let may_stay_closed = job.while_opening && job.trouble != Trouble::Nothing;
        if let Some(error) = &told.unopened
            && !may_stay_closed
        {
            wrong.push(format!("the records did not open: {error}"));
        }
        if !errors.is_empty() {
            wrong.push(format!("the process said {errors}"));
        }
        wrong
    }

    async fn damage(
        &mut self,
        damage: super::damage::Damage,
        number: u64,
        outcome: &mut Outcome,
    ) -> Result<(), String> {
        outcome.damages.push(damage.name());
        tidy(&self.folder)?;
        let before = version(&self.folder)?;
        damage.inflict(&self.folder)?;
        if !damage.is_refused() {
            self.broken = true;
            self.ever_broken = true;
            return Ok(());
        }
        let file = self.folder.join("records.db");
        let bytes = fs::read(&file).map_err(|error| error.to_string())?;
        self.control
            .spoil(Spoil::Nothing, 0, None)
            .map_err(|error| error.to_string())?;
        let job = Job {
            folder: self.folder.clone(),
            control: self.control.file().to_owned(),
            trouble: Trouble::Nothing,
            while_opening: false,
            skip: 0,
            times: None,
            acknowledged: Vec::new(),
            first: 0,
            writes: 1,
        };
        let Written { output, .. } = self.child(&job).await?;
        if !output.starts_with("unopened ") {
            outcome
                .wrong
                .push((number, "a newer layout was not refused".to_owned()));
        }
        if fs::read(&file).map_err(|error| error.to_string())? != bytes {
            outcome
                .wrong
                .push((number, "a newer database was changed".to_owned()));
        }
        set_version(&self.folder, before)
    }

    /// The day copies, oldest first.
    fn copies(&self) -> Result<Vec<PathBuf>, String> {
        let entries =
            fs::read_dir(self.folder.join("copies")).map_err(|error| error.to_string())?;
        let mut copies: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                let name = path.file_name().and_then(|name| name.to_str());
                name.is_some_and(|name| name.starts_with("records "))
            })
            .collect();
        copies.sort();
        Ok(copies)
    }

    async fn child(&self, job: &Job) -> Result<Written, String> {
        child::run("writer", job, Some((&self.control, &self.folder))).await
    }

    fn newest_copy(&self) -> Option<PathBuf> {
        self.copies().ok()?.pop()
    }

    /// The database and every copy of it, as SQLite itself sees them.
    fn check_files(&self) -> Result<Vec<String>, String> {
        let mut wrong = Vec::new();
        let copies = if self.opened_on > 2 {
            self.copies()?
        } else {
            Vec::new()
        };
        if self.opened_on > LEAST_COPIES + 1 && copies.len() < LEAST_COPIES {
            wrong.push(format!("only {} copies are kept", copies.len()));
        }
        for file in copies.iter().chain([&self.folder.join("records.db")]) {
            if let Err(error) = check(file, !self.ever_broken) {
                wrong.push(format!("{}: {error}", file.display()));
            }
        }
        Ok(wrong)
    }
}
