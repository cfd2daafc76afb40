//! Making an API key without ever losing its secret.
//!
//! The order is the whole point: journal, one request whose name carries the journal's tag, sealed copy, keychain, plain name,
//! live proof. A stop at any place leaves an open journal entry that says how to go on.

use std::sync::Arc;

use terms::{AccountSid, KeySid, Secret, Tag};
use vault::points::{Point, kill_point};
use vault::{Entry, EntryId, Intent, Item, Sealer, Stage};

use crate::ask_to_make::Asked;
use crate::changes::Change;
use crate::failure::{Failure, Problem};
use crate::lanes::Lane;
use crate::names::{KeyName, same_name};
use crate::operation::{Operation, OperationKind, ReadyKey, Run, Step, StepState, Subject};
use crate::workspace::{Session, Workspace};

/// A key that is to be made.
pub(crate) struct KeyOrder {
    pub account: AccountSid,
    pub account_name: String,
    pub key_name: String,
    /// The journal entry of the subaccount that was made for it.
    pub follows: Option<EntryId>,
    /// The key whose place it is to take.
    pub replaces: Option<KeySid>,
}

impl Workspace {
    /// Makes a Standard key for a subaccount that exists, and brings its secret to safety.
    pub fn create_key(
        self: &Arc<Self>,
        account: &AccountSid,
        name: &KeyName,
    ) -> Operation<ReadyKey, Failure> {
        let subject = Subject::of_name_in(name.as_str(), account);
        let (account, name) = (account.clone(), name.clone());
        self.operation(
            OperationKind::CreateKey,
            subject,
            |workspace, run| async move { workspace.make_key(&account, &name, None, &run).await },
        )
    }

    pub(crate) async fn make_key(
        &self,
        account: &AccountSid,
        name: &KeyName,
        replaces: Option<KeySid>,
        run: &Run,
    ) -> Result<ReadyKey, Failure> {
        let _lane = self
            .lanes
            .enter(Lane::Subaccount(account.clone()))
            .ok_or(Problem::AlreadyRunning)?;
        let (session, sealer, subaccount) = run
            .step(Step::Check, async {
                let sealer = self.check_this_computer().await?;
                let session = self.signed_in().await?;
                let subaccount = self.check_subaccount(&session, account).await?;
                Ok::<_, Failure>((session, sealer, subaccount))
            })
            .await?;
        self.not_begun_before(|intent| {
            matches!(intent, Intent::Key { account: of, name: begun, replaces: of_key, .. }
                if of == account && (same_name(begun, name.as_str()) || replaces.is_some() && *of_key == replaces))
        })
        .await?;
        let order = KeyOrder {
            account: account.clone(),
            account_name: subaccount.friendly_name,
            key_name: name.as_str().to_owned(),
            follows: None,
            replaces,
        };
        self.issue_key(&session, &sealer, &order, run).await
    }

    /// Makes the key. One whose secret was lost on the way is deleted and made anew, once.
    pub(crate) async fn issue_key(
        &self,
        session: &Session,
        sealer: &Sealer,
        order: &KeyOrder,
        run: &Run,
    ) -> Result<ReadyKey, Failure> {
        let tag = run.next_tag();
        let first = self.issue_key_once(session, sealer, order, tag.clone(), run);
        let issued = match first.await {
            Err(Failure {
                problem: Problem::UnusableKeyDeleted,
                ..
            }) => {
                let tag = self.records.tag_after(tag).await?;
                self.issue_key_once(session, sealer, order, tag, run).await
            }
            outcome => outcome,
        };
        self.changes.note(Change::Row(order.account.clone()));
        issued
    }

    async fn issue_key_once(
        &self,
        session: &Session,
        sealer: &Sealer,
        order: &KeyOrder,
        tag: Tag,
        run: &Run,
    ) -> Result<ReadyKey, Failure> {
        run.tell(Step::CreateKey, StepState::Running);
        let intent = Intent::Key {
            account: order.account.clone(),
            account_name: order.account_name.clone(),
            name: order.key_name.clone(),
            replaces: order.replaces.clone(),
        };
        let entry = match order.follows {
            Some(subaccount) => self.records.plan_key_after(subaccount, tag).await?,
            None => {
                let planning = self.records.plan(intent, session.parent.clone(), tag);
                planning.await?
            }
        };
        kill_point(Point::KeyPlanned);
        let _entry_lane = self
            .lanes
            .enter(Lane::Entry(entry.id))
            .ok_or(Problem::AlreadyRunning)?;
        self.records.mark_sent(entry.id).await?;
        kill_point(Point::KeySent);
        let asked = self
            .ask_for_key(session, &order.account, &entry, &order.key_name)
            .await;
        let made = match asked {
            Asked::Made(created) => {
                kill_point(Point::KeyAnswered);
                run.tell(Step::CreateKey, StepState::Done);
                let request_id = session.request_id();
                let storing = self.store_secret(sealer, &entry, created, request_id, run);
                let entry = storing.await?;
                return self.resume_key(session, entry, run).await;
            }
            Asked::Refused(error) => {
                kill_point(Point::KeyRefused);
                self.records.advance(entry.id, Stage::NotCreated).await?;
                Err(Failure::unchanged(error))
            }
            Asked::Unknown => {
                kill_point(Point::KeyReplyLost);
                tokio::time::sleep(self.wait_times.first_look).await;
                self.look_up_key(session, sealer, &entry, run).await
            }
        };
        if made.is_err() {
            run.tell(Step::CreateKey, StepState::Failed);
        }
        made
    }

