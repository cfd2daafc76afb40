//! Taking an entry from stage to stage. Each step is one transaction.

use jiff::Timestamp;
use rusqlite::{Transaction, params};
use terms::KeySid;

use super::super::activity::{self, Activity, ActivityKind};
use super::super::convert::Utc;
use super::super::subaccounts::{self, Subaccount};
use super::super::{Records, RecordsError, credentials, keys, replacements, sealed_copies};
use super::reading::load;
use super::{Entry, EntryId, Intent, Stage};
use crate::{Kept, SealedCopy, TwilioKey};

/// Takes an entry to its next stage, if the journal goes that way.
fn step(
    transaction: &Transaction<'_>,
    entry: &Entry,
    to: Stage,
    at: Timestamp,
) -> Result<(), RecordsError> {
    if !entry.stage.may_become(to, &entry.intent) {
        return Err(RecordsError::WrongStep {
            from: entry.stage,
            to,
        });
    }
    transaction.execute(
        "UPDATE journal SET stage = ?2, updated_at = ?3, reason = NULL WHERE id = ?1",
        params![entry.id, to, Utc(at)],
    )?;
    Ok(())
}

impl Records {
    /// That the creating request is about to be sent. When this has returned, the request may be sent, once.
    ///
    /// # Errors
    /// [`RecordsError::WrongStep`] unless the entry is planned: an entry is never sent twice.
    pub async fn mark_sent(&self, id: EntryId) -> Result<Entry, RecordsError> {
        self.change(id, |transaction, entry| {
            step(transaction, entry, Stage::Sent, Timestamp::now())
        })
        .await
    }

    /// The key exists and its secret has arrived: its SID, the sealed copy, the credential, stage [`Stage::Sealed`] and an activity in
    /// one transaction. `request_id` is Twilio's identifier of the request that made it, where its answer arrived.
    ///
    /// # Errors
    /// [`RecordsError::WrongEntry`] when the copy belongs to another account or the entry is not a key's;
    /// [`RecordsError::WrongStep`] unless it was sent.
    pub async fn seal(
        &self,
        id: EntryId,
        sealed: SealedCopy,
        request_id: Option<String>,
    ) -> Result<Entry, RecordsError> {
        self.change(id, move |transaction, entry| {
            let Intent::Key {
                account,
                account_name,
                name,
                replaces,
            } = &entry.intent
            else {
                return Err(RecordsError::WrongEntry);
            };
            if sealed.account() != account {
                return Err(RecordsError::WrongEntry);
            }
            let now = Timestamp::now();
            step(transaction, entry, Stage::Sealed, now)?;
            transaction.execute(
                "UPDATE journal SET key = ?2 WHERE id = ?1",
                params![entry.id, sealed.key()],
            )?;
            sealed_copies::insert_sealed(
                transaction,
                &sealed,
                name,
                account_name,
                entry.region,
                now,
            )?;
            let key = TwilioKey {
                key: sealed.key().clone(),
                region: entry.region,
                name: entry.tag.mark(name),
                created_at: None,
            };
            keys::upsert(transaction, account, &key, now)?;
            if let Some(old) = replaces {
                replacements::begin(transaction, old, sealed.key(), account, now)?;
            }
            note_created(transaction, &load(transaction, entry.id)?, now, request_id)
        })
        .await
    }

    /// The subaccount exists: its SID, its row, stage [`Stage::Adopted`] and an activity in one transaction. `request_id` as for
    /// [`Records::seal`].
    ///
    /// # Errors
    /// [`RecordsError::WrongEntry`] when the entry is not a subaccount's; [`RecordsError::WrongStep`] unless it was sent.
    pub async fn adopt(
        &self,
        id: EntryId,
        subaccount: Subaccount,
        request_id: Option<String>,
    ) -> Result<Entry, RecordsError> {
        self.change(id, move |transaction, entry| {
            if !matches!(entry.intent, Intent::Subaccount { .. }) {
                return Err(RecordsError::WrongEntry);
            }
            let now = Timestamp::now();
            step(transaction, entry, Stage::Adopted, now)?;
            transaction.execute(
                "UPDATE journal SET account = ?2 WHERE id = ?1",
                params![entry.id, subaccount.account],
            )?;
            subaccounts::upsert(transaction, &subaccount, now)?;
            note_created(transaction, &load(transaction, entry.id)?, now, request_id)
        })
        .await
    }

