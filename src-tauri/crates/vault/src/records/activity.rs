//! What happened, for the admin to look back on. Never trimmed by the program.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use terms::{AccountSid, KeySid};

use super::convert::{Utc, readable, words};
use super::{Records, RecordsError};

words! {
    /// A kind of thing that happened, as the records and the window have it.
    #[derive(serde::Serialize)]
    #[cfg_attr(feature = "types", derive(specta::Type))]
    #[serde(rename_all = "camelCase")]
    pub enum ActivityKind {
        /// The parent account was connected.
        Connected = "connected",
        /// The parent account was disconnected.
        Disconnected = "disconnected",
        /// A subaccount was created.
        SubaccountCreated = "subaccount_created",
        /// A subaccount was given another name; the detail is the one before.
        SubaccountRenamed = "subaccount_renamed",
        /// A subaccount was suspended; the detail is its user's reason, if there was one.
        SubaccountSuspended = "subaccount_suspended",
        /// A suspended subaccount was brought back.
        SubaccountReactivated = "subaccount_reactivated",
        /// A subaccount was closed for ever.
        SubaccountClosed = "subaccount_closed",
        /// A phone number was moved to another account; the detail is the number and that account's SID.
        NumberMoved = "number_moved",
        /// A phone number was released; the detail is the number.
        NumberReleased = "number_released",
        /// An API key was created, and its secret arrived.
        KeyCreated = "key_created",
        /// The secret of a key that was made elsewhere was saved.
        KeyAdopted = "key_adopted",
        /// An API key was given another name; the detail is the one before.
        KeyRenamed = "key_renamed",
        /// An API key was deleted at Twilio.
        KeyDeleted = "key_deleted",
        /// A credential was handed over; the detail is the id of the service it went to.
        HandedOver = "handed_over",
        /// Handing a credential over was put off.
        HandOverPostponed = "hand_over_postponed",
        /// A secret was copied to the clipboard.
        SecretCopied = "secret_copied",
        /// A secret was shown on the screen.
        SecretShown = "secret_shown",
        /// A credential was removed from this computer.
        CredentialRemoved = "credential_removed",
        /// A key whose secret never arrived was deleted at Twilio.
        UnusableKeyDeleted = "unusable_key_deleted",
        /// What Twilio had not answered turned out not to have been made.
        NothingWasMade = "nothing_was_made",
        /// A lost keychain item was put back from its sealed copy.
        CredentialRestored = "credential_restored",
        /// A recovery passphrase was set or changed.
        PassphraseSet = "passphrase_set",
        /// A backup was restored; the detail is how many keys came back.
        BackupRestored = "backup_restored",
        /// Secrets were written into a file for another program; the detail is how many.
        Exported = "exported",
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// When.
    pub at: Timestamp,
    /// The account it concerns.
    pub account: Option<AccountSid>,
    /// The key it concerns.
    pub key: Option<KeySid>,
    /// What it was.
    pub what: ActivityKind,
    /// A name or word to go with it. Never a secret.
    pub detail: String,
}

impl Activity {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            at: row.get::<_, Utc>("at")?.0,
            account: row.get("account")?,
            key: row.get("key")?,
            what: row.get("what")?,
            detail: row.get("detail")?,
        })
    }
}

/// The newest, each with the name that its subaccount has now.
const NEWEST: &str = "SELECT activity.*, (SELECT name FROM subaccount WHERE subaccount.account = activity.account) AS name
    FROM activity WHERE ?1 IS NULL OR account = ?1 ORDER BY at DESC, id DESC LIMIT ?2";

/// Writes one down inside another transaction.
pub(super) fn note(connection: &Connection, activity: &Activity) -> Result<(), RecordsError> {
    connection.execute(
        "INSERT INTO activity (at, account, key, what, detail, parent) VALUES (?1, ?2, ?3, ?4, ?5, coalesce(
             (SELECT parent FROM subaccount WHERE account = ?2),
             (SELECT parent FROM credential WHERE account = ?2),
             CASE WHEN ?4 IN ('connected', 'disconnected') THEN ?2 END
         ))",
        params![
            Utc(activity.at),
            activity.account,
            activity.key,
            activity.what,
            activity.detail
        ],
    )?;
    Ok(())
}

/// The same, unless it is known already that this happened to this account and key.
pub(super) fn note_once(connection: &Connection, activity: &Activity) -> Result<(), RecordsError> {
    let known: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM activity WHERE what = ?1 AND account IS ?2 AND key IS ?3)",
        params![activity.what, activity.account, activity.key],
        |row| row.get(0),
    )?;
    if known {
        return Ok(());
    }
    note(connection, activity)
}

impl Records {
    /// Writes down what happened.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn note_activity(&self, activity: Activity) -> Result<(), RecordsError> {
        self.write(move |transaction| note(transaction, &activity))
            .await
    }

    /// The newest `limit` things that happened, newest first; of one account, or of all.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn activity(
        &self,
        account: Option<AccountSid>,
        limit: u32,
    ) -> Result<Vec<Activity>, RecordsError> {
        let named = self.named_activity(account, limit).await?;
        Ok(named.into_iter().map(|(activity, _)| activity).collect())
    }

    /// The last time that a subaccount was suspended or reactivated from here.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn last_status_change(
        &self,
        account: AccountSid,
    ) -> Result<Option<Activity>, RecordsError> {
        self.read(move |connection| {
            let row = connection.query_row(
                "SELECT * FROM activity WHERE account = ?1 AND what IN (?2, ?3) ORDER BY at DESC, id DESC LIMIT 1",
                params![
                    account,
                    ActivityKind::SubaccountSuspended,
                    ActivityKind::SubaccountReactivated
                ],
                Activity::from_row,
            );
            Ok(row.optional()?)
        })
        .await
    }

    /// The same, each with the name that its subaccount has now; without one where it concerns none, or one that Twilio did not list.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn named_activity(
        &self,
        account: Option<AccountSid>,
        limit: u32,
    ) -> Result<Vec<(Activity, Option<String>)>, RecordsError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(NEWEST)?;
            let named = |row: &Row<'_>| Ok((Activity::from_row(row)?, row.get("name")?));
            Ok(readable(
                statement.query_map(params![account, limit], named)?,
            )?)
        })
        .await
    }
}
