//! Making a subaccount and its key in one go. Never two subaccounts because a reply was lost.

use std::sync::Arc;

use terms::AccountSid;
use twilio::Account;
use vault::points::{Point, kill_point};
use vault::{Entry, EntryId, Intent, Sealer, Stage, Subaccount};

use crate::ask_to_make::Asked;
use crate::changes::Change;
use crate::failure::{Changed, Failure, Problem};
use crate::issue_key::KeyOrder;
use crate::lanes::Lane;
use crate::names::{KeyName, SubaccountName, folded, same_name};
use crate::operation::{Operation, OperationKind, ReadyKey, Run, Step, StepState, Subject};
use crate::workspace::{Session, Workspace};

/// Twilio's code for "no more subaccounts".
const SUBACCOUNT_LIMIT: u32 = 21480;

impl Workspace {
    /// Makes the subaccount, then its key, and brings the secret to safety. Twilio is asked first whether it has the name already, as a
    /// colleague may have made it since the list was read; `agreed` are those beside which another one is wanted all the same.
    ///
    /// # Errors
    /// [`Problem::NameTaken`] for one that is not among them. It is in the records then.
    pub fn create_subaccount(
        self: &Arc<Self>,
        name: &SubaccountName,
        key_name: &KeyName,
        agreed: &[AccountSid],
    ) -> Operation<ReadyKey, Failure> {
        let subject = Subject::of_name(name.as_str());
        let (name, key_name, agreed) = (name.clone(), key_name.clone(), agreed.to_vec());
        let kind = OperationKind::CreateSubaccount;
        self.operation(kind, subject, |workspace, run| async move {
            workspace
                .make_subaccount(&name, &key_name, &agreed, &run)
                .await
        })
    }

    async fn make_subaccount(
        &self,
        name: &SubaccountName,
        key_name: &KeyName,
        agreed: &[AccountSid],
        run: &Run,
    ) -> Result<ReadyKey, Failure> {
        let lane = Lane::NewSubaccount(folded(name.as_str()));
        let _lane = self.lanes.enter(lane).ok_or(Problem::AlreadyRunning)?;
        let (session, sealer) = run.step(Step::Check, async {
                let sealer = self.check_this_computer().await?;
                let session = self.signed_in().await?;
                self.not_begun_before(|intent| {
                    matches!(intent, Intent::Subaccount { name: begun, .. } if same_name(begun, name.as_str()))
                })
                .await?;
                self.not_taken(&session, name, agreed).await?;
                Ok::<_, Failure>((session, sealer))
            })
            .await?;
        let intent = Intent::Subaccount {
            name: name.as_str().to_owned(),
            then_key: Some(key_name.as_str().to_owned()),
        };
        run.tell(Step::CreateSubaccount, StepState::Running);
        let entry = self
            .records
            .plan(intent, session.parent.clone(), run.next_tag())
            .await?;
        kill_point(Point::SubaccountPlanned);
        let _entry_lane = self
            .lanes
            .enter(Lane::Entry(entry.id))
            .ok_or(Problem::AlreadyRunning)?;
        let made = self.ask_for_subaccount(&session, &entry, name).await;
        if made.is_err() {
            run.tell(Step::CreateSubaccount, StepState::Failed);
        }
        let (made, request_id) = (made?, session.request_id());
        let adopting = self.adopt_subaccount(&entry, &made, name.as_str(), request_id);
        let entry = adopting.await?;
        self.resume_subaccount(&session, &sealer, entry, run).await
    }

    /// Twilio's filter is exact, so what is asked for is the very name that a second one would be given.
    pub(crate) async fn not_taken(
        &self,
        session: &Session,
        name: &SubaccountName,
        agreed: &[AccountSid],
    ) -> Result<(), Failure> {
        let asked_at = self.clock.now();
        let named = session
            .client
            .accounts_named(name.as_str())
            .await
            .map_err(Failure::unchanged)?;
        let others: Vec<Account> = named
            .into_iter()
            .filter(|account| {
                let owned = account
                    .owner
                    .as_ref()
                    .is_none_or(|owner| *owner == session.parent);
                owned && account.sid != session.parent
            })
            .filter(|account| !agreed.contains(&account.sid))
            .collect();
        for account in &others {
            self.records
                .upsert_subaccount(listed(account, &session.parent), asked_at)
                .await?;
            self.changes.note(Change::Row(account.sid.clone()));
        }
        if others.is_empty() {
            return Ok(());
        }
        Err(Failure::unchanged(Problem::NameTaken).about(name.as_str()))
    }

    async fn ask_for_subaccount(
        &self,
        session: &Session,
        entry: &Entry,
        name: &SubaccountName,
    ) -> Result<Account, Failure> {
        self.records.mark_sent(entry.id).await?;
        kill_point(Point::SubaccountSent);
        let error = match self.ask_for_account(session, entry, name.as_str()).await {
            Asked::Made(account) => {
                kill_point(Point::SubaccountAnswered);
                return Ok(account);
            }
            Asked::Unknown => {
                kill_point(Point::SubaccountReplyLost);
                tokio::time::sleep(self.wait_times.first_look).await;
                return self.look_up_subaccount(session, entry).await;
            }
            Asked::Refused(error) => error,
        };
        kill_point(Point::SubaccountRefused);
        self.records.advance(entry.id, Stage::NotCreated).await?;
        if error.code() == Some(SUBACCOUNT_LIMIT) && self.on_trial().await {
            return Err(Failure::unchanged(Problem::TrialLimit(error)));
        }
        Err(Failure::unchanged(error))
    }

