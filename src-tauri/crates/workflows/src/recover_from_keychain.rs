//! After a copy took the place of the records: saved keys that the copy does not know come back from the keychain.

use terms::{AccountSid, Secret, Tag};
use vault::{Item, KeychainError, TwilioKey};

use crate::failure::Problem;
use crate::lanes::Lane;
use crate::workspace::Workspace;

impl Workspace {
    /// Looks in the keychain for the secrets of keys at Twilio that have no credential here. Does nothing unless the records were
    /// restored and the keychain was not looked through since: it is not asked about keys that were never ours.
    pub(crate) async fn recover_from_keychain(
        &self,
        account: &AccountSid,
        keys: &[TwilioKey],
    ) -> Result<(), Problem> {
        if !self.records.keys_may_be_brought_back().await? {
            return Ok(());
        }
        let open = self.records.open_entries().await?;
        for key in keys {
            let is_open = open.iter().any(|entry| {
                entry.key.as_ref() == Some(&key.key)
                    || Tag::find_in(&key.name).as_ref() == Some(&entry.tag)
            });
            if is_open || self.records.credential(key.key.clone()).await?.is_some() {
                continue;
            }
            let item = Item::ApiSecret {
                account: account.clone(),
                key: key.key.clone(),
            };
            match self.keychain.read(&item).await {
                Ok(Some(secret)) => self.take_back(account, key, &secret).await?,
                Ok(None) => {}
                Err(KeychainError::Ambiguous) => {
                    match self.proved_of_several(account, &key.key).await {
                        Ok(secret) => self.take_back(account, key, &secret).await?,
                        // None of them works: the key was made anew elsewhere, or is gone.
                        Err(Problem::Keychain(KeychainError::Ambiguous)) => {}
                        Err(problem) => return Err(problem),
                    }
                }
                // The others are to come back all the same.
                Err(error) if error.is_of_one_item() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn take_back(
        &self,
        account: &AccountSid,
        key: &TwilioKey,
        secret: &Secret,
    ) -> Result<(), Problem> {
        let _lane = self
            .lanes
            .enter(Lane::RecoverFromKeychain(key.key.clone()))
            .ok_or(Problem::AlreadyRunning)?;
        let sealer = self.ready_sealer().await?;
        let sealed = sealer.seal(secret, account, &key.key)?;
        let (subaccounts, _) = self.records.subaccounts().await?;
        let account_name = subaccounts
            .into_iter()
            .find(|subaccount| subaccount.account == *account)
            .map(|subaccount| subaccount.name)
            .unwrap_or_default();
        let created_at = key.created_at.unwrap_or_else(|| self.clock.now());
        self.records
            .take_back(
                sealed,
                key.name.clone(),
                account_name,
                key.region,
                created_at,
            )
            .await?;
        Ok(())
    }
}
