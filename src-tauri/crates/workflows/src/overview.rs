//! What is known about subaccounts and keys, put together from the records. Asks nothing of Twilio or the keychain.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use terms::{AccountSid, KeySid};
use vault::{ActivityKind, Credential, Customer, Subaccount, TwilioKey};

use crate::failure::Problem;
use crate::key_state::{KeyState, state_of};
use crate::view::{
    KeyRow, KeyType, SubaccountDetail, SubaccountList, SubaccountRow, SubaccountStatus,
    SuspendedHere, Unfinished, count,
};
use crate::workspace::Workspace;

/// Everything the rows are made of, read once.
#[derive(Default)]
pub(crate) struct Known {
    keys: HashMap<AccountSid, Vec<TwilioKey>>,
    keys_read_at: HashMap<AccountSid, Timestamp>,
    credentials: HashMap<AccountSid, Vec<Credential>>,
    spend: HashMap<AccountSid, vault::Spend>,
    unfinished: HashMap<AccountSid, Vec<Unfinished>>,
    customers: HashMap<AccountSid, Customer>,
}

impl Workspace {
    /// The list as the records have it.
    pub async fn list(&self) -> Result<SubaccountList, Problem> {
        let (subaccounts, read_at) = self.records.subaccounts().await?;
        let known = self.known().await?;
        Ok(SubaccountList {
            rows: subaccounts
                .into_iter()
                .map(|subaccount| self.row(&known, subaccount))
                .collect(),
            read_at,
            oddities: self.not_read.list(),
        })
    }

    fn row(&self, known: &Known, subaccount: Subaccount) -> SubaccountRow {
        SubaccountRow {
            not_readable: self.not_read.of(&subaccount.account),
            ..known.row(subaccount)
        }
    }

    /// The rows of these subaccounts. Reads nothing of any other.
    pub async fn rows_of(&self, accounts: &[AccountSid]) -> Result<Vec<SubaccountRow>, Problem> {
        let known = self.known_of(accounts).await?;
        let mut rows = Vec::new();
        for account in accounts {
            let subaccount = self.records.subaccount(account.clone()).await?;
            rows.extend(subaccount.map(|subaccount| self.row(&known, subaccount)));
        }
        Ok(rows)
    }

    /// One subaccount with its keys and what happened to it.
    pub async fn subaccount(&self, account: &AccountSid) -> Result<SubaccountDetail, Problem> {
        let (row, keys, mut known) = self.row_with_known(account).await?;
        let customer = known.customers.remove(account);
        let is_suspended = row.status == SubaccountStatus::Suspended;
        Ok(SubaccountDetail {
            note: customer.map_or_else(String::new, |one| one.note),
            suspended_here: match is_suspended {
                true => self.suspended_here(account).await?,
                false => None,
            },
            row,
            keys,
            keys_read_at: known.keys_read_at.remove(account),
            unfinished: known.unfinished.remove(account).unwrap_or_default(),
            activity: self.activity_of(account).await?,
        })
    }

    /// Whether the last change of its status that was made here suspended it.
    async fn suspended_here(&self, account: &AccountSid) -> Result<Option<SuspendedHere>, Problem> {
        let last = self.records.last_status_change(account.clone()).await?;
        let suspended = last.filter(|one| one.what == ActivityKind::SubaccountSuspended);
        Ok(suspended.map(|one| SuspendedHere {
            at: one.at,
            reason: one.detail,
        }))
    }

    /// One subaccount's row, and its keys. [`Problem::UnknownHere`] where the records have no such subaccount.
    pub async fn row_with_keys(
        &self,
        account: &AccountSid,
    ) -> Result<(SubaccountRow, Vec<KeyRow>), Problem> {
        let (row, keys, _) = self.row_with_known(account).await?;
        Ok((row, keys))
    }

    async fn row_with_known(
        &self,
        account: &AccountSid,
    ) -> Result<(SubaccountRow, Vec<KeyRow>, Known), Problem> {
        let subaccount = self
            .records
            .subaccount(account.clone())
            .await?
            .ok_or(Problem::UnknownHere)?;
        let known = self.known_of(std::slice::from_ref(account)).await?;
        let tests = self.tests().await?;
        let keys = known.keys_of(account).into_iter();
        let keys = keys.map(|key| tests.told_of(key)).collect();
        Ok((self.row(&known, subaccount), keys, known))
    }

