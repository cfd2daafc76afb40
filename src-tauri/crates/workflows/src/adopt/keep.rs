//! Each pair is proved by a live call, and only what works is kept.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use terms::KeySid;
use tokio::task::JoinSet;
use twilio::Key;
use vault::{Item, Kept, Sealer};

use super::pairs::Pair;
use crate::changes::Change;
use crate::failure::Problem;
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, OperationOutcome, Run, Step, Subject};
use crate::view::{AdoptedKey, AdoptionOutcome, FailureView, OutcomeView, ResultView};
use crate::workspace::{Session, Workspace};

/// Pairs that are tried side by side.
const AT_ONCE: usize = 4;

/// What became of each pair that was tried, in the order in which they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptionReport {
    pub keys: Vec<AdoptedKey>,
}

impl OperationOutcome for AdoptionReport {
    fn view(&self) -> OutcomeView {
        ResultView::Adopted {
            keys: self.keys.clone(),
        }
        .into()
    }
}

impl Workspace {
    /// Proves each pair of what was found last, and keeps those that work: in a sealed copy first, then in the keychain. One that does not work, or is saved here
    /// already, keeps none of the others from being adopted; what is stopped leaves what was kept till then.
    ///
    /// # Errors
    /// [`Problem::UnknownHere`] where there is nothing to adopt, and what keeps all of them from being tried: the keychain, the disk, the sign-in.
    pub fn adopt(self: &Arc<Self>) -> Operation<AdoptionReport, Problem> {
        let kind = OperationKind::AdoptKeys;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            let found = workspace.adoption.lock().take();
            let adoption = found.ok_or(Problem::UnknownHere)?;
            workspace.adopt_all(adoption.pairs, &run).await
        })
    }

    async fn adopt_all(
        self: &Arc<Self>,
        pairs: Vec<Pair>,
        run: &Run,
    ) -> Result<AdoptionReport, Problem> {
        let ready = run.step(Step::Check, async {
            let sealer = self.check_this_computer().await?;
            Ok::<_, Problem>((self.signed_in().await?, Arc::new(sealer)))
        });
        let (session, sealer) = ready.await?;
        let total = pairs.len();
        run.progress(Step::AdoptKeys, 0, total);
        let mut keys: Vec<(usize, AdoptedKey)> = Vec::with_capacity(total);
        let mut waiting = by_key(pairs);
        let mut trying = JoinSet::new();
        loop {
            while trying.len() < AT_ONCE
                && !run.is_stopped()
                && let Some(mut of_one_key) = waiting.pop_front()
                && let Some((place, pair)) = of_one_key.pop_front()
            {
                let (workspace, session) = (Arc::clone(self), session.clone());
                let sealer = Arc::clone(&sealer);
                trying.spawn(async move {
                    let adopted = workspace.adopt_one(&session, &sealer, pair).await;
                    (place, adopted, of_one_key)
                });
            }
            match trying.join_next().await {
                None => break,
                Some(Ok((place, adopted, others))) => {
                    keys.push((place, adopted));
                    waiting.push_back(others);
                }
                Some(Err(_)) => return Err(Problem::Crashed),
            }
            run.progress(Step::AdoptKeys, keys.len(), total);
        }
        for (place, pair) in waiting.into_iter().flatten() {
            keys.push((place, told(&pair, AdoptionOutcome::NotTried)));
        }
        keys.sort_by_key(|(place, _)| *place);
        Ok(AdoptionReport {
            keys: keys.into_iter().map(|(_, key)| key).collect(),
        })
    }

    async fn adopt_one(&self, session: &Session, sealer: &Sealer, pair: Pair) -> AdoptedKey {
        let outcome = match self.prove_and_keep(session, sealer, &pair).await {
            Ok(outcome) => outcome,
            Err(problem) => AdoptionOutcome::Failed {
                failure: FailureView::from(problem),
            },
        };
        told(&pair, outcome)
    }

    async fn prove_and_keep(
        &self,
        session: &Session,
        sealer: &Sealer,
        pair: &Pair,
    ) -> Result<AdoptionOutcome, Problem> {
        let key = &pair.key.key;
        let lane = self.lanes.enter(Lane::RecoverFromKeychain(key.clone()));
        let _lane = lane.ok_or(Problem::AlreadyRunning)?;
        if self.records.credential(key.clone()).await?.is_some() {
            return Ok(AdoptionOutcome::SavedAlready);
        }
        let proof = self.call_with_key(session, &pair.account, key, &pair.secret);
        if let Err(error) = proof.await {
            return match error.is_of_the_signer() {
                true => Ok(AdoptionOutcome::DoesNotFit),
                false => Err(error.into()),
            };
        }
        let proved_at = self.clock.now();
        // Twilio's own word for the name, where the list was not read since the key was made.
        let read: Result<Key, _> = session.client.key(&pair.account, key).await;
        let mut kept = pair.key.clone();
        if let Ok(read) = read {
            kept.name = read.friendly_name;
            kept.created_at = read.created.or(kept.created_at);
        }
        let sealed = sealer.seal(&pair.secret, &pair.account, key)?;
        let name = pair.account_name.clone();
        let is_new = self
            .records
            .adopt_key(sealed, kept, name, proved_at)
            .await?;
        self.changes.note(Change::Row(pair.account.clone()));
        if !is_new {
            return Ok(AdoptionOutcome::SavedAlready);
        }
        let item = Item::ApiSecret {
            account: pair.account.clone(),
            key: key.clone(),
        };
        if self.keychain.save(&item, &pair.secret).await.is_err() {
            // It is offered to the keychain again by itself.
            return Ok(AdoptionOutcome::SealedOnly);
        }
        self.records
            .mark_kept(key.clone(), Kept::InKeychain)
            .await?;
        self.changes.note(Change::Row(pair.account.clone()));
        Ok(AdoptionOutcome::Adopted)
    }
}

/// Pairs with their places, those of one key together: which of two secrets is the right one is tried one after the other.
fn by_key(pairs: Vec<Pair>) -> VecDeque<VecDeque<(usize, Pair)>> {
    let mut groups: VecDeque<VecDeque<(usize, Pair)>> = VecDeque::new();
    let mut group_of: HashMap<KeySid, usize> = HashMap::new();
    for (place, pair) in pairs.into_iter().enumerate() {
        let new = groups.len();
        let group = *group_of.entry(pair.key.key.clone()).or_insert(new);
        match groups.get_mut(group) {
            Some(group) => group.push_back((place, pair)),
            None => groups.push_back(VecDeque::from([(place, pair)])),
        }
    }
    groups
}

fn told(pair: &Pair, outcome: AdoptionOutcome) -> AdoptedKey {
    AdoptedKey {
        key_sid: pair.key.key.clone(),
        account_sid: pair.account.clone(),
        account_name: pair.account_name.clone(),
        outcome,
    }
}