    /// Takes an entry to a stage that needs nothing but the word for it: [`Stage::Kept`] (the credential is then marked as being in
    /// the keychain), [`Stage::Renamed`], [`Stage::NotCreated`], [`Stage::DeleteDue`] of a key whose SID is known,
    /// or [`Stage::Revoked`] (its credential is then marked as gone at Twilio).
    ///
    /// # Errors
    /// [`RecordsError::WrongStep`] for a step the journal does not know, and for stages that have a call of their own.
    pub async fn advance(&self, id: EntryId, to: Stage) -> Result<Entry, RecordsError> {
        self.change(id, move |transaction, entry| {
            let has_its_own_call = matches!(
                to,
                Stage::Planned | Stage::Sent | Stage::Sealed | Stage::Adopted | Stage::Committed
            );
            if has_its_own_call || (to == Stage::DeleteDue && entry.key.is_none()) {
                return Err(RecordsError::WrongStep {
                    from: entry.stage,
                    to,
                });
            }
            let now = Timestamp::now();
            step(transaction, entry, to, now)?;
            match (to, &entry.key) {
                (Stage::Kept, Some(key)) => {
                    credentials::set_kept(transaction, key, Kept::InKeychain)
                }
                (Stage::Renamed, Some(key)) => rename_key(transaction, entry, key, now),
                (Stage::Revoked, Some(key)) => {
                    credentials::set_removed_at_twilio(transaction, key, now)
                }
                (Stage::Renamed, None) => rename_subaccount(transaction, entry),
                _ => Ok(()),
            }
        })
        .await
    }

    /// That a key of this entry was found at Twilio, and is to be deleted there: its SID and stage [`Stage::DeleteDue`].
    ///
    /// # Errors
    /// [`RecordsError::WrongEntry`] when another key is known to be the entry's; [`RecordsError::WrongStep`].
    pub async fn mark_delete_due(&self, id: EntryId, key: KeySid) -> Result<Entry, RecordsError> {
        self.change(id, move |transaction, entry| {
            if entry.key.as_ref().is_some_and(|known| *known != key) {
                return Err(RecordsError::WrongEntry);
            }
            step(transaction, entry, Stage::DeleteDue, Timestamp::now())?;
            transaction.execute(
                "UPDATE journal SET key = ?2 WHERE id = ?1",
                params![entry.id, key],
            )?;
            Ok(())
        })
        .await
    }