    /// What is known of these, in a few rows each.
    pub(crate) async fn known_of(&self, accounts: &[AccountSid]) -> Result<Known, Problem> {
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
            if let Some(customer) = self.records.customer(account.clone()).await? {
                known.customers.insert(account.clone(), customer);
            }
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

    pub(crate) async fn known(&self) -> Result<Known, Problem> {
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
        let customers = self.records.customers().await?;
        Ok(Known {
            keys,
            keys_read_at: self.records.keys_read_at().await?.into_iter().collect(),
            credentials,
            spend: spend
                .into_iter()
                .map(|spend| (spend.account.clone(), spend))
                .collect(),
            unfinished: self.unfinished_by_account().await?,
            customers: customers
                .into_iter()
                .map(|customer| (customer.account.clone(), customer))
                .collect(),
        })
    }
}

impl Known {
    fn row(&self, subaccount: Subaccount) -> SubaccountRow {
        let account = &subaccount.account;
        let keys = self.keys_of(account);
        let counted = |is_counted: &dyn Fn(&KeyRow) -> bool| {
            count(keys.iter().filter(|key| is_counted(key)).count())
        };
        let is_saved = |key: &KeyRow| matches!(key.state, KeyState::Saved | KeyState::SealedOnly);
        let spend = self.spend.get(account);
        let customer = self.customers.get(account);
        SubaccountRow {
            customer_number: customer.map_or_else(String::new, |one| one.number.clone()),
            tags: customer.map_or_else(Vec::new, |one| one.tags.clone()),
            status: (&subaccount.status).into(),
            key_sids: keys.iter().map(|key| key.sid.clone()).collect(),
            saved: counted(&is_saved),
            unsaved: self
                .keys_read_at
                .contains_key(account)
                .then(|| counted(&|key| key.state == KeyState::NotSaved)),
            removed: counted(&|key| key.state == KeyState::RemovedAtTwilio),
            not_handed_over: counted(&|key| is_saved(key) && key.handed_over.is_none()),
            oldest_key_at: keys
                .iter()
                .filter(|key| key.state != KeyState::RemovedAtTwilio)
                .filter_map(|key| key.created_at)
                .min(),
            unfinished: count(self.unfinished.get(account).map_or(0, Vec::len)),
            spend: spend.map(|spend| spend.money.clone()),
            spend_as_of: spend.and_then(|spend| spend.as_of),
            not_readable: None,
            gone: subaccount.missing_since.is_some(),
            name: subaccount.name,
            sid: subaccount.account,
        }
    }

    /// When the keys of one were last read.
    pub(crate) fn keys_read_at(&self, account: &AccountSid) -> Option<Timestamp> {
        self.keys_read_at.get(account).copied()
    }

    /// Saved keys first, then those only Twilio has; newest first among each.
    pub(crate) fn keys_of(&self, account: &AccountSid) -> Vec<KeyRow> {
        let unfinished: HashSet<&KeySid> = self
            .unfinished
            .get(account)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.key.as_ref())
            .collect();
        let state = |key: &KeySid, otherwise: KeyState| {
            if unfinished.contains(key) {
                KeyState::Unfinished
            } else {
                otherwise
            }
        };
        let credentials = self.credentials.get(account).map_or(&[][..], Vec::as_slice);
        let mut keys: Vec<KeyRow> = credentials
            .iter()
            .map(|credential| KeyRow {
                sid: credential.key.clone(),
                name: credential.key_name.clone(),
                region: credential.region,
                key_type: KeyType::Standard,
                created_at: Some(credential.created_at),
                state: state(&credential.key, state_of(credential)),
                proved_at: credential.proved_at,
                proof_due: false,
                refused_at: None,
                handed_over: credential.handed_over.clone().map(Into::into),
                postponed_at: credential.postponed_at,
            })
            .collect();
        keys.sort_by_key(|key| std::cmp::Reverse(key.created_at));
        let saved: HashSet<&KeySid> = credentials
            .iter()
            .map(|credential| &credential.key)
            .collect();
        let mut others: Vec<KeyRow> = self
            .keys
            .get(account)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(|key| !saved.contains(&key.key))
            .map(|key| KeyRow {
                sid: key.key.clone(),
                name: key.name.clone(),
                region: key.region,
                key_type: KeyType::StandardOrMain,
                created_at: key.created_at,
                state: state(&key.key, KeyState::NotSaved),
                proved_at: None,
                proof_due: false,
                refused_at: None,
                handed_over: None,
                postponed_at: None,
            })
            .collect();
        others.sort_by_key(|key| std::cmp::Reverse(key.created_at));
        keys.append(&mut others);
        keys
    }
}
