//! Writing what a backup held, all or nothing, without overwriting what is newer here.

use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};
use terms::KeySid;

use super::activity::{self, Activity, ActivityKind};
use super::connection::Connection;
use super::convert::{Utc, utc};
use super::customers::{self, Customer};
use super::subaccounts::{self, Subaccount};
use super::{ComputerUser, Records, RecordsError, credentials, sealed_copies};
use crate::backup::{Document, is_of_this_computer};
use crate::{Credential, Kept, SealedCopy};

/// A credential out of a backup.
pub(crate) struct RestoredCredential {
    /// Its secret, where it is not here yet.
    pub sealed: Option<SealedCopy>,
    /// What is known of it.
    pub credential: Credential,
}

/// Everything else out of a backup.
pub(crate) struct Rows {
    made_at: Timestamp,
    parent: Option<Connection>,
    subaccounts: Vec<Subaccount>,
    customers: Vec<Customer>,
    activity: Vec<Activity>,
    preferences: Vec<(String, String)>,
}

impl Document {
    /// The document's content but for its credentials, as rows. An activity of a word that is not known here is left out.
    pub(crate) fn rows(&self) -> Rows {
        Rows {
            made_at: self.made_at,
            parent: self.parent_account.as_ref().map(|parent| Connection {
                account: parent.account_sid.clone(),
                name: parent.name.clone(),
                kind: parent.kind.clone(),
                connected_at: parent.connected_at,
                balance: None,
                refreshed_at: None,
            }),
            subaccounts: self
                .subaccounts
                .iter()
                .map(|row| Subaccount {
                    account: row.account_sid.clone(),
                    parent: row.parent_account_sid.clone(),
                    name: row.name.clone(),
                    status: row.status.clone(),
                    created_at: row.created_at,
                    missing_since: None,
                })
                .collect(),
            customers: self
                .customers
                .iter()
                .map(|row| Customer {
                    account: row.account_sid.clone(),
                    number: row.customer_number.clone(),
                    tags: row.tags.clone(),
                    note: row.note.clone(),
                })
                .collect(),
            activity: self
                .activity
                .iter()
                .filter_map(|row| {
                    let what = ActivityKind::ALL
                        .iter()
                        .find(|kind| kind.as_str() == row.what)?;
                    Some(Activity {
                        at: row.at,
                        account: sid(row.account_sid.as_deref()),
                        key: sid(row.api_key_sid.as_deref()),
                        what: *what,
                        detail: row.detail.clone(),
                        by: row.user.clone().map(|name| ComputerUser {
                            name,
                            computer: row.computer.clone().unwrap_or_default(),
                        }),
                        request_id: row.request_id.clone(),
                    })
                })
                .collect(),
            preferences: self
                .preferences
                .iter()
                .filter(|(name, _)| !is_of_this_computer(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        }
    }
}

/// What is merely looked at may be without a SID that cannot be read.
fn sid<T: FromStr>(text: Option<&str>) -> Option<T> {
    text.and_then(|text| text.parse().ok())
}

impl Records {
    /// Writes everything in one transaction. Credentials that came with a secret are due to be proved. What the clock of the other
    /// computer said is not believed where it is still to come.
    pub(crate) async fn restore(
        &self,
        credentials: Vec<RestoredCredential>,
        rows: Rows,
        now: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            let seen_at = not_to_come(rows.made_at, now).unwrap_or(Timestamp::UNIX_EPOCH);
            for row in &rows.subaccounts {
                subaccounts::upsert(transaction, row, seen_at)?;
            }
            for row in &rows.customers {
                customers::keep_if_new(transaction, row)?;
            }
            for row in &credentials {
                merge(transaction, row, now)?;
            }
            if let Some(parent) = &rows.parent {
                connect_if_unconnected(transaction, parent)?;
            }
            for one in &rows.activity {
                note_if_new(transaction, one)?;
            }
            for (name, value) in &rows.preferences {
                transaction.execute(
                    "INSERT OR IGNORE INTO preference VALUES (?1, ?2)",
                    params![name, value],
                )?;
            }
            Ok(())
        })
        .await
    }

