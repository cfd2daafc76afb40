//! Reading everything anew from Twilio: the list first, then each subaccount's keys and spend as they arrive.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use terms::AccountSid;
use tokio::task::JoinSet;
use twilio::Account;

use crate::changes::Change;
use crate::create_subaccount::listed;
use crate::failure::Problem;
use crate::lanes::{InLane, Lane};
use crate::operation::{Operation, OperationKind, OperationOutcome, Run, Step, Subject};
use crate::read_subaccount::{KeychainAsked, auth_revoked};
use crate::view::{ListOddities, OutcomeView, ResultView, count};
use crate::workspace::{Session, Workspace};

/// Subaccounts whose keys and spend are read side by side; the client lets as many requests through at once as Twilio bears.
const AT_ONCE: usize = 16;
/// So many that are lost one after the other mean that the network is gone.
const LOST_IN_A_ROW: usize = 4;
/// A refresh that is stopped ends within this time.
const ENDED_WITHIN: Duration = Duration::from_secs(2);

/// How a refresh ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    /// The list is read, and each subaccount but so many. What Twilio refuses for good counts as read: see [`crate::NotReadable`].
    Complete { unread: usize },
    /// The user stopped it; what was read is kept.
    Stopped,
}

impl OperationOutcome for Refresh {
    fn view(&self) -> OutcomeView {
        match self {
            Self::Complete { unread } => ResultView::Refreshed {
                unread: count(*unread),
            }
            .into(),
            Self::Stopped => OutcomeView::Stopped,
        }
    }
}

impl Workspace {
    /// Reads the list of subaccounts, then keys and this month's spend of each that is not closed, those never read first,
    /// then those read longest ago. One unreadable subaccount does not stop the others; a lost network does.
    pub fn refresh(self: &Arc<Self>) -> Operation<Refresh, Problem> {
        let kind = OperationKind::Refresh;
        self.operation(kind, Subject::default(), |workspace, run| async move {
            let lane = workspace.lanes.enter(Lane::Refresh);
            let _lane = lane.ok_or(Problem::AlreadyRunning)?;
            tokio::select! {
                biased;
                () = run.stopped() => Ok(Refresh::Stopped),
                outcome = workspace.read_everything(&run) => {
                    outcome.map(|unread| Refresh::Complete { unread })
                }
            }
        })
    }

