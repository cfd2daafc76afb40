//! The keys of all subaccounts in one list. Asks nothing of Twilio or the keychain.

use std::collections::HashSet;

use terms::{AccountSid, AccountStatus};
use vault::Subaccount;

use crate::failure::Problem;
use crate::overview::Known;
use crate::view::{KeyList, KeysNotRead, ListedKey};
use crate::workspace::Workspace;

impl Workspace {
    /// The keys of these subaccounts, or of all, as they were last read, by the subaccounts' names.
    pub async fn keys(&self, accounts: Option<&[AccountSid]>) -> Result<KeyList, Problem> {
        let (mut subaccounts, _) = self.records.subaccounts().await?;
        let known = match accounts {
            None => self.known().await?,
            Some(accounts) => {
                let wanted: HashSet<&AccountSid> = accounts.iter().collect();
                subaccounts.retain(|subaccount| wanted.contains(&subaccount.account));
                self.known_of(accounts).await?
            }
        };
        let tests = self.tests().await?;
        let mut list = KeyList {
            keys: Vec::new(),
            not_read: Vec::new(),
            read_at: None,
        };
        for subaccount in subaccounts {
            let keys = known.keys_of(&subaccount.account).into_iter();
            list.keys.extend(keys.map(|key| ListedKey {
                account_sid: subaccount.account.clone(),
                account_name: subaccount.name.clone(),
                account_status: (&subaccount.status).into(),
                key: tests.told_of(key),
            }));
            self.add_reading(&mut list, &known, subaccount);
        }
        Ok(list)
    }

    /// Whether the keys of this subaccount were read, and when.
    fn add_reading(&self, list: &mut KeyList, known: &Known, subaccount: Subaccount) {
        let why = self.not_read.of(&subaccount.account);
        let why = why.and_then(|not_readable| not_readable.keys);
        let read_at = known.keys_read_at(&subaccount.account);
        if let Some(read_at) = read_at {
            list.read_at = Some(list.read_at.map_or(read_at, |oldest| oldest.min(read_at)));
        }
        let is_open =
            subaccount.status != AccountStatus::Closed && subaccount.missing_since.is_none();
        if is_open && (why.is_some() || read_at.is_none()) {
            list.not_read.push(KeysNotRead {
                account_sid: subaccount.account,
                account_name: subaccount.name,
                why,
            });
        }
    }
}
