//! What is known about subaccounts and keys, put together from the records. Asks nothing of Twilio or the keychain.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use terms::{AccountSid, KeySid, Money};
use vault::{Credential, HandOver, Subaccount, TwilioKey};

use crate::failure::Problem;
use crate::key_state::{KeyState, Tested, state_of};
use crate::not_readable::{NotReadable, OddList};
use crate::unfinished::Unfinished;
use crate::workspace::Workspace;

/// One line of the subaccount list.
#[derive(Debug, Clone)]
pub struct SubaccountLine {
    pub subaccount: Subaccount,
    pub keys: Vec<KeySid>,
    pub saved: usize,
    /// Keys at Twilio whose secret is not here; `None` until they were read.
    pub unsaved: Option<usize>,
    pub removed: usize,
    pub not_handed_over: usize,
    pub unfinished: usize,
    /// This month; `None` until it was read.
    pub spend: Option<Money>,
    pub spend_as_of: Option<Timestamp>,
    /// What could not be read the last time; `None` where everything was.
    pub not_readable: Option<NotReadable>,
}

/// One key of a subaccount.
#[derive(Debug, Clone)]
pub struct KeyLine {
    pub key: KeySid,
    pub name: String,
    pub created_at: Option<Timestamp>,
    pub state: KeyState,
    pub proved_at: Option<Timestamp>,
    /// What became of testing it here.
    pub tested: Tested,
    pub handed_over: Option<HandOver>,
    pub postponed_at: Option<Timestamp>,
}

/// One subaccount with all its keys.
#[derive(Debug, Clone)]
pub struct SubaccountView {
    pub line: SubaccountLine,
    pub keys: Vec<KeyLine>,
    pub keys_read_at: Option<Timestamp>,
    pub unfinished: Vec<Unfinished>,
}

/// Everything the lines are made of, read once.
#[derive(Default)]
struct Known {
    keys: HashMap<AccountSid, Vec<TwilioKey>>,
    keys_read_at: HashMap<AccountSid, Timestamp>,
    credentials: HashMap<AccountSid, Vec<Credential>>,
    spend: HashMap<AccountSid, vault::Spend>,
    unfinished: HashMap<AccountSid, Vec<Unfinished>>,
}

impl Workspace {
    /// All subaccounts in the records, and when the list was read from Twilio.
    pub async fn lines(&self) -> Result<(Vec<SubaccountLine>, Option<Timestamp>), Problem> {
        let (subaccounts, read_at) = self.records.subaccounts().await?;
        let known = self.known().await?;
        Ok((
            subaccounts
                .into_iter()
                .map(|subaccount| self.line(&known, subaccount))
                .collect(),
            read_at,
        ))
    }

    /// What of Twilio's list was odd when it was last read; nothing before that.
    pub fn odd_list(&self) -> OddList {
        self.not_read.list()
    }

    fn line(&self, known: &Known, subaccount: Subaccount) -> SubaccountLine {
        SubaccountLine {
            not_readable: self.not_read.of(&subaccount.account),
            ..known.line(subaccount)
        }
    }

    /// The lines of these subaccounts. Reads nothing of any other.
    pub async fn lines_of(&self, accounts: &[AccountSid]) -> Result<Vec<SubaccountLine>, Problem> {
        let known = self.known_of(accounts).await?;
        let mut lines = Vec::new();
        for account in accounts {
            let subaccount = self.records.subaccount(account.clone()).await?;
            lines.extend(subaccount.map(|subaccount| self.line(&known, subaccount)));
        }
        Ok(lines)
    }

    /// One subaccount with its keys.
    pub async fn subaccount(&self, account: &AccountSid) -> Result<SubaccountView, Problem> {
        let subaccount = self
            .records
            .subaccount(account.clone())
            .await?
            .ok_or(Problem::UnknownHere)?;
        let known = self.known_of(std::slice::from_ref(account)).await?;
        let mut keys = known.keys_of(account);
        let tests = self.tests().await?;
        for key in &mut keys {
            key.tested = tests.of(&key.key);
        }
        Ok(SubaccountView {
            keys,
            keys_read_at: known.keys_read_at.get(account).copied(),
            unfinished: known.unfinished.get(account).cloned().unwrap_or_default(),
            line: self.line(&known, subaccount),
        })
    }