    /// Stops a refresh, waits until it has ended, and lets none begin until what this gives is dropped: it would write what it reads of
    /// one account among what is kept of another. [`Problem::AlreadyRunning`] where it does not end.
    pub(crate) async fn without_refresh(&self) -> Result<InLane, Problem> {
        let give_up_at = Instant::now() + ENDED_WITHIN;
        loop {
            self.operations.stop_all(OperationKind::Refresh);
            match self.lanes.enter(Lane::Refresh) {
                Some(lane) => return Ok(lane),
                None if Instant::now() > give_up_at => return Err(Problem::AlreadyRunning),
                None => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    /// Answers how many subaccounts could not be read.
    async fn read_everything(self: &Arc<Self>, run: &Run) -> Result<usize, Problem> {
        let listing = async {
            let session = self.signed_in().await?;
            let listed = self.read_list(&session).await?;
            Ok::<_, Problem>((session, self.in_order_of_age(listed).await?))
        };
        let (session, due) = run.step(Step::ReadSubaccounts, listing).await?;
        let reading = self.read_details(&session, due, run);
        let tally = run.step(Step::ReadDetails, reading).await?;
        if tally.unread > 0 {
            return Ok(tally.unread);
        }
        if tally.keychain_asked && self.records.keys_may_be_brought_back().await? {
            self.records.keys_were_brought_back().await?;
        }
        self.records
            .note_refreshed(session.parent.clone(), self.clock.now())
            .await?;
        Ok(0)
    }

    async fn read_details(
        self: &Arc<Self>,
        session: &Session,
        due: Vec<AccountSid>,
        run: &Run,
    ) -> Result<Counts, Problem> {
        let total = due.len();
        run.progress(Step::ReadDetails, 0, total);
        let mut tally = Counts::of(total);
        let mut waiting = due.into_iter();
        let mut reading = JoinSet::new();
        let start = |account: AccountSid, reading: &mut JoinSet<_>| {
            let (workspace, session) = (Arc::clone(self), session.clone());
            reading.spawn(async move { workspace.read_detail(&session, &account).await });
        };
        for account in waiting.by_ref().take(AT_ONCE) {
            start(account, &mut reading);
        }
        while let Some(finished) = reading.join_next().await {
            match finished {
                Ok(outcome) => {
                    if let Err(problem) = &outcome
                        && let Some(own) = auth_revoked(session, problem).await
                    {
                        return Err(own);
                    }
                    tally.add(outcome)?;
                    run.progress(Step::ReadDetails, tally.done, total);
                }
                Err(_) => tally.pass_over(),
            }
            if let Some(account) = waiting.next() {
                start(account, &mut reading);
            }
        }
        Ok(tally)
    }

    async fn read_list(&self, session: &Session) -> Result<Vec<Account>, Problem> {
        let began_at = self.clock.now();
        self.records.forget_sightings_after(began_at).await?;
        let listing = session.client.accounts().await?;
        let (odd, is_whole) = (
            ListOddities::of(&listing, &session.parent),
            listing.is_whole(),
        );
        let (parents, subaccounts): (Vec<Account>, Vec<Account>) = listing
            .rows
            .into_iter()
            .partition(|account| account.sid == session.parent);
        let rows = subaccounts
            .iter()
            .map(|account| listed(account, &session.parent))
            .collect();
        if is_whole {
            self.records.replace_subaccounts(rows, began_at).await?;
        } else {
            self.records.take_in_subaccounts(rows, began_at).await?;
        }
        self.not_read.note_list(odd);
        let name = parents
            .into_iter()
            .next()
            .map(|parent| parent.friendly_name)
            .filter(|name| !name.is_empty());
        let balance = session.client.balance(&session.parent).await.ok();
        self.records
            .renew_connection(session.parent.clone(), name, balance)
            .await?;
        self.changes.note(Change::Connection);
        self.changes.note(Change::Rows);
        Ok(subaccounts)
    }

    async fn in_order_of_age(&self, accounts: Vec<Account>) -> Result<Vec<AccountSid>, Problem> {
        let read: HashMap<AccountSid, Timestamp> =
            self.records.keys_read_at().await?.into_iter().collect();
        let mut due: Vec<(Option<Timestamp>, AccountSid)> = accounts
            .into_iter()
            .filter(|account| account.status != terms::AccountStatus::Closed)
            .map(|account| (read.get(&account.sid).copied(), account.sid))
            .collect();
        due.sort_by_key(|(read_at, _)| *read_at);
        Ok(due.into_iter().map(|(_, account)| account).collect())
    }
}

/// How far the subaccounts of one refresh were read.
struct Counts {
    total: usize,
    done: usize,
    unread: usize,
    lost_in_a_row: usize,
    /// It was for each of them.
    keychain_asked: bool,
}

impl Counts {
    fn of(total: usize) -> Self {
        Self {
            total,
            done: 0,
            unread: 0,
            lost_in_a_row: 0,
            keychain_asked: true,
        }
    }

    fn pass_over(&mut self) {
        self.done += 1;
        self.unread += 1;
    }

    /// Counts one; an error is one that stops all.
    fn add(&mut self, outcome: Result<KeychainAsked, Problem>) -> Result<(), Problem> {
        match outcome {
            Err(problem) if !is_of_one_subaccount(&problem) => return Err(problem),
            // One that is lost may be one that is slow.
            Err(problem) if is_of_the_network(&problem) => {
                self.lost_in_a_row += 1;
                if self.lost_in_a_row >= LOST_IN_A_ROW.min(self.total) {
                    return Err(problem);
                }
                self.pass_over();
            }
            Err(_) => {
                self.lost_in_a_row = 0;
                self.pass_over();
            }
            Ok(KeychainAsked(asked)) => {
                self.lost_in_a_row = 0;
                self.done += 1;
                self.keychain_asked &= asked;
            }
        }
        Ok(())
    }
}

/// Whether the other subaccounts can be read all the same.
fn is_of_one_subaccount(problem: &Problem) -> bool {
    matches!(problem, Problem::Twilio(_))
}

fn is_of_the_network(problem: &Problem) -> bool {
    matches!(problem, Problem::Twilio(error) if error.is_of_the_network())
}
