//! One life of the program, from inside: a process that does the real work on a folder, until it is done or killed.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use vault::keychain::FileStore;
use vault::keychain::file_store::Script;
use vault::points;
use workflows::{Unfinished, Workspace};

use super::claims::{Subject, watched, watched_whole};
use super::place::{Haste, keychain_in, open};
use super::trouble::{DiskTrouble, Kill};
use crate::disk::{Control, Spoil};

/// What a life is told by the process that starts it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job<Task> {
    pub folder: PathBuf,
    pub base_url: String,
    /// Account SID and Auth Token of the parent.
    pub parent: (String, String),
    /// How far the clock is ahead, in seconds.
    pub ahead: i64,
    pub hasty: bool,
    pub keychain_hangs: bool,
    pub disk: Option<DiskTrouble>,
    /// The disk's control file, where the disk is spoiled.
    pub disk_control: Option<PathBuf>,
    pub kill: Option<Kill>,
    /// What this campaign's lives are told beside that.
    pub task: Task,
}

/// Does `work` in the midst of what the job says goes wrong. What the user would be told is printed, a line each.
pub fn live<Task: DeserializeOwned>(job: &str, work: impl AsyncFn(&Arc<Workspace>, &Job<Task>)) {
    let job: Job<Task> = serde_json::from_str(job).expect("a job");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(run(&job, work));
    // A keychain that hangs has a thread that nobody waits for.
    std::process::exit(0);
}

async fn run<Task>(job: &Job<Task>, work: impl AsyncFn(&Arc<Workspace>, &Job<Task>)) {
    let haste = Haste {
        answers: if job.hasty {
            Duration::from_millis(120)
        } else {
            Haste::NONE.answers
        },
        keychain: if job.keychain_hangs {
            Duration::from_millis(80)
        } else {
            Haste::NONE.keychain
        },
    };
    let opened = open(&job.folder, &job.base_url, job.ahead, &haste).await;
    let workspace = match opened {
        Ok((workspace, None)) => workspace,
        Ok((workspace, Some(notice))) => {
            println!("notice {notice:?}");
            workspace
        }
        Err(error) => {
            println!("unopened {error}");
            return;
        }
    };
    arm(job);
    work(&workspace, job).await;
    let reached = points::times_reached();
    let names: Vec<&str> = reached.iter().map(|(point, _)| point.name()).collect();
    println!("reached {}", names.join(" "));
    println!("end");
}

/// Lets the life end, and the disk begin to fail, at their points.
fn arm<Task>(job: &Job<Task>) {
    if let Some(when) = job.kill.and_then(Kill::when) {
        points::when(when, points::die);
    }
    let (Some(trouble), Some(control)) = (job.disk, job.disk_control.clone()) else {
        return;
    };
    let fail = move || {
        let how = Spoil::Fail(trouble.errno.errno());
        Control::existing(control)
            .spoil(how, trouble.skip, trouble.times)
            .expect("the control file can be written");
    };
    match trouble.from.map(Kill::when) {
        Some(Some(when)) => points::when(when, move |_| fail()),
        _ => fail(),
    }
}

/// Nothing of this life is spoiled any more.
pub fn all_is_well<Task>(job: &Job<Task>) {
    if let Some(control) = &job.disk_control {
        Control::existing(control.clone())
            .spoil(Spoil::Nothing, 0, None)
            .expect("the control file can be written");
    }
    FileStore::direct(&keychain_in(&job.folder), &Script::default())
        .expect("the script can be written");
}

/// What is unfinished puts itself right.
pub async fn reconcile(workspace: &Arc<Workspace>) {
    match watched_whole(workspace.reconcile()).await {
        Ok(counts) => println!("reconciled {counts:?}"),
        Err(problem) => println!("problem {problem}"),
    }
}

/// The lists are read anew.
pub async fn refresh(workspace: &Arc<Workspace>) {
    if let Err(problem) = watched_whole(workspace.refresh()).await {
        println!("problem {problem}");
    }
}

/// What is unfinished is finished by the user.
pub async fn finish(workspace: &Arc<Workspace>) {
    let unfinished = workspace.unfinished().await.unwrap_or_default();
    let finishable: Vec<Unfinished> = unfinished
        .into_iter()
        .filter(|one| one.can_finish)
        .collect();
    for one in finishable {
        let subject = Subject::of_unfinished(&one);
        match watched(subject, workspace.finish(one.id)).await {
            Ok(made) => println!("made {} {}", made.account, made.key),
            Err(failure) => println!("failed {failure} ({:?})", failure.changed),
        }
    }
}