    /// What is known of these, in a few rows each.
    async fn known_of(&self, accounts: &[AccountSid]) -> Result<Known, Problem> {
        let mut known = Known {
            unfinished: self.unfinished_by_account().await?,
            ..Known::default()
        };
        for account in accounts {
            let (keys, read_at) = self.records.keys(account.clone()).await?;
            known.keys.insert(account.clone(), keys);
            if let Some(read_at) = read_at {
                known.keys_read_at.insert(account.clone(), read_at);
            }
            let credentials = self.records.credentials_of(account.clone()).await?;
            known.credentials.insert(account.clone(), credentials);
            if let Some(spend) = self.records.spend_of(account.clone()).await? {
                known.spend.insert(account.clone(), spend);
            }
        }
        Ok(known)
    }

    async fn unfinished_by_account(&self) -> Result<HashMap<AccountSid, Vec<Unfinished>>, Problem> {
        let mut unfinished: HashMap<AccountSid, Vec<Unfinished>> = HashMap::new();
        for entry in self.unfinished().await? {
            if let Some(account) = entry.account.clone() {
                unfinished.entry(account).or_default().push(entry);
            }
        }
        Ok(unfinished)
    }

    async fn known(&self) -> Result<Known, Problem> {
        let mut credentials: HashMap<AccountSid, Vec<Credential>> = HashMap::new();
        for credential in self.records.credentials().await? {
            credentials
                .entry(credential.account.clone())
                .or_default()
                .push(credential);
        }
        let mut keys: HashMap<AccountSid, Vec<TwilioKey>> = HashMap::new();
        for (account, key) in self.records.all_keys().await? {
            keys.entry(account).or_default().push(key);
        }
        let spend = self.records.all_spend().await?;
        Ok(Known {
            keys,
            keys_read_at: self.records.keys_read_at().await?.into_iter().collect(),
            credentials,
            spend: spend
                .into_iter()
                .map(|spend| (spend.account.clone(), spend))
                .collect(),
            unfinished: self.unfinished_by_account().await?,
        })
    }
}

impl Known {
    fn line(&self, subaccount: Subaccount) -> SubaccountLine {
        let account = &subaccount.account;
        let lines = self.keys_of(account);
        let count = |state: KeyState| lines.iter().filter(|line| line.state == state).count();
        let spend = self.spend.get(account);
        SubaccountLine {
            saved: count(KeyState::Saved) + count(KeyState::SealedOnly),
            unsaved: self
                .keys_read_at
                .contains_key(account)
                .then(|| count(KeyState::NotSaved)),
            removed: count(KeyState::RemovedAtTwilio),
            not_handed_over: lines
                .iter()
                .filter(|line| {
                    matches!(line.state, KeyState::Saved | KeyState::SealedOnly)
                        && line.handed_over.is_none()
                })
                .count(),
            unfinished: self.unfinished.get(account).map_or(0, Vec::len),
            spend: spend.map(|spend| spend.money.clone()),
            spend_as_of: spend.and_then(|spend| spend.as_of),
            keys: lines.into_iter().map(|line| line.key).collect(),
            not_readable: None,
            subaccount,
        }
    }

    /// Saved keys first, then those only Twilio has; newest first among each.
    fn keys_of(&self, account: &AccountSid) -> Vec<KeyLine> {
        let unfinished: HashSet<&KeySid> = self
            .unfinished
            .get(account)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.key.as_ref())
            .collect();
        let credentials = self.credentials.get(account).map_or(&[][..], Vec::as_slice);
        let mut lines: Vec<KeyLine> = credentials
            .iter()
            .map(|credential| KeyLine {
                key: credential.key.clone(),
                name: credential.key_name.clone(),
                created_at: Some(credential.created_at),
                state: if unfinished.contains(&credential.key) {
                    KeyState::Unfinished
                } else {
                    state_of(credential)
                },
                proved_at: credential.proved_at,
                tested: Tested::AsNoted,
                handed_over: credential.handed_over.clone(),
                postponed_at: credential.postponed_at,
            })
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.created_at));
        let saved: HashSet<&KeySid> = credentials
            .iter()
            .map(|credential| &credential.key)
            .collect();
        let mut others: Vec<KeyLine> = self
            .keys
            .get(account)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(|key| !saved.contains(&key.key))
            .map(|key| KeyLine {
                key: key.key.clone(),
                name: key.name.clone(),
                created_at: key.created_at,
                state: if unfinished.contains(&key.key) {
                    KeyState::Unfinished
                } else {
                    KeyState::NotSaved
                },
                proved_at: None,
                tested: Tested::AsNoted,
                handed_over: None,
                postponed_at: None,
            })
            .collect();
        others.sort_by_key(|line| std::cmp::Reverse(line.created_at));
        lines.append(&mut others);
        lines
    }
}
