//! The layout of the database, and how an older one is brought up to date.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rusqlite::{Connection, ErrorCode};
use rusqlite_migration::{M, Migrations};

use super::RecordsError;

/// Each released layout in order. One that has been released is never edited; changes are added below it. A new word in a column is a new
/// layout too: a row that a program cannot read is damage to it.
const STEPS: &[&str] = &[
    include_str!("schema/001_start.sql"),
    include_str!("schema/002_recovery_and_backup.sql"),
    include_str!("schema/003_parents_regions_and_reasons.sql"),
    include_str!("schema/004_operations.sql"),
    include_str!("schema/005_customers_and_replacements.sql"),
];

/// The layout this program writes.
pub(super) fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// The layout a database has; 0 for an empty one.
pub(super) fn version(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// What a layout is made of: the name of each table, index and view, and the statement that makes it.
type Parts = BTreeSet<(Vec<u8>, Vec<u8>)>;

/// Whether a database has all parts of its layout as they are meant to be, and none of a later one. SQLite's own check does not know
/// what is meant: a bit that flipped in the name of a column, or in the layout's number, is sound to it, and every read of that column
/// or every start fails.
pub(super) fn is_intact(connection: &Connection, version: i64) -> Result<bool, rusqlite::Error> {
    static MEANT: LazyLock<Vec<Parts>> = LazyLock::new(|| {
        (0..=STEPS.len())
            .filter_map(|steps| meant(steps).ok())
            .collect()
    });
    let meant = usize::try_from(version)
        .ok()
        .and_then(|version| MEANT.get(version));
    let (Some(meant), Some(newest)) = (meant, MEANT.last()) else {
        return Ok(false);
    };
    let parts = parts(connection)?;
    let mut later = newest.difference(meant);
    Ok(meant.is_subset(&parts) && !later.any(|part| parts.contains(part)))
}

/// Whether SQLite, which has read the schema once, reads it again when it is told to
/// (<https://www.sqlite.org/pragma.html#pragma_writable_schema>). A spoilt number for the text encoding is UTF-8 to it the first time, and
/// an error from then on: every migration and every copy would fail.
pub(super) fn is_readable_again(connection: &Connection) -> Result<bool, rusqlite::Error> {
    connection.pragma_update(None, "writable_schema", "RESET")?;
    let read = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match read {
        Ok(()) => Ok(true),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::Unknown) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The parts after the first so many steps.
fn meant(steps: usize) -> Result<Parts, rusqlite::Error> {
    let model = Connection::open_in_memory()?;
    for step in STEPS.iter().take(steps) {
        model.execute_batch(step)?;
    }
    parts(&model)
}

fn parts(connection: &Connection) -> Result<Parts, rusqlite::Error> {
    let mut statement =
        connection.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
    let parts = statement.query_map([], |row| {
        let bytes = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_bytes()?.to_owned());
        Ok((bytes(0)?, bytes(1)?))
    })?;
    parts.collect()
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
