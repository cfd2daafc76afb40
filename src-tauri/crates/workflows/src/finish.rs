//! Going on with something unfinished, because the user asked for it: Finish and Try again.

use vault::{Entry, EntryId, Intent, Sealer, Stage};

use crate::failure::{Failure, Problem};
use crate::lanes::Lane;
use crate::look_again::unknown;
use crate::steps::{Made, Step, Steps};
use crate::workspace::{Session, Workspace};

impl Workspace {
    /// Goes on where a creation stands. What exists already is never made again.
    pub async fn finish(&self, id: EntryId, steps: &Steps<'_>) -> Result<Made, Failure> {
        let _lane = self
            .lanes
            .enter(Lane::Entry(id))
            .ok_or(Problem::AlreadyRunning)?;
        let entry = self.records.entry(id).await?;
        let (session, sealer) = steps
            .take(Step::Check, async {
                let sealer = self.check_this_computer().await?;
                Ok::<_, Problem>((self.signed_in().await?, sealer))
            })
            .await
            .map_err(|problem| standing_at(problem, &entry))?;
        match &entry.intent {
            Intent::Subaccount { .. } => {
                self.finish_subaccount(&session, &sealer, entry, steps)
                    .await
            }
            Intent::Key { .. } => self.finish_key(&session, &sealer, entry, steps).await,
        }
    }

    async fn finish_subaccount(
        &self,
        session: &Session,
        sealer: &Sealer,
        entry: Entry,
        steps: &Steps<'_>,
    ) -> Result<Made, Failure> {
        let entry = match entry.stage {
            Stage::Planned => {
                self.records.advance(entry.id, Stage::NotCreated).await?;
                return Err(Problem::NotCreated.into());
            }
            Stage::Sent => {
                let Intent::Subaccount { name, .. } = entry.intent.clone() else {
                    return Err(Problem::UnknownHere.into());
                };
                let found = steps
                    .take(
                        Step::CreateSubaccount,
                        self.look_for_subaccount(session, &entry),
                    )
                    .await?;
                self.take_in_subaccount(&entry, &found, &name).await?
            }
            _ => entry,
        };
        if let Some(key_entry) = self.open_key_entry_of(entry.id).await? {
            let _lane = self
                .lanes
                .enter(Lane::Entry(key_entry.id))
                .ok_or(Problem::AlreadyRunning)?;
            self.name_subaccount(session, &entry, steps).await?;
            return self.finish_key(session, sealer, key_entry, steps).await;
        }
        self.carry_subaccount_on(session, sealer, entry, steps)
            .await
    }

    async fn finish_key(
        &self,
        session: &Session,
        sealer: &Sealer,
        entry: Entry,
        steps: &Steps<'_>,
    ) -> Result<Made, Failure> {
        match entry.stage {
            Stage::Planned => {
                self.records.advance(entry.id, Stage::NotCreated).await?;
                Err(Problem::NotCreated.into())
            }
            Stage::Sent => {
                if let Some((key, secret)) = self.held.of(entry.id) {
                    let Intent::Key { account, .. } = &entry.intent else {
                        return Err(Problem::UnknownHere.into());
                    };
                    let sealed = sealer
                        .seal(&secret, account, &key)
                        .map_err(|error| Failure::after_change(error, entry.id))?;
                    let entry = steps
                        .take(Step::Seal, self.records.seal(entry.id, sealed))
                        .await
                        .map_err(|error| Failure::after_change(error, entry.id))?;
                    return self.carry_key_on(session, entry, steps).await;
                }
                steps
                    .take(
                        Step::CreateKey,
                        self.look_for_key(session, sealer, &entry, steps),
                    )
                    .await
            }
            Stage::DeleteDue => {
                self.delete_due(session, &entry).await?;
                Err(Failure::unchanged(Problem::UnusableKeyDeleted))
            }
            _ => self.carry_key_on(session, entry, steps).await,
        }
    }

    pub(crate) async fn open_key_entry_of(
        &self,
        subaccount: EntryId,
    ) -> Result<Option<Entry>, Problem> {
        Ok(self
            .records
            .open_entries()
            .await?
            .into_iter()
            .find(|entry| entry.follows == Some(subaccount)))
    }
}

/// The computer was not ready; the entry stands where it stood.
fn standing_at(problem: Problem, entry: &Entry) -> Failure {
    match entry.stage {
        Stage::Planned => Failure {
            unfinished: Some(entry.id),
            ..Failure::unchanged(problem)
        },
        Stage::Sent => unknown(problem, entry),
        _ => Failure::after_change(problem, entry.id),
    }
}
