//! Rolling copies of the database, and where broken ones go.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::open::FILE;
use super::{RecordsError, restored, schema};

const COPIES: &str = "copies";
const SET_ASIDE: &str = "set aside";
/// How many copies are kept: at one a day, two weeks.
const KEPT: usize = 14;
const OLD_ENOUGH: SignedDuration = SignedDuration::from_hours(24);
/// The time in a copy's name; no colons, which Windows does not allow.
const NAME_TIME: &str = "%Y-%m-%dT%H-%M-%S%.fZ";

/// The copies there are, oldest first.
pub(super) fn copies(folder: &Path) -> Result<Vec<(Timestamp, PathBuf)>, RecordsError> {
    let mut copies = Vec::new();
    let entries = match fs::read_dir(folder.join(COPIES)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(copies),
        Err(error) => return Err(error.into()),
    };
    for entry in entries {
        let path = entry?.path();
        if let Some(taken_at) = path.file_name().and_then(|name| taken_at(name.to_str()?)) {
            copies.push((taken_at, path));
        }
    }
    copies.sort();
    Ok(copies)
}

fn name(taken_at: Timestamp) -> String {
    format!("records {}.db", taken_at.strftime(NAME_TIME))
}

fn taken_at(name: &str) -> Option<Timestamp> {
    time_of(name.strip_prefix("records ")?.strip_suffix(".db")?)
}

fn time_of(name: &str) -> Option<Timestamp> {
    let time = strtime::parse(NAME_TIME, name).ok()?.to_datetime().ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

/// Makes a copy if the newest is a day old, or if the layout is about to change.
pub(super) fn copy_if_due(folder: &Path, connection: &Connection) -> Result<(), RecordsError> {
    let version = schema::version(connection)?;
    if version == 0 {
        return Ok(());
    }
    let now = Timestamp::now();
    let copies = copies(folder)?;
    let fresh = copies.last().is_some_and(|(taken_at, _)| {
        let age = now.duration_since(*taken_at);
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
    let now = Timestamp::now();
    let copies = copies(folder)?;
    fs::create_dir_all(folder.join(COPIES))?;
    let partial = folder.join(COPIES).join("unfinished.db");
    remove_if_there(&partial)?;
    let target = partial
        .to_str()
        .ok_or_else(|| RecordsError::NoAccess("the folder's name is not Unicode".to_owned()))?;
    connection.execute("VACUUM INTO ?1", [target])?;
    File::options().write(true).open(&partial)?.sync_all()?;
    fs::rename(&partial, folder.join(COPIES).join(name(now)))?;
    sync_folder(&folder.join(COPIES))?;
    // The new one is not in the list yet.
    for (_, old) in copies.iter().take((copies.len() + 1).saturating_sub(KEPT)) {
        remove_if_there(old)?;
    }
    Ok(())
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
    let place = folder
        .join(SET_ASIDE)
        .join(Timestamp::now().strftime(NAME_TIME).to_string());
    fs::create_dir_all(&place)?;
    for suffix in ["", "-wal", "-shm"] {
        let name = format!("{FILE}{suffix}");
        match fs::rename(folder.join(&name), place.join(&name)) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    sync_folder(folder)
}

/// Where a broken database was put after `since`, last of all.
fn newest_set_aside(
    folder: &Path,
    since: Option<Timestamp>,
) -> Result<Option<PathBuf>, RecordsError> {
    let entries = match fs::read_dir(folder.join(SET_ASIDE)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut places = Vec::new();
    for entry in entries {
        let place = entry?.path();
        let time = place.file_name().and_then(|name| time_of(name.to_str()?));
        if let Some(time) = time.filter(|time| since.is_none_or(|since| *time >= since)) {
            places.push((time, place));
        }
    }
    Ok(places.into_iter().max().map(|(_, place)| place))
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
    for (taken_at, copy) in copies(folder)?.into_iter().rev() {
        if !is_sound(&copy) {
            continue;
        }
        let partial = folder.join("restoring.db");
        fs::copy(&copy, &partial)?;
        let set_aside = newest_set_aside(folder, Some(taken_at))?;
        restored::note_in(&partial, taken_at, set_aside)?;
        File::options().write(true).open(&partial)?.sync_all()?;
        // Companions of a database that is gone or has been set aside would be replayed into the copy.
        remove_if_there(&folder.join(format!("{FILE}-wal")))?;
        remove_if_there(&folder.join(format!("{FILE}-shm")))?;
        fs::rename(&partial, folder.join(FILE))?;
        sync_folder(folder)?;
        return Ok(None);
    }
    newest_set_aside(folder, None)
}

pub(super) fn remove_if_there(file: &Path) -> Result<(), RecordsError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Makes renames in a folder durable.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> Result<(), RecordsError> {
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Windows has no such call; its file system journals renames itself.
#[cfg(not(unix))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the other systems' version can fail"
)]
pub(super) fn sync_folder(_folder: &Path) -> Result<(), RecordsError> {
    Ok(())
}
