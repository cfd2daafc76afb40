//! Reading one subaccount anew: its keys and what it spent. Of two parts, one that Twilio refuses does not keep the other from being read.

use std::sync::Arc;

use rust_decimal::Decimal;
use terms::{AccountSid, KeySid, Money, Region};
use vault::{DeletedBy, TwilioKey};

use crate::changes::Change;
use crate::create_subaccount::listed;
use crate::failure::Problem;
use crate::not_readable::is_for_good;
use crate::operation::{Operation, OperationKind, Subject};
use crate::view::{NotReadable, WhyNotReadable, count};
use crate::workspace::{Session, Workspace};

/// Whether the keychain was asked about every key of a subaccount that is not known here, where that was called for.
pub(crate) struct KeychainAsked(pub bool);

/// What was read of a list of keys.
struct KeysRead {
    keychain_asked: KeychainAsked,
    without_sid: usize,
}

impl Workspace {
    /// Reads one subaccount's keys and spend anew. Stops at [`Workspace::rest`].
    pub fn refresh_subaccount(self: &Arc<Self>, account: &AccountSid) -> Operation<(), Problem> {
        let subject = Subject::of_account(account);
        let account = account.clone();
        self.operation(
            OperationKind::ReadSubaccount,
            subject,
            |workspace, _| async move { workspace.read_subaccount(&account).await },
        )
    }

    async fn read_subaccount(&self, account: &AccountSid) -> Result<(), Problem> {
        let session = self.signed_in().await?;
        let began_at = self.clock.now();
        self.records.forget_sightings_after(began_at).await?;
        let fetched = session.client.account(account).await?;
        // Another account may have been connected meanwhile.
        let connected = self.records.connection().await?;
        if connected.is_none_or(|connected| connected.account != session.parent) {
            return Err(Problem::NotConnected);
        }
        self.records
            .upsert_subaccount(listed(&fetched, &session.parent), began_at)
            .await?;
        self.read_detail(&session, account).await.map(drop)
    }

    /// Reads keys and spend. What Twilio refuses for good is noted, and counts as read; any other failure is noted too, and ends it.
    pub(crate) async fn read_detail(
        &self,
        session: &Session,
        account: &AccountSid,
    ) -> Result<KeychainAsked, Problem> {
        let read = self.read_keys_and_spend(session, account).await;
        self.changes.note(Change::Row(account.clone()));
        read
    }

    async fn read_keys_and_spend(
        &self,
        session: &Session,
        account: &AccountSid,
    ) -> Result<KeychainAsked, Problem> {
        let mut not_readable = NotReadable::default();
        let keys = self.read_keys(session, account).await;
        let keys = match settled(session, keys, &mut not_readable.keys).await {
            Ok(keys) => keys,
            Err(problem) => {
                self.not_read.note(account.clone(), not_readable);
                return Err(problem);
            }
        };
        not_readable.keys_without_sid = keys.as_ref().map_or(0, |keys| count(keys.without_sid));
        let spend = self.read_spend(session, account).await;
        let spend = settled(session, spend, &mut not_readable.spend).await;
        self.not_read.note(account.clone(), not_readable);
        spend?;
        // What is not known to be at Twilio is not looked for in the keychain either.
        Ok(keys.map_or(KeychainAsked(false), |keys| keys.keychain_asked))
    }

    async fn read_spend(&self, session: &Session, account: &AccountSid) -> Result<(), Problem> {
        let spend = session.client.spend_this_month(account).await?;
        let (money, as_of) = match spend {
            Some(spend) => (spend.money, spend.as_of),
            None => (self.nothing().await, None),
        };
        self.records
            .save_spend(vault::Spend {
                account: account.clone(),
                money,
                as_of,
                read_at: self.clock.now(),
            })
            .await?;
        Ok(())
    }

    async fn read_keys(
        &self,
        session: &Session,
        account: &AccountSid,
    ) -> Result<KeysRead, Problem> {
        let read_at = self.clock.now();
        let listing = session.client.keys(account).await?;
        let (is_whole, without_sid) = (listing.is_whole(), listing.unidentified.len());
        let keys: Vec<TwilioKey> = listing
            .rows
            .into_iter()
            .map(|key| TwilioKey {
                key: key.sid.clone(),
                region: Region::Us1,
                name: key.friendly_name,
                created_at: key.created,
            })
            .collect();
        let listed: Vec<KeySid> = keys.iter().map(|key| key.key.clone()).collect();
        if is_whole {
            self.records
                .replace_keys(account.clone(), keys.clone(), read_at)
                .await?;
        } else {
            self.records
                .take_in_keys(account.clone(), keys.clone(), read_at)
                .await?;
        }
        // A keychain that is locked now is looked into at the next refresh.
        let keychain_asked =
            KeychainAsked(self.recover_from_keychain(account, &keys).await.is_ok());
        self.mark_removed_keys(account, &listed, is_whole, read_at)
            .await?;
        Ok(KeysRead {
            keychain_asked,
            without_sid,
        })
    }

    /// Marks saved keys that a whole list is without, and takes the mark off those that are in it after all.
    async fn mark_removed_keys(
        &self,
        account: &AccountSid,
        listed: &[KeySid],
        is_whole: bool,
        read_at: jiff::Timestamp,
    ) -> Result<(), Problem> {
        for credential in self.records.credentials_of(account.clone()).await? {
            let at_twilio = listed.contains(&credential.key);
            // Lists lag behind: a key made a moment ago may not be in one yet, and is not gone either.
            let age = read_at.duration_since(credential.created_at);
            if !at_twilio
                && is_whole
                && credential.removed_at_twilio.is_none()
                && age >= self.wait_times.between_looks
            {
                self.records
                    .mark_removed_at_twilio(credential.key, read_at, DeletedBy::SomebodyElse)
                    .await?;
            } else if at_twilio && credential.removed_at_twilio.is_some() {
                self.records.mark_found_at_twilio(credential.key).await?;
            }
        }
        Ok(())
    }

    /// Nothing was spent: zero in the account's own currency.
    async fn nothing(&self) -> Money {
        let currency = match self.records.connection().await {
            Ok(Some(vault::Connection {
                balance: Some(balance),
                ..
            })) => balance.currency,
            _ => "USD".to_owned(),
        };
        Money {
            amount: Decimal::ZERO,
            currency,
        }
    }
}

/// Nothing where Twilio decided for good that it cannot be read, which `why` then says, as it says of what may be read another time.
async fn settled<T>(
    session: &Session,
    outcome: Result<T, Problem>,
    why: &mut Option<WhyNotReadable>,
) -> Result<Option<T>, Problem> {
    let problem = match outcome {
        Ok(read) => return Ok(Some(read)),
        Err(problem) => problem,
    };
    if let Some(own) = auth_revoked(session, &problem).await {
        return Err(own);
    }
    if let Problem::Twilio(error) = &problem {
        *why = Some(error.clone().into());
    }
    if is_for_good(&problem) {
        Ok(None)
    } else {
        Err(problem)
    }
}

/// What Twilio says of the account's own credentials, where it was not one subaccount's matter that they were refused: the Auth Token
/// may have been changed meanwhile.
pub(crate) async fn auth_revoked(session: &Session, problem: &Problem) -> Option<Problem> {
    match problem {
        Problem::Twilio(error) if error.is_of_the_signer() => {}
        _ => return None,
    }
    let own = session.client.account(&session.parent).await.err()?;
    own.is_of_the_signer().then(|| own.into())
}