    pub(crate) async fn adopt_subaccount(
        &self,
        entry: &Entry,
        account: &Account,
        name: &str,
        request_id: Option<String>,
    ) -> Result<Entry, Failure> {
        let subaccount = Subaccount {
            name: name.to_owned(),
            ..listed(account, &entry.parent)
        };
        self.note_made(account.sid.as_str());
        let entry = self
            .records
            .adopt(entry.id, subaccount, request_id)
            .await
            .map_err(|error| Failure::after_change(error, entry.id))?;
        kill_point(Point::SubaccountAdopted);
        self.changes.note(Change::Row(account.sid.clone()));
        Ok(entry)
    }

    /// Gives an adopted subaccount its plain name and makes its key.
    pub(crate) async fn resume_subaccount(
        &self,
        session: &Session,
        sealer: &Sealer,
        entry: Entry,
        run: &Run,
    ) -> Result<ReadyKey, Failure> {
        let account = self
            .name_subaccount(session, &entry, run)
            .await
            .map_err(|failure| half_made(failure, entry.id))?;
        let Intent::Subaccount {
            name,
            then_key: Some(key_name),
        } = &entry.intent
        else {
            return Err(Failure::after_change(Problem::UnknownHere, entry.id));
        };
        let Some(_lane) = self.lanes.enter(Lane::Subaccount(account.clone())) else {
            return Err(Failure::after_change(Problem::AlreadyRunning, entry.id));
        };
        let order = KeyOrder {
            account,
            account_name: name.clone(),
            key_name: key_name.clone(),
            follows: Some(entry.id),
            replaces: None,
        };
        self.issue_key(session, sealer, &order, run)
            .await
            .map_err(|failure| half_made(failure, entry.id))
    }

    /// The plain name at Twilio says that the subaccount is ours and known.
    pub(crate) async fn name_subaccount(
        &self,
        session: &Session,
        entry: &Entry,
        run: &Run,
    ) -> Result<AccountSid, Failure> {
        self.give_its_name(session, entry, run)
            .await
            .map_err(|problem| Failure::after_change(problem, entry.id))
    }

    async fn give_its_name(
        &self,
        session: &Session,
        entry: &Entry,
        run: &Run,
    ) -> Result<AccountSid, Problem> {
        let Intent::Subaccount { name, .. } = &entry.intent else {
            return Err(Problem::UnknownHere);
        };
        let account = entry.account.clone().ok_or(Problem::UnknownHere)?;
        if entry.stage == Stage::Adopted {
            run.step(Step::CreateSubaccount, async {
                let rename = || session.client.rename_account(&account, name);
                self.once_known(account.as_str(), rename).await?;
                kill_point(Point::SubaccountRenamed);
                self.records.advance(entry.id, Stage::Renamed).await?;
                kill_point(Point::SubaccountNamed);
                Ok::<_, Problem>(())
            })
            .await?;
        } else {
            run.tell(Step::CreateSubaccount, StepState::Done);
        }
        Ok(account)
    }

    /// What is begun and not finished is finished, not made a second time beside it.
    pub(crate) async fn not_begun_before(
        &self,
        is_the_same: impl Fn(&Intent) -> bool,
    ) -> Result<(), Failure> {
        let open = self.records.open_entries().await?;
        let Some(begun) = open.into_iter().find(|entry| is_the_same(&entry.intent)) else {
            kill_point(Point::NotBegunBefore);
            return Ok(());
        };
        let changed = match begun.stage {
            Stage::Planned => Changed::No,
            Stage::Sent => Changed::Unknown,
            _ => Changed::Yes,
        };
        Err(Failure {
            problem: Problem::BegunBefore,
            changed,
            subject: Some(begun.intent.name().to_owned()),
            unfinished: Some(begun.id),
        })
    }

    async fn on_trial(&self) -> bool {
        matches!(self.records.connection().await, Ok(Some(connection)) if connection.kind == "Trial")
    }
}

/// The subaccount exists, whatever became of its key: Finish leads on from its entry, or from the key's where there is one.
pub(crate) fn half_made(failure: Failure, subaccount: EntryId) -> Failure {
    let changed = if failure.changed == Changed::Unknown {
        Changed::Unknown
    } else {
        Changed::Yes
    };
    Failure {
        changed,
        unfinished: failure.unfinished.or(Some(subaccount)),
        ..failure
    }
}

/// A subaccount as the records keep it.
pub(crate) fn listed(account: &Account, parent: &AccountSid) -> Subaccount {
    Subaccount {
        account: account.sid.clone(),
        parent: Some(parent.clone()),
        name: account.friendly_name.clone(),
        status: account.status.clone(),
        created_at: account.created,
        missing_since: None,
    }
}
