//! Orders that were given at once, kept until each has ended and its user has seen what became of them.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, Transaction, params};
use terms::{AccountSid, Tag};

use super::convert::{Utc, words};
use super::journal::{Entry, Stage};
use super::{Records, RecordsError};

/// The number of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchId(i64);

impl BatchId {
    /// One that crossed to the window.
    pub fn new(number: i64) -> Self {
        Self(number)
    }

    /// As it crosses to the window.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl ToSql for BatchId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for BatchId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

words! {
    /// How far one order of a batch has come.
    pub enum BatchStage {
        /// It was not begun.
        Waiting = "waiting",
        /// It was begun. Whether it ended is unknown until its outcome is recorded.
        Begun = "begun",
        /// What it came to is known.
        Ended = "ended",
    }
}

/// One order of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchItem {
    /// Its place in the batch.
    pub number: u32,
    /// What was ordered, as those who order write it.
    pub body: String,
    /// The mark under which what it makes is in the journal.
    pub tag: Tag,
    /// How far it has come.
    pub stage: BatchStage,
    /// What it came to, as the window is told: JSON without a secret in it.
    pub outcome: Option<String>,
}

impl BatchItem {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            body: row.get("body")?,
            tag: row.get("tag")?,
            stage: row.get("stage")?,
            outcome: row.get("outcome")?,
        })
    }
}

/// Orders that were given at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub id: BatchId,
    /// The connected account for which they were given.
    pub parent: Option<AccountSid>,
    /// When they were given.
    pub begun_at: Timestamp,
    /// The orders, in the order in which they were given.
    pub items: Vec<BatchItem>,
}

impl Records {
    /// Writes down what was ordered. Each order has a tag of its own from then on.
    ///
    /// # Errors
    /// What the write failed with; nothing is to be begun then.
    pub async fn plan_batch(
        &self,
        parent: Option<AccountSid>,
        bodies: Vec<String>,
    ) -> Result<Batch, RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "INSERT INTO batch (parent, begun_at) VALUES (?1, ?2)",
                params![parent, Utc(Timestamp::now())],
            )?;
            let id = BatchId(transaction.last_insert_rowid());
            let mut insert = transaction.prepare_cached(
                "INSERT INTO batch_item (batch, number, body, tag, stage) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (number, body) in bodies.iter().enumerate() {
                let number = i64::try_from(number).map_err(|_| RecordsError::WrongEntry)?;
                insert.execute(params![id, number, body, Tag::random(), BatchStage::Waiting])?;
            }
            load(transaction, id)
        })
        .await
    }

    /// That an order is about to be begun. Answers under which tag: another one where under the one before nothing was made.
    ///
    /// # Errors
    /// [`RecordsError::WrongEntry`] where there is no such order, or it has ended.
    pub async fn begin_batch_item(&self, batch: BatchId, number: u32) -> Result<Tag, RecordsError> {
        self.write(move |transaction| {
            let item = item(transaction, batch, number)?;
            if item.stage == BatchStage::Ended {
                return Err(RecordsError::WrongEntry);
            }
            let made_nothing = entry_tagged(transaction, &item.tag)?
                .is_some_and(|entry| matches!(entry.stage, Stage::NotCreated | Stage::Revoked));
            let tag = if made_nothing {
                Tag::random()
            } else {
                item.tag
            };
            transaction.execute(
                "UPDATE batch_item SET stage = ?3, tag = ?4 WHERE batch = ?1 AND number = ?2",
                params![batch, number, BatchStage::Begun, tag],
            )?;
            Ok(tag)
        })
        .await
    }

    /// Another tag for what is made anew after what was made under the one before came to nothing. The order of a batch that had that one has
    /// this one from now on, so that whoever resumes it finds what was made last.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn tag_after(&self, before: Tag) -> Result<Tag, RecordsError> {
        self.write(move |transaction| {
            let tag = Tag::random();
            transaction.execute(
                "UPDATE batch_item SET tag = ?2 WHERE tag = ?1",
                params![before, tag],
            )?;
            Ok(tag)
        })
        .await
    }

    /// What an order came to, as the window is told: JSON without a secret in it.
    ///
    /// # Errors
    /// [`RecordsError::WrongEntry`] where there is no such order.
    pub async fn end_batch_item(
        &self,
        batch: BatchId,
        number: u32,
        outcome: String,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            let changed = transaction.execute(
                "UPDATE batch_item SET stage = ?3, outcome = ?4 WHERE batch = ?1 AND number = ?2",
                params![batch, number, BatchStage::Ended, outcome],
            )?;
            if changed == 0 {
                return Err(RecordsError::WrongEntry);
            }
            Ok(())
        })
        .await
    }

    /// One batch.
    ///
    /// # Errors
    /// [`RecordsError::WrongEntry`] where there is none.
    pub async fn batch(&self, id: BatchId) -> Result<Batch, RecordsError> {
        self.read(move |connection| load(connection, id)).await
    }

    /// All batches that are kept, oldest first.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn batches(&self) -> Result<Vec<Batch>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT id FROM batch ORDER BY id")?;
            let ids = statement.query_map([], |row| row.get(0))?;
            let ids = ids.collect::<Result<Vec<BatchId>, _>>()?;
            ids.into_iter().map(|id| load(connection, id)).collect()
        })
        .await
    }

    /// Forgets a batch. What its orders have made stays.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn discard_batch(&self, id: BatchId) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute("DELETE FROM batch WHERE id = ?1", [id])?;
            Ok(())
        })
        .await
    }

    /// The journal's entry under this tag.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn entry_tagged(&self, tag: Tag) -> Result<Option<Entry>, RecordsError> {
        self.read(move |connection| entry_tagged(connection, &tag))
            .await
    }
}

fn load(connection: &Connection, id: BatchId) -> Result<Batch, RecordsError> {
    let batch = connection
        .query_row(
            "SELECT parent, begun_at FROM batch WHERE id = ?1",
            [id],
            |row| Ok((row.get("parent")?, row.get::<_, Utc>("begun_at")?.0)),
        )
        .optional()?;
    let (parent, begun_at) = batch.ok_or(RecordsError::WrongEntry)?;
    let mut statement =
        connection.prepare_cached("SELECT * FROM batch_item WHERE batch = ?1 ORDER BY number")?;
    let items = statement.query_map([id], BatchItem::from_row)?;
    Ok(Batch {
        id,
        parent,
        begun_at,
        items: items.collect::<Result<_, _>>()?,
    })
}

fn item(
    transaction: &Transaction<'_>,
    batch: BatchId,
    number: u32,
) -> Result<BatchItem, RecordsError> {
    transaction
        .query_row(
            "SELECT * FROM batch_item WHERE batch = ?1 AND number = ?2",
            params![batch, number],
            BatchItem::from_row,
        )
        .optional()?
        .ok_or(RecordsError::WrongEntry)
}

fn entry_tagged(connection: &Connection, tag: &Tag) -> Result<Option<Entry>, RecordsError> {
    Ok(connection
        .query_row(
            "SELECT * FROM journal WHERE tag = ?1",
            [tag],
            Entry::from_row,
        )
        .optional()?)
}