    /// Goes on with a key whose secret is sealed: keychain, plain name, proof. Once the secret is in the keychain the key can
    /// be handed over, and what is left waits where it has to.
    pub(crate) async fn resume_key(
        &self,
        session: &Session,
        entry: Entry,
        run: &Run,
    ) -> Result<ReadyKey, Failure> {
        let after = |problem: Problem| Failure::after_change(problem, entry.id);
        let Intent::Key {
            account,
            account_name,
            name,
            ..
        } = &entry.intent
        else {
            return Err(after(Problem::UnknownHere));
        };
        let key = entry.key.clone().ok_or(after(Problem::UnknownHere))?;
        let made = ReadyKey {
            account: account.clone(),
            account_name: account_name.clone(),
            key: key.clone(),
        };
        // A keychain that says it has nothing may be another one, or one that comes back: what only its owner can know to be lost
        // is not deleted here.
        let secret = self.keep(&entry, run).await.map_err(after)?;
        if let Err(problem) = self.name_key(session, &entry, &made, name, run).await {
            run.tell(Step::NameKey, waiting_or_failed(&problem));
            run.tell(Step::Prove, StepState::Waiting);
            return if can_wait(&problem) {
                Ok(made)
            } else {
                Err(after(problem))
            };
        }
        run.tell(Step::Prove, StepState::Running);
        kill_point(Point::ProofBegins);
        if let Err(problem) = self.prove_and_commit(session, &entry, &made, &secret).await {
            run.tell(Step::Prove, waiting_or_failed(&problem));
            return if can_wait(&problem) {
                Ok(made)
            } else {
                Err(after(problem))
            };
        }
        run.tell(Step::Prove, StepState::Done);
        Ok(made)
    }

    async fn prove_and_commit(
        &self,
        session: &Session,
        entry: &Entry,
        made: &ReadyKey,
        secret: &Secret,
    ) -> Result<(), Problem> {
        let proved_at = self
            .prove_new_key(session, &made.account, &made.key, secret)
            .await?;
        kill_point(Point::KeyProved);
        self.records.commit(entry.id, Some(proved_at)).await?;
        kill_point(Point::KeyCommitted);
        Ok(())
    }

    /// Writes the secret to the keychain where it is not there yet, and gives it back.
    async fn keep(&self, entry: &Entry, run: &Run) -> Result<Secret, Problem> {
        let (Some(key), Intent::Key { account, .. }) = (&entry.key, &entry.intent) else {
            return Err(Problem::UnknownHere);
        };
        if entry.stage != Stage::Sealed {
            return self.secret_of(key).await;
        }
        let item = Item::ApiSecret {
            account: account.clone(),
            key: key.clone(),
        };
        let secret = run
            .step(Step::SaveInKeychain, async {
                let secret = match self.unsaved.of(entry.id) {
                    Some((_, secret)) => secret,
                    None => self.sealed_or_kept(&item).await?,
                };
                kill_point(Point::KeychainWriteBegins);
                self.keychain.save(&item, &secret).await?;
                self.records.advance(entry.id, Stage::Kept).await?;
                kill_point(Point::KeyKept);
                Ok::<_, Problem>(secret)
            })
            .await?;
        self.unsaved.release(entry.id);
        Ok(secret)
    }

    /// The secret of a key that is sealed. Where its copy does not open, the keychain may have it all the same: the program may
    /// have been ended just after the keychain's answer.
    async fn sealed_or_kept(&self, item: &Item) -> Result<Secret, Problem> {
        let Item::ApiSecret { key, .. } = item else {
            return Err(Problem::UnknownHere);
        };
        let unsealed = match self.records.sealed_copy(key.clone()).await? {
            Some(sealed) => self.unseal(&sealed).await,
            None => Err(Problem::SecretNotFound),
        };
        match unsealed {
            Ok(secret) => Ok(secret),
            Err(problem) => self.keychain.read(item).await?.ok_or(problem),
        }
    }

    async fn name_key(
        &self,
        session: &Session,
        entry: &Entry,
        made: &ReadyKey,
        name: &str,
        run: &Run,
    ) -> Result<(), Problem> {
        if entry.stage == Stage::Renamed {
            return Ok(());
        }
        run.tell(Step::NameKey, StepState::Running);
        let rename = || session.client.rename_key(&made.account, &made.key, name);
        self.once_known(made.key.as_str(), rename).await?;
        kill_point(Point::KeyRenamed);
        self.records.advance(entry.id, Stage::Renamed).await?;
        kill_point(Point::KeyNamed);
        run.tell(Step::NameKey, StepState::Done);
        Ok(())
    }
}

/// Whether a key whose secret is safe may be handed over although its last steps did not work: they are done by themselves later. A
/// key that Twilio does not know, or that opens another account, may not.
fn can_wait(problem: &Problem) -> bool {
    match problem {
        Problem::Twilio(error) => {
            error.is_of_the_network()
                || error.is_of_the_signer()
                || matches!(
                    error,
                    twilio::Error::TooManyRequests(_)
                        | twilio::Error::Trouble(_)
                        | twilio::Error::AnsweredByAnother { .. }
                )
        }
        Problem::Records(_) => true,
        _ => false,
    }
}

fn waiting_or_failed(problem: &Problem) -> StepState {
    if can_wait(problem) {
        StepState::Waiting
    } else {
        StepState::Failed
    }
}
