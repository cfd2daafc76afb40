//! Writing down what is about to be created.

use jiff::Timestamp;
use rusqlite::{Transaction, params};
use terms::{AccountSid, Tag};

use super::super::convert::Utc;
use super::super::{Records, RecordsError};
use super::reading::load;
use super::{Entry, EntryId, Intent, Stage, intent};

impl Records {
    /// Writes down what is about to be created. Nothing may be sent before [`Records::mark_sent`].
    ///
    /// # Errors
    /// What the write failed with; nothing may be created then.
    pub async fn plan(
        &self,
        intent: Intent,
        parent: AccountSid,
        tag: Tag,
    ) -> Result<Entry, RecordsError> {
        self.write(move |transaction| insert(transaction, &intent, &parent, &tag, None))
            .await
    }

    /// Plans the key that a subaccount's entry asks for. One that was planned before and is unfinished or committed is
    /// answered instead, so that an interrupted run never plans a second.
    ///
    /// # Errors
    /// [`RecordsError::WrongEntry`] when the entry asks for no key or its subaccount is not known yet.
    pub async fn plan_key_after(
        &self,
        subaccount: EntryId,
        tag: Tag,
    ) -> Result<Entry, RecordsError> {
        self.write(move |transaction| {
            let first = load(transaction, subaccount)?;
            let mut statement = transaction
                .prepare_cached("SELECT * FROM journal WHERE follows = ?1 ORDER BY id DESC")?;
            for planned in statement.query_map([subaccount], Entry::from_row)? {
                let planned = planned?;
                if !planned.stage.is_closed() || planned.stage == Stage::Committed {
                    return Ok(planned);
                }
            }
            let (
                Intent::Subaccount {
                    name: account_name,
                    then_key: Some(name),
                },
                Some(account),
            ) = (first.intent, first.account)
            else {
                return Err(RecordsError::WrongEntry);
            };
            let intent = Intent::Key {
                account,
                account_name,
                name,
                replaces: None,
            };
            insert(transaction, &intent, &first.parent, &tag, Some(subaccount))
        })
        .await
    }
}

fn insert(
    transaction: &Transaction<'_>,
    wanted: &Intent,
    parent: &AccountSid,
    tag: &Tag,
    follows: Option<EntryId>,
) -> Result<Entry, RecordsError> {
    let (kind, body) = intent::stored(wanted)?;
    let account = match wanted {
        Intent::Subaccount { .. } => None,
        Intent::Key { account, .. } => Some(account),
    };
    transaction.execute(
        "INSERT INTO journal
             (kind, name, body, tag, stage, parent, account, created_at, updated_at, follows)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)",
        params![
            kind,
            wanted.name(),
            body,
            tag,
            Stage::Planned,
            parent,
            account,
            Utc(Timestamp::now()),
            follows
        ],
    )?;
    load(transaction, EntryId::new(transaction.last_insert_rowid()))
}
