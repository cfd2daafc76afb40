//! Credentials that are saved here: what is known of them beside the secret.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Params, Row, Transaction, params};
use terms::{AccountSid, KeySid, Region};

use super::activity::{self, Activity, ActivityKind};
use super::convert::{Utc, words};
use super::{Records, RecordsError, refused};

words! {
    /// Where the secret is.
    pub enum Kept {
        /// In the keychain, read back there, and in a sealed copy.
        InKeychain = "in_keychain",
        /// In the sealed copy only, because the keychain did not take it or lost it.
        SealedOnly = "sealed_only",
    }
}

/// That a credential was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// When.
    pub at: Timestamp,
    /// The id of the service it went to.
    pub service: String,
}

/// A credential whose secret is saved here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The connected account that its account is of, where that is known.
    pub parent: Option<AccountSid>,
    /// The account it belongs to.
    pub account: AccountSid,
    /// Where at Twilio its key is.
    pub region: Region,
    /// The key's SID.
    pub key: KeySid,
    /// The key's plain name, without a tag.
    pub key_name: String,
    /// The account's name: the one it has in the records, which is the last that was read, or else the one it had when the key was saved.
    pub account_name: String,
    /// Where the secret is.
    pub kept: Kept,
    /// When the secret arrived.
    pub created_at: Timestamp,
    /// When a live call signed with it last worked.
    pub proved_at: Option<Timestamp>,
    /// When it was last handed over, and to what.
    pub handed_over: Option<HandOver>,
    /// When handing it over was put off, if it has not been done since.
    pub postponed_at: Option<Timestamp>,
    /// When the key was found to be gone at Twilio, or was deleted there.
    pub removed_at_twilio: Option<Timestamp>,
}

impl Credential {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let time = |column| {
            Ok::<_, rusqlite::Error>(row.get::<_, Option<Utc>>(column)?.map(|time| time.0))
        };
        let handed_over_to = row.get::<_, Option<String>>("handed_over_to")?;
        Ok(Self {
            parent: row.get("parent")?,
            account: row.get("account")?,
            region: row.get("region")?,
            key: row.get("key")?,
            key_name: row.get("key_name")?,
            account_name: row.get("account_name")?,
            kept: row.get("kept")?,
            created_at: row.get::<_, Utc>("created_at")?.0,
            proved_at: time("proved_at")?,
            handed_over: time("handed_over_at")?
                .zip(handed_over_to)
                .map(|(at, service)| HandOver { at, service }),
            postponed_at: time("postponed_at")?,
            removed_at_twilio: time("removed_at_twilio")?,
        })
    }
}