    /// That a key which was to be deleted is wanted after all: its sealed copy is there, and it goes on from [`Stage::Sealed`].
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`] without a sealed copy; [`RecordsError::WrongStep`] unless it was to be deleted.
    pub async fn keep_after_all(&self, id: EntryId) -> Result<Entry, RecordsError> {
        self.change(id, move |transaction, entry| {
            if entry.stage != Stage::DeleteDue {
                return Err(RecordsError::WrongStep {
                    from: entry.stage,
                    to: Stage::Sealed,
                });
            }
            let sealed: bool = transaction.query_row(
                "SELECT EXISTS (SELECT 1 FROM sealed_copy WHERE key = ?1)",
                [&entry.key],
                |row| row.get(0),
            )?;
            if !sealed {
                return Err(RecordsError::NoSuchCredential);
            }
            step(transaction, entry, Stage::Sealed, Timestamp::now())
        })
        .await
    }

    /// Finished: stage [`Stage::Committed`] and the proof on the credential, in one transaction. The subaccount that a key was made for
    /// is finished with it.
    ///
    /// `proved_at` is when a live call signed with the key worked; `None` for a subaccount, or for a key that is kept although
    /// its proof is still to come.
    ///
    /// # Errors
    /// [`RecordsError::WrongStep`] unless it was renamed.
    pub async fn commit(
        &self,
        id: EntryId,
        proved_at: Option<Timestamp>,
    ) -> Result<Entry, RecordsError> {
        self.change(id, move |transaction, entry| {
            let now = Timestamp::now();
            if let Some(subaccount) = entry.follows {
                let subaccount = load(transaction, subaccount)?;
                if subaccount.stage == Stage::Renamed {
                    finish(transaction, &subaccount, now)?;
                }
            }
            finish(transaction, entry, now)?;
            match (&entry.key, proved_at) {
                (Some(key), Some(proved_at)) => {
                    credentials::set_proved(transaction, key, proved_at)
                }
                _ => Ok(()),
            }
        })
        .await
    }

    /// That Twilio was asked for the entry's tag at `at` and had nothing by that name.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchEntry`]
    pub async fn note_lookup(&self, id: EntryId, at: Timestamp) -> Result<Entry, RecordsError> {
        self.change(id, move |transaction, entry| {
            transaction.execute(
                "UPDATE journal SET looks = looks + 1, last_look = ?2, updated_at = ?3 WHERE id = ?1",
                params![entry.id, Utc(at), Utc(Timestamp::now())],
            )?;
            Ok(())
        })
        .await
    }

    /// What stopped the entry, as the window is told: JSON without a secret in it. It is forgotten when the entry comes to another stage.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchEntry`]
    pub async fn note_reason(
        &self,
        id: EntryId,
        reason: Option<String>,
    ) -> Result<Entry, RecordsError> {
        self.change(id, move |transaction, entry| {
            transaction.execute(
                "UPDATE journal SET reason = ?2, updated_at = ?3 WHERE id = ?1",
                params![entry.id, reason, Utc(Timestamp::now())],
            )?;
            Ok(())
        })
        .await
    }

    /// Loads an entry, changes it, and answers what it is afterwards.
    async fn change<F>(&self, id: EntryId, work: F) -> Result<Entry, RecordsError>
    where
        F: FnOnce(&Transaction<'_>, &Entry) -> Result<(), RecordsError> + Send + 'static,
    {
        self.write(move |transaction| {
            let entry = load(transaction, id)?;
            work(transaction, &entry)?;
            load(transaction, id)
        })
        .await
    }
}

/// Takes an entry to its good end.
fn finish(transaction: &Transaction<'_>, entry: &Entry, at: Timestamp) -> Result<(), RecordsError> {
    step(transaction, entry, Stage::Committed, at)?;
    // One that an earlier version began was not noted when it was made.
    note_created(transaction, entry, at, None)
}

/// That it exists goes into the activity when that is known, so that what was made first stands first; once.
fn note_created(
    transaction: &Transaction<'_>,
    entry: &Entry,
    at: Timestamp,
    request_id: Option<String>,
) -> Result<(), RecordsError> {
    let what = match entry.intent {
        Intent::Subaccount { .. } => ActivityKind::SubaccountCreated,
        Intent::Key { .. } => ActivityKind::KeyCreated,
    };
    let (account, key) = (entry.account.clone(), entry.key.clone());
    let activity = Activity::of_this_user(at, what, account, key, entry.intent.name());
    activity::note_once(transaction, &activity.with_request(request_id))
}

/// The key has its plain name at Twilio now.
fn rename_key(
    transaction: &Transaction<'_>,
    entry: &Entry,
    key: &KeySid,
    at: Timestamp,
) -> Result<(), RecordsError> {
    let Some(account) = &entry.account else {
        return Err(RecordsError::WrongEntry);
    };
    let named = TwilioKey {
        key: key.clone(),
        region: entry.region,
        name: entry.intent.name().to_owned(),
        created_at: None,
    };
    keys::upsert(transaction, account, &named, at)
}

/// The subaccount has its plain name at Twilio now.
fn rename_subaccount(transaction: &Transaction<'_>, entry: &Entry) -> Result<(), RecordsError> {
    transaction.execute(
        "UPDATE subaccount SET name = ?2, seen_at = ?3 WHERE account = ?1",
        params![entry.account, entry.intent.name(), Utc(Timestamp::now())],
    )?;
    Ok(())
}
