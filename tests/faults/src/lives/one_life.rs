//! One life of a run, from outside: its process is started in the midst of its troubles, heard, and seen to its end.

use std::fmt::Debug;
use std::path::Path;
use std::time::Duration;

use practice::State;
use serde::Serialize;
use vault::keychain::FileStore;
use vault::keychain::file_store::Script;

use super::claims::Claims;
use super::life::Job;
use super::place::{keychain_in, records_in};
use super::planned_life::Life;
use super::stage::{Twilio, lose_secrets};
use super::summary::Outcome;
use super::trouble::TwilioTrouble;
use crate::child::{self, Written};
use crate::disk::Control;

/// What the lives of a run have in common.
pub struct Run<'a> {
    pub twilio: &'a Twilio,
    pub folder: &'a Path,
    /// What Twilio had before the first of them.
    pub before: &'a State,
    /// What this program is told to be, to live one of them.
    pub role: &'static str,
    /// How far the clock is ahead, in seconds.
    pub ahead: i64,
    pub outcome: &'a mut Outcome,
}

impl Run<'_> {
    /// Starts a process that lives this life with this task, notes how it ended and what was wrong, and answers the lines that it told.
    ///
    /// # Errors
    /// In words, where it ended by itself or hangs.
    pub async fn live<Work: Debug>(
        &mut self,
        life: &Life<Work>,
        task: impl Serialize,
    ) -> Result<Vec<String>, String> {
        self.ahead += life.minutes_later * 60;
        let base_url = self.let_twilio_go_wrong(life).await?;
        let script = life
            .keychain
            .as_ref()
            .map_or_else(Script::default, |trouble| trouble.script.clone());
        FileStore::direct(&keychain_in(self.folder), &script).map_err(|error| error.to_string())?;
        let control = match life.disk {
            None => None,
            Some(_) => {
                let file = self.folder.join("disk-control");
                Some(Control::new(file).map_err(|error| error.to_string())?)
            }
        };
        let parent = self.twilio.practice.parent();
        let job = Job {
            folder: self.folder.to_owned(),
            base_url,
            parent: (parent.account_sid, parent.auth_token),
            ahead: self.ahead,
            hasty: life.is_hasty(),
            keychain_hangs: life.keychain_hangs(),
            disk: life.disk,
            disk_control: control.as_ref().map(|control| control.file().to_owned()),
            kill: life.kill,
            task,
        };
        let records = records_in(&job.folder);
        let disk = control.as_ref().map(|control| (control, records.as_path()));
        let mut claims = Claims::new(self.twilio, self.before);
        let heard = child::run_heard(self.role, &job, disk, |line| claims.hear(line)).await;
        self.outcome.wrong.append(&mut claims.wrong);
        let told = self.note_end(life, heard?)?;
        if life.emptied_after {
            let _ = std::fs::remove_file(keychain_in(self.folder));
        }
        if life.secrets_lost_after {
            lose_secrets(self.folder, self.twilio).await;
        }
        Ok(told)
    }

    /// Puts this life's trouble with Twilio, and no other, into force. Where Twilio is to be found then.
    async fn let_twilio_go_wrong<Work>(&self, life: &Life<Work>) -> Result<String, String> {
        let practice = &self.twilio.practice;
        practice.faults().clear();
        practice.catch_up_within(Duration::ZERO);
        practice
            .go_online()
            .await
            .map_err(|error| error.to_string())?;
        let mut base_url = practice.base_url();
        match &life.twilio {
            None => {}
            Some(TwilioTrouble::Offline) => practice.go_offline().await,
            Some(TwilioTrouble::Tls) => base_url = base_url.replace("http://", "https://"),
            Some(TwilioTrouble::CatchesUp(within)) => practice.catch_up_within(*within),
            Some(TwilioTrouble::Rule(rule)) => {
                practice.faults().inject(rule.clone());
            }
        }
        Ok(base_url)
    }

    fn note_end<Work: Debug>(
        &mut self,
        life: &Life<Work>,
        written: Written,
    ) -> Result<Vec<String>, String> {
        let Written { output, errors } = written;
        let outcome = &mut *self.outcome;
        outcome
            .log
            .push(format!("--- {:?}\n{output}{errors}", life.work));
        let killed_at = errors
            .lines()
            .find_map(|line| line.strip_prefix("killed at "));
        if let Some(point) = killed_at {
            outcome.killed_at.push(point.to_owned());
        } else if !output.lines().any(|line| line == "end") {
            return Err(format!("a life ended by itself: {errors}"));
        }
        for line in output.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["reached", points @ ..] => {
                    let named = points.iter().filter(|point| !point.is_empty());
                    let points = named.map(|point| point.to_string());
                    outcome.reached.extend(points);
                }
                // With a disk that fails, the day's copy cannot be made.
                ["notice", "NoCopyMade", ..] if life.disk.is_some() => {}
                ["notice", ..] => outcome
                    .wrong
                    .push(format!("the records opened with a {line}")),
                _ => {}
            }
        }
        Ok(output.lines().map(str::to_owned).collect())
    }
}
