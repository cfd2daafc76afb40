//! The layout of the database, and how an older one is brought up to date.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::RecordsError;

/// Each released layout in order. One that has been released is never edited; changes are added below it.
const STEPS: &[&str] = &[
    include_str!("schema/001_start.sql"),
    include_str!("schema/002_recovery_and_backup.sql"),
];

/// The layout this program writes.
pub(super) fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// The layout a database has; 0 for an empty one.
pub(super) fn version(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings a database up to the newest layout, in one transaction a step.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), RecordsError> {
    let migrations: Migrations<'_> = STEPS.iter().map(|sql| M::up(sql)).collect();
    migrations
        .to_latest(connection)
        .map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => RecordsError::Database(other.to_string()),
        })
}
