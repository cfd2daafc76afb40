//! What would become of the pairs that were found, before any of them is tried.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use terms::{AccountSid, KeySid};
use vault::{Subaccount, TwilioKey};

use super::file::read_file;
use super::pairs::{Adoption, Pair};
use super::reading::{FoundKey, read};
use crate::failure::Problem;
use crate::view::{Adoptability, AdoptableKey};
use crate::workspace::Workspace;

impl Workspace {
    /// Looks for API SIDs and their secrets in a text, and for the subaccounts they are of. Nothing is asked of Twilio. What was found stays
    /// in memory, in place of what was found before, until it is adopted or forgotten, or the program is locked.
    pub async fn plan_adoption(&self, text: &str) -> Result<Vec<AdoptableKey>, Problem> {
        self.plan_adoption_of_found(read(text)).await
    }

    /// The same in a file: a text of any kind, or a workbook of Excel.
    ///
    /// # Errors
    /// [`Problem::FileNotReadable`] where it is neither, or too large.
    pub async fn plan_adoption_of_file(&self, path: &Path) -> Result<Vec<AdoptableKey>, Problem> {
        let path = path.to_owned();
        let reading = tokio::task::spawn_blocking(move || read_file(&path));
        let found = reading.await.map_err(|_| Problem::FileNotReadable)??;
        self.plan_adoption_of_found(found).await
    }

    async fn plan_adoption_of_found(
        &self,
        found: Vec<FoundKey>,
    ) -> Result<Vec<AdoptableKey>, Problem> {
        let adoption = self.adoption_of(found).await?;
        let rows = adoption.rows.clone();
        *self.adoption.lock() = self.operations.are_awake().then_some(adoption);
        Ok(rows)
    }

    /// Forgets what was found.
    pub fn forget_adoption(&self) {
        *self.adoption.lock() = None;
    }

    async fn adoption_of(&self, found: Vec<FoundKey>) -> Result<Adoption, Problem> {
        let (subaccounts, _) = self.records.subaccounts().await?;
        let subaccounts: HashMap<AccountSid, Subaccount> = subaccounts
            .into_iter()
            .map(|one| (one.account.clone(), one))
            .collect();
        let keys = self.records.all_keys().await?.into_iter();
        let keys: HashMap<KeySid, (AccountSid, TwilioKey)> = keys
            .map(|(account, key)| (key.key.clone(), (account, key)))
            .collect();
        let saved = self.records.credentials().await?.into_iter();
        let saved: HashSet<KeySid> = saved.map(|one| one.key).collect();
        let mut adoption = Adoption {
            pairs: Vec::new(),
            rows: Vec::new(),
        };
        for FoundKey {
            key,
            account,
            secret,
        } in found
        {
            // Whose a key is, the list says that was read; what stands in the text may be wrong, and is proved like anything else.
            let known = keys.get(&key);
            let account = known.map(|(account, _)| account.clone()).or(account);
            let subaccount = account.as_ref().and_then(|sid| subaccounts.get(sid));
            let fits = match (&secret, subaccount) {
                _ if saved.contains(&key) => Adoptability::SavedAlready,
                (None, _) => Adoptability::NoSecret,
                (Some(_), None) => Adoptability::UnknownSubaccount,
                (Some(_), Some(_)) => Adoptability::Ready,
            };
            let name = known.map(|(_, key)| key.name.clone()).unwrap_or_default();
            adoption.rows.push(AdoptableKey {
                key_sid: key.clone(),
                key_name: name.clone(),
                account_sid: subaccount.map(|one| one.account.clone()),
                account_name: subaccount.map(|one| one.name.clone()),
                fits,
            });
            if let (Adoptability::Ready, Some(secret), Some(subaccount)) =
                (fits, secret, subaccount)
            {
                adoption.pairs.push(Pair {
                    account: subaccount.account.clone(),
                    account_name: subaccount.name.clone(),
                    key: known.map(|(_, key)| key.clone()).unwrap_or(TwilioKey {
                        key,
                        region: terms::Region::Us1,
                        name,
                        created_at: None,
                    }),
                    secret,
                });
            }
        }
        Ok(adoption)
    }
}
