//! Rolling copies of the database, and where broken ones go.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::database::{FILE, alone, within};
use super::order::{Mark, in_order};
use super::{RecordsError, restore_note, schema};
use crate::{durable, private};

const COPIES: &str = "copies";
const SET_ASIDE: &str = "set aside";
/// How many copies are kept: at one a day, two weeks.
const KEPT: usize = 14;
const OLD_ENOUGH: SignedDuration = SignedDuration::from_hours(24);

/// The copies there are, in the order in which they were made.
pub(super) fn copies(folder: &Path) -> Result<Vec<(Mark, PathBuf)>, RecordsError> {
    let mut copies = marked(&folder.join(COPIES), |name| {
        name.strip_prefix("records ")?.strip_suffix(".db")
    })?;
    in_order(&mut copies, Timestamp::now());
    Ok(copies)
}

/// The places of broken databases, in the order in which they were put there.
fn set_aside_places(folder: &Path) -> Result<Vec<(Mark, PathBuf)>, RecordsError> {
    let mut places = marked(&folder.join(SET_ASIDE), |name| Some(name))?;
    in_order(&mut places, Timestamp::now());
    Ok(places)
}

/// What has a mark in its name, which `mark_in` takes out of it.
fn marked(
    folder: &Path,
    mark_in: fn(&str) -> Option<&str>,
) -> Result<Vec<(Mark, PathBuf)>, RecordsError> {
    let mut found = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(error.into()),
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if let Some(mark) = name.and_then(mark_in).and_then(Mark::parse) {
            found.push((mark, path));
        }
    }
    Ok(found)
}

/// The mark of what comes after everything that is there.
fn next_mark(folder: &Path) -> Result<Mark, RecordsError> {
    let (copies, places) = (copies(folder)?, set_aside_places(folder)?);
    let all = copies.iter().chain(&places).map(|(mark, _)| mark);
    Ok(Mark::after(all, Timestamp::now()))
}

/// Makes a copy if the newest is a day old, or if the layout is about to change.
pub(super) fn copy_if_due(folder: &Path, connection: &Connection) -> Result<(), RecordsError> {
    let version = schema::version(connection)?;
    if version == 0 {
        return Ok(());
    }
    let now = Timestamp::now();
    let copies = copies(folder)?;
    let fresh = copies.last().is_some_and(|(mark, _)| {
        let age = now.duration_since(mark.at);
        // A copy from the future means that the clock was wrong once; it does not count.
        !age.is_negative() && age < OLD_ENOUGH
    });
    if fresh && version == schema::newest() {
        return Ok(());
    }
    copy(folder, connection)
}

/// Makes a copy, and removes the oldest beyond what is kept. It is written beside its place, synced, and only then given its name.
pub(super) fn copy(folder: &Path, connection: &Connection) -> Result<(), RecordsError> {
    let mark = next_mark(folder)?;
    let copies = copies(folder)?;
    let place = folder.join(COPIES);
    private::folder(&place)?;
    let partial = place.join("unfinished.db");
    private::remove_if_there(&partial)?;
    // SQLite fills a file that is there and empty, and would make one that others may read.
    drop(private::new_file(&partial)?);
    connection.execute("VACUUM INTO ?1", [path_to_sqlite(&partial)])?;
    File::options().write(true).open(&partial)?.sync_all()?;
    durable::rename(&partial, &place.join(format!("records {mark}.db")))?;
    durable::sync_folder(&place)?;
    // The new one is not in the list yet.
    for (_, old) in copies.iter().take((copies.len() + 1).saturating_sub(KEPT)) {
        private::remove_if_there(old)?;
    }
    Ok(())
}

/// A path as SQLite opens it: its bytes, which need not be UTF-8 on Unix.
fn path_to_sqlite(path: &Path) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(ValueRef::Text(path.as_os_str().as_encoded_bytes()))
}

/// Whether a database that says nothing stands where there was one: it has a copy, and something in its log.
pub(super) fn has_lost_something(folder: &Path) -> Result<bool, RecordsError> {
    let log = match fs::metadata(folder.join(format!("{FILE}-wal"))) {
        Ok(log) => log.len() > 0,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(error.into()),
    };
    Ok(log && !copies(folder)?.is_empty())
}

/// Moves the database and its companions into a folder of their own.
pub(super) fn set_aside(folder: &Path) -> Result<(), RecordsError> {
    let all = folder.join(SET_ASIDE);
    private::folder(&all)?;
    let place = all.join(next_mark(folder)?.to_string());
    private::folder(&place)?;
    for suffix in ["", "-wal", "-shm"] {
        let name = format!("{FILE}{suffix}");
        match durable::rename(&folder.join(&name), &place.join(&name)) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    durable::sync_folder(folder)?;
    Ok(())
}

/// Every file that was set aside.
pub(super) fn all_set_aside(folder: &Path) -> Result<Vec<PathBuf>, RecordsError> {
    let mut files = Vec::new();
    let places = match fs::read_dir(folder.join(SET_ASIDE)) {
        Ok(places) => places,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(files),
        Err(error) => return Err(error.into()),
    };
    for place in places {
        for file in fs::read_dir(place?.path())? {
            files.push(file?.path());
        }
    }
    Ok(files)
}

/// What a kill may have left of a copy or of a replacement.
pub(super) fn unfinished(folder: &Path) -> [PathBuf; 2] {
    [
        folder.join(COPIES).join("unfinished.db"),
        folder.join("restoring.db"),
    ]
}

/// Puts the newest copy that `is_sound` in the place of the database, with a note of it inside. The copy itself stays.
///
/// Without one the records begin anew; answered is then where a broken database was put, if there was one.
pub(super) fn replace(
    folder: &Path,
    is_sound: impl Fn(&Path) -> bool,
) -> Result<Option<PathBuf>, RecordsError> {
    let newest_set_aside = set_aside_places(folder)?.pop();
    for (mark, copy) in newest_first(copies(folder)?) {
        if !is_sound(&copy) {
            continue;
        }
        let partial = folder.join("restoring.db");
        private::copy(&copy, &partial)?;
        let set_aside = newest_set_aside
            .filter(|(place, _)| place.is_after(&mark, Timestamp::now()))
            .map(|(_, place)| within(folder, &place));
        restore_note::note_in(&partial, mark.at, set_aside)?;
        File::options().write(true).open(&partial)?.sync_all()?;
        // Companions of a database that is gone or has been set aside would be replayed into the copy.
        private::remove_if_there(&folder.join(format!("{FILE}-wal")))?;
        private::remove_if_there(&folder.join(format!("{FILE}-shm")))?;
        durable::rename(&partial, &folder.join(FILE))?;
        durable::sync_folder(folder)?;
        return Ok(None);
    }
    Ok(newest_set_aside.map(|(_, place)| place))
}

/// Copies of before they were counted have only the time in their name; which of them is newer, what they hold says better.
fn newest_first(mut copies: Vec<(Mark, PathBuf)>) -> Vec<(Mark, PathBuf)> {
    copies.sort_by_cached_key(|(mark, copy)| {
        (
            mark.number,
            if mark.number == 0 { rows_ever(copy) } else { 0 },
        )
    });
    copies.reverse();
    copies
}

/// How many rows were ever written to the tables that number them, a sum that never falls.
fn rows_ever(copy: &Path) -> i64 {
    let read = || {
        let connection = alone(Connection::open(copy)?)?;
        let sum = "SELECT coalesce(sum(seq), 0) FROM sqlite_sequence";
        Ok::<i64, RecordsError>(connection.query_row(sum, [], |row| row.get(0))?)
    };
    read().unwrap_or(0)
}