    /// The restored credentials that no live call has proved yet, by key.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn proofs_due(&self) -> Result<Vec<KeySid>, RecordsError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT key FROM proof_due ORDER BY key")?;
            let keys = statement.query_map([], |row| row.get(0))?;
            Ok(keys.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// That a restored credential was tried: it works, or Twilio does not know it any more.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn proof_done(&self, key: KeySid) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute("DELETE FROM proof_due WHERE key = ?1", [key])?;
            Ok(())
        })
        .await
    }
}

fn not_to_come(at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    (at <= now).then_some(at)
}

/// A credential that is not here is written as it was. Of one that is here, the later of each time stays; one that is here for another
/// account stays as it is, and gets no secret.
fn merge(
    transaction: &Transaction<'_>,
    row: &RestoredCredential,
    now: Timestamp,
) -> Result<(), RecordsError> {
    let one = &row.credential;
    let (handed_over_at, handed_over_to) = one
        .handed_over
        .as_ref()
        .map(|hand_over| (Utc(hand_over.at.min(now)), hand_over.service.as_str()))
        .unzip();
    let proved_at = one.proved_at.and_then(|at| not_to_come(at, now));
    let written = transaction
        .prepare_cached(
            "INSERT INTO credential (key, account, key_name, account_name, kept, created_at, proved_at,
                 handed_over_at, handed_over_to, postponed_at, removed_at_twilio, parent, region)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT (key) DO UPDATE SET
                 parent = coalesce(parent, excluded.parent),
                 proved_at = max(coalesce(proved_at, excluded.proved_at), coalesce(excluded.proved_at, proved_at)),
                 handed_over_to = CASE WHEN excluded.handed_over_at > coalesce(handed_over_at, '')
                     THEN excluded.handed_over_to ELSE handed_over_to END,
                 handed_over_at = CASE WHEN excluded.handed_over_at > coalesce(handed_over_at, '')
                     THEN excluded.handed_over_at ELSE handed_over_at END
             WHERE account = excluded.account",
        )?
        .execute(params![
            one.key,
            one.account,
            one.key_name,
            one.account_name,
            one.kept,
            Utc(one.created_at),
            utc(proved_at),
            handed_over_at,
            handed_over_to,
            utc(one.postponed_at),
            utc(one.removed_at_twilio),
            one.parent,
            one.region,
        ])?;
    let Some(sealed) = row.sealed.as_ref().filter(|_| written > 0) else {
        return Ok(());
    };
    sealed_copies::insert_copy(transaction, sealed, now)?;
    // Of one that is known here, the secret was lost; whether the keychain has it is found out when it is filled.
    credentials::set_kept(transaction, &one.key, Kept::SealedOnly)?;
    if one.removed_at_twilio.is_none() {
        transaction
            .prepare_cached("INSERT OR IGNORE INTO proof_due VALUES (?1, ?2)")?
            .execute(params![one.key, Utc(now)])?;
    }
    Ok(())
}

fn connect_if_unconnected(
    transaction: &Transaction<'_>,
    parent: &Connection,
) -> Result<(), RecordsError> {
    transaction.execute(
        "INSERT OR IGNORE INTO connection (only, account, name, kind, connected_at) VALUES (1, ?1, ?2, ?3, ?4)",
        params![
            parent.account,
            parent.name,
            parent.kind,
            Utc(parent.connected_at)
        ],
    )?;
    Ok(())
}

fn note_if_new(transaction: &Transaction<'_>, one: &Activity) -> Result<(), RecordsError> {
    let known = transaction
        .prepare_cached(
            "SELECT 1 FROM activity WHERE at = ?1 AND what = ?2 AND account IS ?3 AND key IS ?4",
        )?
        .query_row(params![Utc(one.at), one.what, one.account, one.key], |_| {
            Ok(())
        })
        .optional()?;
    match known {
        Some(()) => Ok(()),
        None => activity::note(transaction, one),
    }
}
