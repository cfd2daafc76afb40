//! What happened, for the admin to look back on. Never trimmed by the program.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use terms::{AccountSid, KeySid};

use super::computer_user::ComputerUser;
use super::convert::{Utc, readable, utc, words};
use super::{Records, RecordsError};

words! {
    /// A kind of thing that happened, as the records and the window have it.
    #[derive(serde::Serialize, serde::Deserialize)]
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
    /// Who did it; nothing where that was not noted.
    pub by: Option<ComputerUser>,
    /// Twilio's identifier of the request that it was done with, for Twilio's support.
    pub request_id: Option<String>,
}

/// Which of it is wanted. All of it, unless something is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Of these accounts alone.
    pub accounts: Option<Vec<AccountSid>>,
    /// Of these kinds alone.
    pub kinds: Option<Vec<ActivityKind>>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

/// What a filter found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundActivity {
    /// The newest, each with the name that its subaccount has now; without one where it concerns none, or one that Twilio did not list.
    pub newest: Vec<(Activity, Option<String>)>,
    /// How many there are in all.
    pub count: u32,
}

impl Activity {
    /// What the user of this computer did, without a request to Twilio.
    pub fn of_this_user(
        at: Timestamp,
        what: ActivityKind,
        account: Option<AccountSid>,
        key: Option<KeySid>,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            at,
            account,
            key,
            what,
            detail: detail.into(),
            by: ComputerUser::of_this_process(),
            request_id: None,
        }
    }

    /// The same, done with this request.
    pub fn with_request(self, request_id: Option<String>) -> Self {
        Self { request_id, ..self }
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let user: Option<String> = row.get("user")?;
        let computer: Option<String> = row.get("computer")?;
        Ok(Self {
            by: user.map(|name| ComputerUser {
                name,
                computer: computer.unwrap_or_default(),
            }),
            request_id: row.get("request_id")?,
            at: row.get::<_, Utc>("at")?.0,
            account: row.get("account")?,
            key: row.get("key")?,
            what: row.get("what")?,
            detail: row.get("detail")?,
        })
    }
}

/// What a filter leaves; its parameters are the first four.
const LEFT: &str =
    "FROM activity WHERE (?1 IS NULL OR account IN (SELECT value FROM json_each(?1)))
    AND (?2 IS NULL OR what IN (SELECT value FROM json_each(?2)))
    AND (?3 IS NULL OR at >= ?3) AND (?4 IS NULL OR at < ?4)";

/// A filter as the parameters of these queries.
type FilterParameters = (Option<String>, Option<String>, Option<Utc>, Option<Utc>);

fn parameters_of(filter: ActivityFilter) -> FilterParameters {
    let kinds = filter.kinds.map(|kinds| {
        let words = kinds.iter().map(|kind| kind.as_str());
        json_of(words.collect::<Vec<_>>())
    });
    let accounts = filter.accounts.map(json_of);
    (accounts, kinds, utc(filter.since), utc(filter.until))
}

/// The newest of them, each with the name that its subaccount has now.
fn newest(
    connection: &Connection,
    (accounts, kinds, since, until): &FilterParameters,
    limit: u32,
) -> Result<Vec<(Activity, Option<String>)>, RecordsError> {
    let query = format!(
        "SELECT activity.*, (SELECT name FROM subaccount WHERE subaccount.account = activity.account) AS name
         {LEFT} ORDER BY at DESC, id DESC LIMIT ?5"
    );
    let mut statement = connection.prepare_cached(&query)?;
    let named = |row: &Row<'_>| Ok((Activity::from_row(row)?, row.get("name")?));
    let rows = statement.query_map(params![accounts, kinds, since, until, limit], named)?;
    Ok(readable(rows)?)
}

/// Writes one down inside another transaction.
pub(super) fn note(connection: &Connection, activity: &Activity) -> Result<(), RecordsError> {
    connection.execute(
        "INSERT INTO activity (at, account, key, what, detail, user, computer, request_id, parent)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce(
             (SELECT parent FROM subaccount WHERE account = ?2),
             (SELECT parent FROM credential WHERE account = ?2),
             CASE WHEN ?4 IN ('connected', 'disconnected') THEN ?2 END
         ))",
        params![
            Utc(activity.at),
            activity.account,
            activity.key,
            activity.what,
            activity.detail,
            activity.by.as_ref().map(|user| &user.name),
            activity.by.as_ref().map(|user| &user.computer),
            activity.request_id
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
        let named = self.newest_activity(account, limit).await?;
        Ok(named.into_iter().map(|(activity, _)| activity).collect())
    }

    /// The same, each with the name that its subaccount has now; without one where it concerns none, or one that Twilio did not list.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn newest_activity(
        &self,
        account: Option<AccountSid>,
        limit: u32,
    ) -> Result<Vec<(Activity, Option<String>)>, RecordsError> {
        let filter = parameters_of(ActivityFilter {
            accounts: account.map(|account| vec![account]),
            ..ActivityFilter::default()
        });
        self.read(move |connection| newest(connection, &filter, limit))
            .await
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

    /// The newest `limit` things that happened, newest first, of those that a filter leaves.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn find_activity(
        &self,
        filter: ActivityFilter,
        limit: u32,
    ) -> Result<FoundActivity, RecordsError> {
        let filter = parameters_of(filter);
        self.read(move |connection| {
            let newest = newest(connection, &filter, limit)?;
            let (accounts, kinds, since, until) = filter;
            let mut statement = connection.prepare_cached(&format!("SELECT count(*) {LEFT}"))?;
            let count =
                statement.query_row(params![accounts, kinds, since, until], |row| row.get(0))?;
            Ok(FoundActivity { newest, count })
        })
        .await
    }
}

/// As SQLite's `json_each` takes a list.
fn json_of(words: impl serde::Serialize) -> String {
    serde_json::json!(words).to_string()
}