fn select(
    connection: &Connection,
    rest: &str,
    params: impl Params,
) -> Result<Vec<Credential>, RecordsError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT *, (SELECT name FROM subaccount
                    WHERE subaccount.account = credential.account AND name <> '') AS name_now
         FROM credential {rest}"
    ))?;
    let rows = statement.query_map(params, |row| {
        let saved = Credential::from_row(row)?;
        let now: Option<String> = row.get("name_now")?;
        Ok(Credential {
            account_name: now.unwrap_or(saved.account_name),
            ..saved
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Changes one credential; none of that key is an error.
fn update(
    transaction: &Transaction<'_>,
    sql: &str,
    params: impl Params,
) -> Result<(), RecordsError> {
    match transaction.execute(sql, params)? {
        0 => Err(RecordsError::NoSuchCredential),
        _ => Ok(()),
    }
}

pub(super) fn set_kept(
    transaction: &Transaction<'_>,
    key: &KeySid,
    kept: Kept,
) -> Result<(), RecordsError> {
    update(
        transaction,
        "UPDATE credential SET kept = ?2 WHERE key = ?1",
        params![key, kept],
    )
}

pub(super) fn set_proved(
    transaction: &Transaction<'_>,
    key: &KeySid,
    at: Timestamp,
) -> Result<(), RecordsError> {
    update(
        transaction,
        "UPDATE credential SET proved_at = ?2 WHERE key = ?1",
        params![key, Utc(at)],
    )?;
    transaction.execute("DELETE FROM proof_due WHERE key = ?1", [key])?;
    refused::forget(transaction, key)
}

/// That the key is gone at Twilio, if a credential of it is saved here.
pub(super) fn set_removed_at_twilio(
    transaction: &Transaction<'_>,
    key: &KeySid,
    at: Timestamp,
) -> Result<(), RecordsError> {
    transaction.execute(
        "UPDATE credential SET removed_at_twilio = coalesce(removed_at_twilio, ?2) WHERE key = ?1",
        params![key, Utc(at)],
    )?;
    transaction.execute("DELETE FROM twilio_key WHERE key = ?1", [key])?;
    Ok(())
}

/// Who deleted a key at Twilio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeletedBy {
    /// The user of this computer, with this request where its answer arrived.
    ThisUser {
        /// Twilio's identifier of it.
        request_id: Option<String>,
    },
    /// Whoever it was, the key was found to be gone.
    SomebodyElse,
}

/// Notes an activity of a saved credential.
pub(super) fn note(
    transaction: &Transaction<'_>,
    key: &KeySid,
    at: Timestamp,
    what: ActivityKind,
    detail: Option<&str>,
) -> Result<(), RecordsError> {
    activity::note(
        transaction,
        &activity_of(transaction, key, at, what, detail)?,
    )
}

fn activity_of(
    transaction: &Transaction<'_>,
    key: &KeySid,
    at: Timestamp,
    what: ActivityKind,
    detail: Option<&str>,
) -> Result<Activity, RecordsError> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
    let (account, key_name): (AccountSid, _) = transaction
        .query_row(
            "SELECT account, key_name FROM credential WHERE key = ?1",
            [key],
            read,
        )
        .optional()?
        .ok_or(RecordsError::NoSuchCredential)?;
    let detail = detail.map_or(key_name, str::to_owned);
    Ok(Activity::of_this_user(
        at,
        what,
        Some(account),
        Some(key.clone()),
        detail,
    ))
}

impl Records {
    /// Records that Twilio itself refused the key when it was tried: that it once worked is not true any more, and it is not tried
    /// again by itself.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`], or what the write failed with.
    pub async fn mark_refused(&self, key: KeySid, at: Timestamp) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            update(
                transaction,
                "UPDATE credential SET proved_at = NULL WHERE key = ?1",
                [&key],
            )?;
            transaction.execute("DELETE FROM proof_due WHERE key = ?1", [&key])?;
            refused::remember(transaction, &key, at)
        })
        .await
    }

    /// The keys that Twilio refused when they were last tried, and when that was.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn refused_keys(&self) -> Result<Vec<(KeySid, Timestamp)>, RecordsError> {
        self.read(refused::all).await
    }

    /// All saved credentials, by account name and key name.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn credentials(&self) -> Result<Vec<Credential>, RecordsError> {
        self.read(|connection| select(connection, "ORDER BY account_name, key_name, key", []))
            .await
    }

    /// The saved credentials of one account, newest first.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn credentials_of(
        &self,
        account: AccountSid,
    ) -> Result<Vec<Credential>, RecordsError> {
        self.read(move |connection| {
            select(
                connection,
                "WHERE account = ?1 ORDER BY created_at DESC, key",
                [account],
            )
        })
        .await
    }

    /// The saved credential of one key.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn credential(&self, key: KeySid) -> Result<Option<Credential>, RecordsError> {
        self.read(move |connection| Ok(select(connection, "WHERE key = ?1", [key])?.pop()))
            .await
    }

    /// The finished credentials whose secret only a sealed copy holds, by account name and key name.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn sealed_only(&self) -> Result<Vec<Credential>, RecordsError> {
        self.read(|connection| {
            select(
                connection,
                "WHERE kept = ?1 AND key NOT IN (SELECT key FROM unfinished WHERE key IS NOT NULL)
                     ORDER BY account_name, key_name, key",
                [Kept::SealedOnly],
            )
        })
        .await
    }

    /// Records where the secret is.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`], or what the write failed with.
    pub async fn mark_kept(&self, key: KeySid, kept: Kept) -> Result<(), RecordsError> {
        self.write(move |transaction| set_kept(transaction, &key, kept))
            .await
    }

    /// Records that a live call signed with the secret worked: here, and now, so that it is not due any more.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`], or what the write failed with.
    pub async fn mark_proved(&self, key: KeySid, at: Timestamp) -> Result<(), RecordsError> {
        self.write(move |transaction| set_proved(transaction, &key, at))
            .await
    }

    /// Records that the credential was handed over, with an activity.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`], or what the write failed with.
    pub async fn record_hand_over(
        &self,
        key: KeySid,
        hand_over: HandOver,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            update(
                transaction,
                "UPDATE credential SET handed_over_at = ?2, handed_over_to = ?3, postponed_at = NULL WHERE key = ?1",
                params![key, Utc(hand_over.at), hand_over.service],
            )?;
            note(transaction, &key, hand_over.at, ActivityKind::HandedOver, Some(&hand_over.service))
        })
        .await
    }

    /// Records that handing the credential over was put off, with an activity.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`], or what the write failed with.
    pub async fn postpone_hand_over(&self, key: KeySid, at: Timestamp) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            update(
                transaction,
                "UPDATE credential SET postponed_at = ?2 WHERE key = ?1",
                params![key, Utc(at)],
            )?;
            note(transaction, &key, at, ActivityKind::HandOverPostponed, None)
        })
        .await
    }

    /// Records that the key is gone at Twilio. The credential stays until it is removed.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`], or what the write failed with.
    pub async fn mark_removed_at_twilio(
        &self,
        key: KeySid,
        at: Timestamp,
        by: DeletedBy,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            let deleted = activity_of(transaction, &key, at, ActivityKind::KeyDeleted, None)?;
            let deleted = match by {
                DeletedBy::ThisUser { request_id } => deleted.with_request(request_id),
                DeletedBy::SomebodyElse => Activity {
                    by: None,
                    ..deleted
                },
            };
            activity::note(transaction, &deleted)?;
            set_removed_at_twilio(transaction, &key, at)
        })
        .await
    }

    /// Records that a key thought to be gone is at Twilio after all.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`], or what the write failed with.
    pub async fn mark_found_at_twilio(&self, key: KeySid) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            update(
                transaction,
                "UPDATE credential SET removed_at_twilio = NULL WHERE key = ?1",
                [&key],
            )
        })
        .await
    }

    /// Removes a credential and its sealed copy for good, with an activity. To be called only after its keychain item is gone.
    ///
    /// # Errors
    /// [`RecordsError::NoSuchCredential`], or what the write failed with.
    pub async fn remove_credential(&self, key: KeySid) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            note(
                transaction,
                &key,
                Timestamp::now(),
                ActivityKind::CredentialRemoved,
                None,
            )?;
            update(transaction, "DELETE FROM credential WHERE key = ?1", [&key])
        })
        .await
    }
}
