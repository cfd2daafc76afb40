//! One life of the program: a process that does the real work on a folder, until it is done or killed.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use terms::AccountSid;
use vault::keychain::FileStore;
use vault::keychain::file_store::Script;
use vault::points;
use vault::{Passphrase, TypedPassphrase};
use workflows::{Failure, KeyName, ReadyKey, SignInFields, SubaccountName, Unfinished, Workspace};

use super::claims::{Subject, watched, watched_whole};
use super::place::{Haste, keychain_in, open};
use super::trouble::{DiskTrouble, Kill};
use super::work::{Order, Work};
use crate::disk::{Control, Spoil};

/// What a life is told by the process that starts it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    pub folder: PathBuf,
    pub base_url: String,
    /// Account SID and Auth Token of the parent.
    pub parent: (String, String),
    /// The subaccounts that exist from the start.
    pub known: Vec<String>,
    pub work: Work,
    pub orders: Vec<Order>,
    /// How far the clock is ahead, in seconds.
    pub ahead: i64,
    pub hasty: bool,
    pub keychain_hangs: bool,
    pub disk: Option<DiskTrouble>,
    /// The disk's control file, where the disk is spoiled.
    pub disk_control: Option<PathBuf>,
    pub kill: Option<Kill>,
}

/// Does what the job says. What the user would be told is printed, a line each.
pub fn live(job: &str) {
    let job: Job = serde_json::from_str(job).expect("an job");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(run(&job));
    // A keychain that hangs has a thread that nobody waits for.
    std::process::exit(0);
}

async fn run(job: &Job) {
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
fn arm(job: &Job) {
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
fn all_is_well(job: &Job) {
    if let Some(control) = &job.disk_control {
        Control::existing(control.clone())
            .spoil(Spoil::Nothing, 0, None)
            .expect("the control file can be written");
    }
    FileStore::direct(&keychain_in(&job.folder), &Script::default())
        .expect("the script can be written");
}

async fn work(workspace: &Arc<Workspace>, job: &Job) {
    match job.work {
        Work::Finish => {
            for one in unfinished(workspace).await {
                let subject = Subject::of_unfinished(&one);
                tell_of(&watched(subject, workspace.finish(one.id)).await);
            }
        }
        Work::Reconcile => match watched_whole(workspace.reconcile()).await {
            Ok(counts) => println!("reconciled {counts:?}"),
            Err(problem) => println!("problem {problem}"),
        },
        Work::Delete => delete(workspace).await,
        Work::Refresh => {
            if let Err(problem) = watched_whole(workspace.refresh()).await {
                println!("problem {problem}");
            }
        }
        Work::Connect => connect(workspace, job).await,
        Work::HandOver => {
            let made = carry_out(workspace, job, &job.orders[0]).await;
            if let Ok(made) = &made {
                let service = workflows::service("dicksonone");
                match workspace.record_hand_over(&made.key, service).await {
                    Ok(()) => println!("handed {}", made.key),
                    Err(problem) => println!("problem {problem}"),
                }
            }
        }
        Work::Show => show(workspace).await,
        Work::ChangePassphrase => change_passphrase(workspace).await,
        Work::TryAgain => {
            if let Err(Failure {
                unfinished: Some(id),
                ..
            }) = carry_out(workspace, job, &job.orders[0]).await
            {
                all_is_well(job);
                let subject = Subject::of_order(&job.orders[0], &job.known);
                tell_of(&watched(subject, workspace.finish(id)).await);
            }
        }
        _ => create(workspace, job).await,
    }
}

/// Sets a passphrase where there is none, and then another in its place.
async fn change_passphrase(workspace: &Workspace) {
    const ONE: &str = "walnut ferry cobalt thursday";
    const OTHER: &str = "lantern orbit pickle museum";
    vault::recovery::testing::quick();
    let new = |text: &str| Passphrase::new(text.to_owned()).expect("a passphrase");
    if let Err(problem) = workspace.set_passphrase(new(ONE)).await {
        println!("problem {problem}");
    }
    for (old, next) in [(ONE, OTHER), (OTHER, ONE)] {
        let old = TypedPassphrase::new(old.to_owned()).expect("it may be tried");
        match workspace.change_passphrase(old, new(next)).await {
            Ok(()) => return println!("changed"),
            Err(problem) => println!("problem {problem}"),
        }
    }
}

/// Carries all orders out side by side; those of one subaccount that come second wait for the first, as a user would.
async fn create(workspace: &Arc<Workspace>, job: &Job) {
    let mut side_by_side = tokio::task::JoinSet::new();
    let lanes = job
        .orders
        .iter()
        .fold(Vec::<Vec<Order>>::new(), |mut lanes, order| {
            let same = |lane: &&mut Vec<Order>| {
                lane[0].subaccount == order.subaccount && lane[0].known == order.known
            };
            match lanes.iter_mut().find(same) {
                Some(lane) => lane.push(order.clone()),
                None => lanes.push(vec![order.clone()]),
            }
            lanes
        });
    for lane in lanes {
        let (workspace, job) = (Arc::clone(workspace), job.clone());
        side_by_side.spawn(async move {
            for order in lane {
                let _ = carry_out(&workspace, &job, &order).await;
            }
        });
    }
    if job.work == Work::Mixed {
        let _ = workspace.reconcile().await;
    }
    while side_by_side.join_next().await.is_some() {}
}

async fn carry_out(
    workspace: &Arc<Workspace>,
    job: &Job,
    order: &Order,
) -> Result<ReadyKey, Failure> {
    let key = KeyName::parse(&order.key).expect("a usable name");
    let subject = Subject::of_order(order, &job.known);
    let made = match &order.subaccount {
        Some(name) => {
            let name = SubaccountName::parse(name).expect("a usable name");
            let make = workspace.create_subaccount(&name, &key, &[]);
            watched(subject, make).await
        }
        None => {
            let account: AccountSid = job.known[order.known].parse().expect("a SID");
            watched(subject, workspace.create_key(&account, &key)).await
        }
    };
    tell_of(&made);
    made
}

async fn delete(workspace: &Arc<Workspace>) {
    let Ok(unfinished) = workspace.unfinished().await else {
        return;
    };
    for one in unfinished.into_iter().filter(|one| one.can_delete) {
        let Some(key) = one.key.clone() else { continue };
        println!("unwanted {key}");
        let subject = Subject::of_unfinished(&one);
        match watched(subject, workspace.delete_unfinished_key(one.id)).await {
            Ok(()) => println!("deleted {key}"),
            Err(failure) => println!("failed {failure}"),
        }
    }
}

async fn show(workspace: &Workspace) {
    for credential in workspace.records().credentials().await.unwrap_or_default() {
        let Ok(key) = credential.key.as_str().parse() else {
            continue;
        };
        if let Err(problem) = workspace.secret_of(&key).await {
            println!("problem {problem}");
        }
    }
}

async fn connect(workspace: &Arc<Workspace>, job: &Job) {
    let fields = SignInFields {
        account_sid: job.parent.0.clone(),
        auth_token: job.parent.1.clone(),
    };
    if let Err(error) = watched_whole(workspace.connect(fields)).await {
        println!("problem {error}");
    }
}

async fn unfinished(workspace: &Workspace) -> Vec<Unfinished> {
    let unfinished = workspace.unfinished().await.unwrap_or_default();
    unfinished
        .into_iter()
        .filter(|one| one.can_finish)
        .collect()
}

fn tell_of(made: &Result<ReadyKey, Failure>) {
    match made {
        Ok(made) => println!("made {} {}", made.account, made.key),
        Err(failure) => println!("failed {failure} ({:?})", failure.changed),
    }
}
