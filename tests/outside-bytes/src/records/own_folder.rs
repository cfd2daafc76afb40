//! Opening the whole way, in a folder of its own, with a copy of the records to go back to.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use twilio::Hosts;
use vault::{Keychain, Namespace, OpenNotice, RecordsError};
use workflows::Workspace;

use super::reading::read_everything;
use super::{DATABASE, GOOD, LOG};

/// Opens a folder with this database and this log, reads everything, and looks for what was lost.
pub fn open_in_a_folder(file: &[u8], log: Option<&[u8]>) {
    let folder = folder();
    let copy = put_a_copy_in(folder.path());
    fs::write(folder.path().join(DATABASE), file).expect("the file is written");
    if let Some(log) = log {
        fs::write(folder.path().join(LOG), log).expect("the log is written");
    }
    match runtime().block_on(open(folder.path())) {
        Ok((workspace, notice)) => {
            nothing_is_lost(notice.as_ref(), copy, file, log);
            runtime().block_on(read_everything(&workspace));
            drop(workspace);
            wait_until_closed(folder.path());
        }
        Err(error) => is_refused_as_it_is(folder.path(), file, &error),
    }
}

pub fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime")
    })
}

/// Puts today's copy of the records in its place, so that none is due and there is one to go back to. Answers when it was taken.
pub fn put_a_copy_in(folder: &Path) -> Timestamp {
    let copies = folder.join("copies");
    fs::create_dir(&copies).expect("a folder for copies");
    let taken_at = Timestamp::now();
    let name = taken_at.strftime("records %Y-%m-%dT%H-%M-%S%.fZ.db");
    fs::write(copies.join(name.to_string()), GOOD).expect("a copy");
    taken_at
}

/// In memory where the system has such a place: what is tried here is reading, not the disk.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        TempDir::new_in(memory)
    } else {
        TempDir::new()
    };
    made.expect("a folder")
}

async fn open(folder: &Path) -> Result<(Workspace, Option<OpenNotice>), RecordsError> {
    let (keychain, hosts) = asked_for_nothing();
    Workspace::open(folder, keychain, hosts).await
}

/// What a workspace also has.
pub fn asked_for_nothing() -> (Keychain, Hosts) {
    let keychain = Keychain::native(Namespace::custom("outside bytes"));
    let hosts = Hosts::loopback("http://127.0.0.1:9").expect("an address");
    (keychain, hosts)
}

/// After opening a folder whose copy is of this time: a file that was set aside is as it was, and only one with nothing in it was
/// replaced without that. Another notice than of this copy was in the file itself.
pub fn nothing_is_lost(
    notice: Option<&OpenNotice>,
    copy: Timestamp,
    file: &[u8],
    log: Option<&[u8]>,
) {
    let set_aside = match notice {
        Some(OpenNotice::Restored {
            copy_taken_at,
            set_aside,
        }) if *copy_taken_at == copy => set_aside,
        _ => return,
    };
    let Some(place) = set_aside else {
        assert!(
            log.is_none_or(<[u8]>::is_empty) && has_nothing_in_it(file),
            "a file was replaced and not set aside"
        );
        return;
    };
    let is_there =
        |name: &str, bytes: &[u8]| fs::read(place.join(name)).is_ok_and(|content| content == bytes);
    assert!(is_there(DATABASE, file), "the file was set aside changed");
    assert!(
        log.is_none_or(|log| is_there(LOG, log)),
        "the log was set aside changed"
    );
}

/// After a refusal.
pub fn is_refused_as_it_is(folder: &Path, file: &[u8], error: &RecordsError) {
    assert_ne!(*error, RecordsError::InUse, "nobody else uses the folder");
    assert!(!file.is_empty(), "an empty file is nothing to refuse");
    assert!(
        is_somewhere_in(folder, file),
        "the file is gone after: {error}"
    );
}

/// Whether a file is empty or a database without a table.
fn has_nothing_in_it(file: &[u8]) -> bool {
    if file.is_empty() {
        return true;
    }
    let folder = folder();
    let place = folder.path().join(DATABASE);
    fs::write(&place, file).expect("the file is written");
    let tables = Connection::open(&place).and_then(|database| {
        database.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
            row.get::<_, i64>(0)
        })
    });
    tables == Ok(0)
}

/// Whether a file with these bytes is left, in its place or set aside.
fn is_somewhere_in(folder: &Path, bytes: &[u8]) -> bool {
    files_in(folder)
        .iter()
        .any(|file| fs::read(file).is_ok_and(|content| content == bytes))
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// The records' thread lets go of the lock when it has closed the database.
fn wait_until_closed(folder: &Path) {
    let lock = File::options()
        .write(true)
        .open(folder.join("records.lock"))
        .expect("the lock is there");
    while lock.try_lock().is_err() {
        thread::yield_now();
    }
}
