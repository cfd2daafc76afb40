//! Reading everything anew from Twilio: the list first, then each subaccount's keys and spend as they arrive.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use terms::AccountSid;
use tokio::sync::watch;
use tokio::task::JoinSet;
use twilio::Account;

use crate::create_subaccount::listed;
use crate::failure::Problem;
use crate::lanes::Lane;
use crate::read_subaccount::{KeychainAsked, turned_away};
use crate::view::ListOddities;
use crate::workspace::{Session, Workspace};

/// Subaccounts whose keys and spend are read side by side; the client lets four requests through at once.
const AT_ONCE: usize = 4;

/// What a refresh tells while it runs.
#[derive(Debug, Clone)]
pub enum RefreshNews {
    /// The account's own name or balance was read.
    Connection,
    /// The list is complete; this many subaccounts are to be read in detail.
    Listed { total: usize },
    /// This subaccount's keys and spend were read.
    Detail {
        account: AccountSid,
        done: usize,
        total: usize,
    },
}

/// How a refresh ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    /// The list is read, and each subaccount but so many. What Twilio refuses for good counts as read: see [`crate::NotReadable`].
    Complete { unread: usize },
    /// The user stopped it; what was read is kept.
    Stopped,
}

/// Stops a refresh from outside.
#[derive(Clone)]
pub struct StopRefresh(Arc<watch::Sender<bool>>);

impl StopRefresh {
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    async fn stopped(&self) {
        let mut watch = self.0.subscribe();
        // The sender lives as long as `self`, so waiting ends only by being stopped.
        let _ = watch.wait_for(|stopped| *stopped).await;
    }
}

impl Default for StopRefresh {
    fn default() -> Self {
        Self::new()
    }
}

impl Workspace {
    /// Reads the list of subaccounts, then keys and this month's spend of each that is not closed, those never read first,
    /// then those read longest ago. One unreadable subaccount does not stop the others; a lost network does.
    pub async fn refresh(
        self: &Arc<Self>,
        stop: &StopRefresh,
        tell: &(dyn Fn(RefreshNews) + Send + Sync),
    ) -> Result<Refresh, Problem> {
        let _lane = self
            .lanes
            .enter(Lane::Refresh)
            .ok_or(Problem::AlreadyRunning)?;
        tokio::select! {
            () = stop.stopped() => Ok(Refresh::Stopped),
            outcome = self.read_everything(tell) => outcome.map(|unread| Refresh::Complete { unread }),
        }
    }

    /// Answers how many subaccounts could not be read.
    async fn read_everything(
        self: &Arc<Self>,
        tell: &(dyn Fn(RefreshNews) + Send + Sync),
    ) -> Result<usize, Problem> {
        let session = self.signed_in().await?;
        let listed = self.read_list(&session, tell).await?;
        let due = self.in_order_of_age(listed).await?;
        tell(RefreshNews::Listed { total: due.len() });
        let tally = self.read_details(&session, due, tell).await?;
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
        tell: &(dyn Fn(RefreshNews) + Send + Sync),
    ) -> Result<Tally, Problem> {
        let total = due.len();
        let mut tally = Tally::of(total);
        let mut waiting = due.into_iter();
        let mut reading = JoinSet::new();
        let start = |account: AccountSid, reading: &mut JoinSet<_>| {
            let (workspace, session) = (Arc::clone(self), session.clone());
            reading.spawn(async move {
                let outcome = workspace.read_detail(&session, &account).await;
                (account.clone(), outcome)
            });
        };
        for account in waiting.by_ref().take(AT_ONCE) {
            start(account, &mut reading);
        }
        while let Some(finished) = reading.join_next().await {
            match finished {
                Ok((account, outcome)) => {
                    if let Err(problem) = &outcome
                        && let Some(own) = turned_away(session, problem).await
                    {
                        return Err(own);
                    }
                    tally.add(outcome)?;
                    let done = tally.done;
                    tell(RefreshNews::Detail {
                        account,
                        done,
                        total,
                    });
                }
                Err(_) => tally.pass_over(),
            }
            if let Some(account) = waiting.next() {
                start(account, &mut reading);
            }
        }
        Ok(tally)
    }

    async fn read_list(
        &self,
        session: &Session,
        tell: &(dyn Fn(RefreshNews) + Send + Sync),
    ) -> Result<Vec<Account>, Problem> {
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
        tell(RefreshNews::Connection);
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
struct Tally {
    total: usize,
    done: usize,
    unread: usize,
    lost_in_a_row: usize,
    /// It was for each of them.
    keychain_asked: bool,
}

impl Tally {
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
            // One that is lost may be one that is slow; as many as are under way mean that the network is gone.
            Err(problem) if is_of_the_network(&problem) => {
                self.lost_in_a_row += 1;
                if self.lost_in_a_row >= AT_ONCE.min(self.total) {
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
