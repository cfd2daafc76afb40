//! Reading everything anew from Twilio: the list first, then each subaccount's keys and spend as they arrive.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use rust_decimal::Decimal;
use tokio::sync::watch;
use tokio::task::JoinSet;
use twilio::{Account, AccountSid};
use vault::{AccountId, KeyId, TwilioKey};

use crate::create_subaccount::listed;
use crate::failure::Problem;
use crate::ids::{account_id, key_id};
use crate::lanes::Lane;
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
        account: AccountId,
        done: usize,
        total: usize,
    },
}

/// How a refresh ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    Complete,
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
            outcome = self.read_everything(tell) => outcome.map(|()| Refresh::Complete),
        }
    }

    async fn read_everything(
        self: &Arc<Self>,
        tell: &(dyn Fn(RefreshNews) + Send + Sync),
    ) -> Result<(), Problem> {
        let session = self.signed_in().await?;
        let listed = self.read_list(&session, tell).await?;
        let due = self.in_order_of_age(listed).await?;
        let total = due.len();
        tell(RefreshNews::Listed { total });
        let mut waiting = due.into_iter();
        let mut reading = JoinSet::new();
        let mut done = 0;
        let mut lost_in_a_row = 0;
        let start = |account: AccountSid, reading: &mut JoinSet<_>| {
            let (workspace, session) = (Arc::clone(self), session.clone());
            reading.spawn(async move {
                (
                    account_id(&account),
                    workspace.read_detail(&session, &account).await,
                )
            });
        };
        for account in waiting.by_ref().take(AT_ONCE) {
            start(account, &mut reading);
        }
        while let Some(finished) = reading.join_next().await {
            let Ok((account, outcome)) = finished else {
                continue;
            };
            match outcome {
                Err(problem) if !is_of_one_subaccount(&problem) => return Err(problem),
                // One that is lost may be one that is slow; as many as are under way mean that the network is gone.
                Err(problem) if is_of_the_network(&problem) => {
                    lost_in_a_row += 1;
                    if lost_in_a_row >= AT_ONCE.min(total) {
                        return Err(problem);
                    }
                }
                Err(_) | Ok(()) => lost_in_a_row = 0,
            }
            done += 1;
            tell(RefreshNews::Detail {
                account,
                done,
                total,
            });
            if let Some(account) = waiting.next() {
                start(account, &mut reading);
            }
        }
        let now = self.clock.now();
        if let Some(mut connection) = self.records.connection().await? {
            connection.refreshed_at = Some(now);
            self.records.save_connection(connection).await?;
        }
        Ok(())
    }

    async fn read_list(
        &self,
        session: &Session,
        tell: &(dyn Fn(RefreshNews) + Send + Sync),
    ) -> Result<Vec<Account>, Problem> {
        let began_at = self.clock.now();
        let accounts = session.client.accounts().await?;
        let (parents, subaccounts): (Vec<Account>, Vec<Account>) = accounts
            .into_iter()
            .partition(|account| account.sid == session.parent);
        self.records
            .replace_subaccounts(subaccounts.iter().map(listed).collect(), began_at)
            .await?;
        if let Some(mut connection) = self.records.connection().await? {
            if let Some(parent) = parents.into_iter().next() {
                connection.name = parent.friendly_name;
            }
            if let Ok(balance) = session.client.balance(&session.parent).await {
                connection.balance = Some((balance.amount, balance.currency));
            }
            self.records.save_connection(connection).await?;
            tell(RefreshNews::Connection);
        }
        Ok(subaccounts)
    }

    async fn in_order_of_age(&self, accounts: Vec<Account>) -> Result<Vec<AccountSid>, Problem> {
        let read: HashMap<AccountId, Timestamp> =
            self.records.keys_read_at().await?.into_iter().collect();
        let mut due: Vec<(Option<Timestamp>, AccountSid)> = accounts
            .into_iter()
            .filter(|account| account.status != twilio::AccountStatus::Closed)
            .map(|account| (read.get(&account_id(&account.sid)).copied(), account.sid))
            .collect();
        due.sort_by_key(|(read_at, _)| *read_at);
        Ok(due.into_iter().map(|(_, account)| account).collect())
    }

    /// Reads one subaccount's keys and spend anew.
    pub async fn refresh_subaccount(&self, account: &AccountSid) -> Result<(), Problem> {
        let session = self.signed_in().await?;
        let began_at = self.clock.now();
        let fetched = session.client.account(account).await?;
        self.records
            .upsert_subaccount(listed(&fetched), began_at)
            .await?;
        self.read_detail(&session, account).await
    }

    async fn read_detail(&self, session: &Session, account: &AccountSid) -> Result<(), Problem> {
        self.read_keys(session, account).await?;
        let spend = session.client.spend_this_month(account).await?;
        let (amount, currency, as_of) = match spend {
            Some(spend) => (spend.money.amount, spend.money.currency, spend.as_of),
            None => (Decimal::ZERO, self.currency().await, None),
        };
        self.records
            .save_spend(vault::Spend {
                account: account_id(account),
                amount,
                currency,
                as_of,
                read_at: self.clock.now(),
            })
            .await?;
        Ok(())
    }

    async fn read_keys(&self, session: &Session, account: &AccountSid) -> Result<(), Problem> {
        let id = account_id(account);
        let read_at = self.clock.now();
        let keys: Vec<TwilioKey> = session
            .client
            .keys(account)
            .await?
            .into_iter()
            .map(|key| TwilioKey {
                key: key_id(&key.sid),
                name: key.friendly_name,
                created_at: key.created,
            })
            .collect();
        let listed: Vec<KeyId> = keys.iter().map(|key| key.key.clone()).collect();
        self.records
            .replace_keys(id.clone(), keys.clone(), read_at)
            .await?;
        // A keychain that is locked now is looked into at the next refresh.
        let _ = self.bring_back(account, &keys).await;
        for credential in self.records.credentials_of(id.clone()).await? {
            let at_twilio = listed.contains(&credential.key);
            // Lists lag behind: a key made a moment ago may not be in one yet, and is not gone either.
            let age = read_at.duration_since(credential.created_at);
            if !at_twilio
                && credential.removed_at_twilio.is_none()
                && age >= self.patience.between_looks
            {
                self.records
                    .mark_removed_at_twilio(credential.key, read_at)
                    .await?;
            } else if at_twilio && credential.removed_at_twilio.is_some() {
                self.records.mark_found_at_twilio(credential.key).await?;
            }
        }
        Ok(())
    }

    /// What to show zero in: the account's own currency.
    async fn currency(&self) -> String {
        match self.records.connection().await {
            Ok(Some(vault::Connection {
                balance: Some((_, currency)),
                ..
            })) => currency,
            _ => "USD".to_owned(),
        }
    }
}

/// Whether the other subaccounts can be read all the same.
fn is_of_one_subaccount(problem: &Problem) -> bool {
    matches!(problem, Problem::Twilio(_))
}

fn is_of_the_network(problem: &Problem) -> bool {
    matches!(problem, Problem::Twilio(error) if error.is_of_the_network())
}
