//! One life of the program: what is done in it, and what its user would be told.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use terms::KeySid;
use vault::BatchId;
use workflows::{BatchReport, Failure, ItemState, Operation, Order, Workspace, service};

use super::asked::Asked;
use super::work::Deed;
use crate::lives::claims::{Subject, watched, watched_whole};
use crate::lives::life;

/// What a life of this campaign is told beside its troubles.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Task {
    pub asked: Vec<Asked>,
    /// The first order is given twice.
    pub first_twice: bool,
    pub deeds: Vec<Deed>,
}

type Job = life::Job<Task>;

/// Does what the job says.
pub fn live(job: &str) {
    life::live(job, work);
}

async fn work(workspace: &Arc<Workspace>, job: &Job) {
    tell_what_is_kept(workspace).await;
    for deed in &job.task.deeds {
        println!("does {deed:?}");
        done(workspace, job, deed).await;
    }
}

/// What the records have of the batch: of each order that has ended, what it came to.
async fn tell_what_is_kept(workspace: &Workspace) {
    for batch in workspace.batches().await.unwrap_or_default() {
        for (number, item) in batch.items.into_iter().enumerate() {
            if let ItemState::Ended { outcome } = item.state {
                let outcome = serde_json::to_string(&outcome).expect("it can be written");
                println!("kept {number} {outcome}");
            }
        }
    }
}

async fn done(workspace: &Arc<Workspace>, job: &Job, deed: &Deed) {
    match deed {
        Deed::CarryOut => carry_out(workspace, job).await,
        Deed::Resume => resume(workspace, job).await,
        Deed::Reconcile => life::reconcile(workspace).await,
        Deed::Finish => life::finish(workspace).await,
        Deed::Refresh => life::refresh(workspace).await,
        Deed::HandOver { old } => hand_over(workspace, &key(old)).await,
        Deed::SayInUse { old } => {
            tell("in use", workspace.say_in_use(&key(old)).await);
        }
        Deed::LookForUse { old } => {
            tell(
                "looked",
                watched_whole(workspace.look_for_use(&key(old))).await,
            );
        }
        Deed::DeleteOld {
            old,
            without_waiting,
        } => {
            let deleting = workspace.delete_replaced_key(&key(old), *without_waiting);
            tell("deleted", watched(Subject::Everything, deleting).await);
        }
        Deed::GiveUp { old } => {
            let giving_up = workspace.give_up_replacing(&key(old));
            tell("given up", watched(Subject::Everything, giving_up).await);
        }
    }
}

async fn carry_out(workspace: &Arc<Workspace>, job: &Job) {
    let mut orders: Vec<Order> = job.task.asked.iter().map(Asked::order).collect();
    if job.task.first_twice {
        orders.extend(orders.first().cloned());
    }
    match watched_whole(workspace.carry_out(orders)).await {
        Ok(batch) => to_its_end(batch).await,
        Err(problem) => println!("problem {problem}"),
    }
}

async fn resume(workspace: &Arc<Workspace>, job: &Job) {
    let Ok(batches) = workspace.batches().await else {
        return;
    };
    if batches.is_empty() {
        return carry_out(workspace, job).await;
    }
    for batch in batches {
        match workspace
            .resume_batch(BatchId::new(i64::from(batch.id)))
            .await
        {
            Ok(batch) => to_its_end(batch).await,
            Err(problem) => println!("problem {problem}"),
        }
    }
}

async fn to_its_end(batch: Operation<BatchReport, Failure>) {
    match watched(Subject::Everything, batch).await {
        Ok(report) => println!("carried out {:?}", report.items),
        Err(problem) => println!("problem {problem}"),
    }
}

/// Hands the new key over, where there is one.
async fn hand_over(workspace: &Workspace, old: &KeySid) {
    let replacements = workspace.replacements().await.unwrap_or_default();
    let one = replacements.iter().find(|one| one.old_key_sid == *old);
    if let Some(one) = one {
        let handing_over = workspace.record_hand_over(&one.new_key_sid, service("dicksonone"));
        tell("handed over", handing_over.await);
    }
}

fn key(sid: &str) -> KeySid {
    sid.parse().expect("a SID")
}

fn tell(what: &str, outcome: Result<(), impl std::fmt::Display>) {
    match outcome {
        Ok(()) => println!("{what}"),
        Err(error) => println!("not {what}: {error}"),
    }
}
