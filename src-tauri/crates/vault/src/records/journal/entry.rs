//! What one row of the journal says.

use std::fmt;

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use terms::{AccountSid, KeySid, Region, Tag};

use super::super::convert::{Utc, words};
use super::intent::{self, Intent};

/// The number of a journal entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(i64);

impl EntryId {
    /// An id that was stored elsewhere.
    pub fn new(id: i64) -> Self {
        Self(id)
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ToSql for EntryId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for EntryId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

words! {
    /// How far an entry has come.
    pub enum Stage {
        /// Written down; no request has been sent.
        Planned = "planned",
        /// The creating request may have left this computer. Whether it worked is unknown until the answer is recorded.
        Sent = "sent",
        /// Key: it exists, and its secret is in a sealed copy.
        Sealed = "sealed",
        /// Subaccount: it exists and its SID is known.
        Adopted = "adopted",
        /// Key: the secret is in the keychain and was read back.
        Kept = "kept",
        /// It has its plain name at Twilio.
        Renamed = "renamed",
        /// Finished. For a key: proved by a live call, or kept on the user's word.
        Committed = "committed",
        /// It is certain that nothing was created.
        NotCreated = "not_created",
        /// Key: it is to be deleted at Twilio, because its secret never arrived or is not wanted.
        DeleteDue = "delete_due",
        /// Key: it is gone at Twilio.
        Revoked = "revoked",
    }
}

impl Stage {
    /// Whether nothing is left to do.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Committed | Self::NotCreated | Self::Revoked)
    }

    /// Whether an entry of this intent may go from this stage to `next`.
    ///
    /// A key whose secret is held ends committed, or deleted at Twilio.
    pub fn may_become(self, next: Self, intent: &Intent) -> bool {
        match intent {
            Intent::Subaccount { .. } => match self {
                Self::Planned => matches!(next, Self::Sent | Self::NotCreated),
                Self::Sent => matches!(next, Self::Adopted | Self::NotCreated),
                Self::Adopted => matches!(next, Self::Renamed),
                Self::Renamed => matches!(next, Self::Committed),
                _ => false,
            },
            Intent::Key { .. } => match self {
                Self::Planned => matches!(next, Self::Sent | Self::NotCreated),
                Self::Sent => matches!(
                    next,
                    Self::Sealed | Self::NotCreated | Self::DeleteDue | Self::Revoked
                ),
                Self::Sealed => matches!(next, Self::Kept | Self::DeleteDue | Self::Revoked),
                Self::Kept => matches!(next, Self::Renamed | Self::DeleteDue | Self::Revoked),
                Self::Renamed => matches!(next, Self::Committed | Self::DeleteDue | Self::Revoked),
                // Sealed again: it was handed over before it could be deleted.
                Self::DeleteDue => matches!(next, Self::Sealed | Self::Revoked),
                _ => false,
            },
        }
    }
}

/// One row of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: EntryId,
    /// What is to be created.
    pub intent: Intent,
    /// The mark it carries at Twilio until it is safe.
    pub tag: Tag,
    /// How far it has come.
    pub stage: Stage,
    /// The connected account through which it is created.
    pub parent: AccountSid,
    /// For a key, the account it is in; for a subaccount, its own SID once it is known.
    pub account: Option<AccountSid>,
    /// The key's SID once it is known.
    pub key: Option<KeySid>,
    /// How often Twilio was asked for the tag.
    pub looks: u32,
    /// When that was last.
    pub last_look: Option<Timestamp>,
    /// When it was planned.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// For a key that was planned together with its subaccount, the subaccount's entry.
    pub follows: Option<EntryId>,
    /// Where a key is to be, or is.
    pub region: Region,
    /// What stopped it last since the stage changed, as the window is told: JSON.
    pub reason: Option<String>,
}

impl Entry {
    pub(in crate::records) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            intent: intent::of_row(row)?,
            tag: row.get("tag")?,
            stage: row.get("stage")?,
            parent: row.get("parent")?,
            account: row.get("account")?,
            key: row.get("key")?,
            looks: row.get("looks")?,
            last_look: row.get::<_, Option<Utc>>("last_look")?.map(|time| time.0),
            created_at: row.get::<_, Utc>("created_at")?.0,
            updated_at: row.get::<_, Utc>("updated_at")?.0,
            follows: row.get("follows")?,
            region: row.get("region")?,
            reason: row.get("reason")?,
        })
    }
}
