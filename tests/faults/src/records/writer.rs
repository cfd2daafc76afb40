//! The process of one run: opens the records, looks for everything that was acknowledged, and writes until it is stopped.

use std::io::Write as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use terms::{AccountSid, KeySid, Secret, Tag};
use vault::{Activity, ActivityKind, Intent, Kept, Records, RecordsError, Sealer, Stage};

use super::plan::Trouble;
use crate::disk::{Control, Spoil};

/// A recipient for sealed copies; its private half is nowhere.
const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

/// What a run is told by the process that starts it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    pub folder: PathBuf,
    pub control: PathBuf,
    pub trouble: Trouble,
    pub while_opening: bool,
    pub skip: u32,
    pub times: Option<u32>,
    /// The numbers that were acknowledged, and so must be found.
    pub acknowledged: Vec<u32>,
    /// The first number to write, and how many.
    pub first: u32,
    pub writes: u32,
}

/// Does what the job says; each fact is a line.
pub fn scribble(job: &str) {
    let job: Job = serde_json::from_str(job).expect("an job");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(run(&job));
}

async fn run(job: &Job) {
    if job.while_opening {
        begin_trouble(job);
    }
    let records = match Records::open(&job.folder).await {
        Ok(opened) => {
            match opened.notice {
                None => tell("opened"),
                Some(notice) => tell(&format!("notice {notice:?}")),
            }
            opened.records
        }
        Err(error) => return tell(&format!("unopened {error}")),
    };
    if job.while_opening {
        tell("writing");
    } else {
        for number in missing(&records, &job.acknowledged).await {
            tell(&format!("missing {number}"));
        }
        tell("writing");
        begin_trouble(job);
    }
    for number in job.first..job.first + job.writes {
        match write(&records, number).await {
            Ok(()) => tell(&format!("did {number}")),
            Err(error) => tell(&format!("failed {number} {error}")),
        }
    }
    tell("end");
}

/// A line that is out before anything else happens.
fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    // A parent that is gone does not read.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn begin_trouble(job: &Job) {
    let how = match job.trouble {
        Trouble::Nothing => return,
        Trouble::Fails(error) => Spoil::Fail(error.errno()),
        Trouble::Kill => Spoil::Die,
        Trouble::KillHalfWay => Spoil::DieHalfWay,
    };
    Control::existing(job.control.clone())
        .spoil(how, job.skip, job.times)
        .expect("the control file can be written");
}

fn account(number: u32) -> AccountSid {
    format!("AC{number:032}").parse().expect("a SID")
}

fn key(number: u32) -> KeySid {
    format!("SK{number:032}").parse().expect("a SID")
}

/// Writes what belongs to a number: in turn a preference, a key with its sealed copy, an activity, and a key that is finished.
async fn write(records: &Records, number: u32) -> Result<(), RecordsError> {
    match number % 4 {
        0 => {
            let value = format!("{number} {}", "x".repeat(number as usize % 3000));
            records.set_preference(&name(number), &value).await
        }
        2 => {
            let activity = Activity::of_this_user(
                jiff::Timestamp::now(),
                ActivityKind::SecretShown,
                Some(account(number)),
                None,
                name(number),
            );
            records.note_activity(activity).await
        }
        kind => {
            let intent = Intent::Key {
                account: account(number),
                account_name: "Acme".to_owned(),
                name: name(number),
                replaces: None,
            };
            let entry = records
                .plan(
                    intent,
                    format!("AC{:032}", 1).parse().expect("a SID"),
                    Tag::random(),
                )
                .await?;
            records.mark_sent(entry.id).await?;
            let sealer = Sealer::from_recipient(RECIPIENT).expect("a recipient");
            let secret = Secret::new(format!("secret {number}")).expect("a secret");
            let sealed = sealer
                .seal(&secret, &account(number), &key(number))
                .expect("sealing waits for nothing");
            records.seal(entry.id, sealed, None).await?;
            if kind == 3 {
                records.advance(entry.id, Stage::Kept).await?;
                records.advance(entry.id, Stage::Renamed).await?;
                records
                    .commit(entry.id, Some(jiff::Timestamp::now()))
                    .await?;
            }
            Ok(())
        }
    }
}

fn name(number: u32) -> String {
    format!("number {number}")
}

/// Which of these numbers are not there whole.
async fn missing(records: &Records, numbers: &[u32]) -> Vec<u32> {
    let activities = records.activity(None, u32::MAX).await.unwrap_or_default();
    let mut missing = Vec::new();
    for &number in numbers {
        let there = match number % 4 {
            0 => matches!(records.preference(&name(number)).await, Ok(Some(value))
                if value.starts_with(&format!("{number} ")) && value.len() >= number as usize % 3000),
            2 => activities
                .iter()
                .any(|activity| activity.detail == name(number)),
            kind => has_key(records, number, kind == 3).await,
        };
        if !there {
            missing.push(number);
        }
    }
    missing
}

async fn has_key(records: &Records, number: u32, finished: bool) -> bool {
    let entries = records
        .entries_of(account(number))
        .await
        .unwrap_or_default();
    let credential = records.credential(key(number)).await;
    let (Ok(Some(credential)), Ok(Some(_))) = (credential, records.sealed_copy(key(number)).await)
    else {
        return false;
    };
    let (stage, kept) = if finished {
        (Stage::Committed, Kept::InKeychain)
    } else {
        (Stage::Sealed, Kept::SealedOnly)
    };
    entries.iter().any(|entry| entry.stage == stage)
        && credential.kept == kept
        && credential.proved_at.is_some() == finished
}
