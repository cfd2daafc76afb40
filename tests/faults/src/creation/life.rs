//! One life of the program: a process that does the real work on a folder, until it is done or killed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use terms::AccountSid;
use vault::{Passphrase, TypedPassphrase};
use workflows::{Failure, KeyName, ReadyKey, SignInFields, SubaccountName, Workspace};

use super::work::{Order, Work};
use crate::lives::claims::{Subject, watched, watched_whole};
use crate::lives::life;

/// What a life of this campaign is told beside its troubles.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Task {
    /// The subaccounts that exist from the start.
    pub known: Vec<String>,
    pub work: Work,
    pub orders: Vec<Order>,
}

type Job = life::Job<Task>;

/// Does what the job says.
pub fn live(job: &str) {
    life::live(job, work);
}

async fn work(workspace: &Arc<Workspace>, job: &Job) {
    match job.task.work {
        Work::Finish => life::finish(workspace).await,
        Work::Reconcile => life::reconcile(workspace).await,
        Work::Delete => delete(workspace).await,
        Work::Refresh => life::refresh(workspace).await,
        Work::Connect => connect(workspace, job).await,
        Work::HandOver => {
            let made = carry_out(workspace, job, &job.task.orders[0]).await;
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
            }) = carry_out(workspace, job, &job.task.orders[0]).await
            {
                life::all_is_well(job);
                let subject = subject_of(&job.task.orders[0], &job.task.known);
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
        .task
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
    if job.task.work == Work::Mixed {
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
    let subject = subject_of(order, &job.task.known);
    let made = match &order.subaccount {
        Some(name) => {
            let name = SubaccountName::parse(name).expect("a usable name");
            let make = workspace.create_subaccount(&name, &key, &[]);
            watched(subject, make).await
        }
        None => {
            let account: AccountSid = job.task.known[order.known].parse().expect("a SID");
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

fn tell_of(made: &Result<ReadyKey, Failure>) {
    match made {
        Ok(made) => println!("made {} {}", made.account, made.key),
        Err(failure) => println!("failed {failure} ({:?})", failure.changed),
    }
}

/// What an order is about.
fn subject_of(order: &Order, known: &[String]) -> Subject {
    Subject::Things {
        subaccount: order.subaccount.clone(),
        account: match order.subaccount {
            Some(_) => None,
            None => known.get(order.known).cloned(),
        },
        key: Some(order.key.clone()),
    }
}
