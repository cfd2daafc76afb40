//! The database of a data folder: as a file of any bytes, with a write-ahead log of any bytes, and with rows of any content.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use twilio::Hosts;
use vault::{AccountId, EntryId, KeyId, Keychain, Namespace, RecordsError};
use workflows::{Problem, Workspace};

/// A database with one row or more in every table. Its pages are small, so that a change hits something.
pub const GOOD: &[u8] = include_bytes!("../seeds/records_file/good.db");

const DATABASE: &str = "records.db";
const ACCOUNT: &str = "AC00000000000000000000000000000002";
const KEY: &str = "SK00000000000000000000000000000001";

/// A database file of any bytes: it is opened, refused as it is, or set aside whole and a good copy opened in its place.
pub fn records_file(file: &[u8]) {
    let folder = folder_with_a_copy();
    fs::write(folder.path().join(DATABASE), file).expect("the file is written");
    open_and_read(folder.path(), file);
}

/// A sound database with a write-ahead log of any bytes beside it, as after a crash.
pub fn records_log(log: &[u8]) {
    let folder = folder_with_a_copy();
    fs::write(folder.path().join(DATABASE), GOOD).expect("the file is written");
    fs::write(folder.path().join("records.db-wal"), log).expect("the log is written");
    open_and_read(folder.path(), GOOD);
}

/// A sound database whose rows hold any content. The bytes are a row of changes, each of one byte that names the column and the
/// text to put there, up to the next 0xff.
pub fn records_rows(changes: &[u8]) {
    let folder = folder_with_a_copy();
    let file = folder.path().join(DATABASE);
    fs::write(&file, &newest().file).expect("the file is written");
    change(&file, changes);
    let changed = fs::read(&file).expect("the file is there");
    open_and_read(folder.path(), &changed);
}

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime")
    })
}

/// With today's copy of the records in its place, so that none is due and there is one to go back to.
fn folder_with_a_copy() -> TempDir {
    let folder = folder();
    let copies = folder.path().join("copies");
    fs::create_dir(&copies).expect("a folder for copies");
    let name = Timestamp::now().strftime("records %Y-%m-%dT%H-%M-%SZ.db");
    fs::write(copies.join(name.to_string()), GOOD).expect("a copy");
    folder
}

/// In memory where the system has such a place: what is tried here is reading, not the disk.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        TempDir::new_in(memory)
    } else {
        TempDir::new()
    };
    made.expect("a folder")
}

fn open_and_read(folder: &Path, file: &[u8]) {
    match runtime().block_on(open(folder)) {
        Ok(workspace) => {
            runtime().block_on(read_everything(&workspace, "an opened file"));
            drop(workspace);
            wait_until_closed(folder);
        }
        Err(RecordsError::InUse) => panic!("nobody else uses the folder"),
        Err(_) if file.is_empty() => panic!("an empty file is nothing to refuse"),
        Err(error) => assert!(
            is_somewhere_in(folder, file),
            "the file is gone after: {error}"
        ),
    }
}

async fn open(folder: &Path) -> Result<Workspace, RecordsError> {
    // Neither is asked for anything.
    let keychain = Keychain::native(Namespace::custom("outside bytes"));
    let hosts = Hosts::loopback("http://127.0.0.1:9").expect("an address");
    let (workspace, _) = Workspace::open(folder, keychain, hosts).await?;
    Ok(workspace)
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

/// Reads whatever a screen reads. Each answer is one, or an error that says so.
async fn read_everything(workspace: &Workspace, what: &str) {
    let records = workspace.records();
    let (account, key) = (AccountId::new(ACCOUNT), KeyId::new(KEY));
    said(records.connection().await, what);
    said(records.subaccounts().await, what);
    said(records.keys(account.clone()).await, what);
    said(records.keys_read_at().await, what);
    said(records.all_keys().await, what);
    said(records.all_spend().await, what);
    said(records.activity(None, 200).await, what);
    said(records.activity(Some(account.clone()), 200).await, what);
    said(records.credentials().await, what);
    said(records.credentials_of(account.clone()).await, what);
    said(records.credential(key.clone()).await, what);
    said(records.sealed_copy(key.clone()).await, what);
    said(records.open_entries().await, what);
    said(records.entry(EntryId::new(1)).await, what);
    said(records.entries_of(account.clone()).await, what);
    said(records.preference("preferences").await, what);
    said(records.sealing().await, what);
    said(records.recovery().await, what);
    put_together(workspace.lines().await);
    put_together(workspace.lines_of(&[account]).await);
    put_together(workspace.unfinished().await);
    if let Ok(account) = ACCOUNT.parse() {
        put_together(workspace.subaccount(&account).await);
    }
    if let Ok(key) = KEY.parse() {
        put_together(workspace.hand_over_card(&key).await);
    }
}

fn said<T>(answer: Result<T, RecordsError>, what: &str) {
    if let Err(error @ (RecordsError::Closed | RecordsError::InUse)) = answer {
        panic!("{what}: {error}");
    }
}

fn put_together<T>(answer: Result<T, Problem>) {
    if let Err(Problem::Records(error)) = answer {
        said::<T>(Err(error), "put together");
    }
}

/// The good database brought to the newest layout, and what is in it.
struct Newest {
    file: Vec<u8>,
    columns: Vec<(String, String)>,
}

fn newest() -> &'static Newest {
    static NEWEST: OnceLock<Newest> = OnceLock::new();
    NEWEST.get_or_init(|| {
        let folder = folder();
        let file = folder.path().join(DATABASE);
        fs::write(&file, GOOD).expect("the file is written");
        drop(
            runtime()
                .block_on(open(folder.path()))
                .expect("good records"),
        );
        wait_until_closed(folder.path());
        let rows = Connection::open(&file).expect("nobody else has it open");
        let whole = folder.path().join("whole.db");
        rows.execute("VACUUM INTO ?1", [whole.to_string_lossy()])
            .expect("one file with all of it");
        let tables = names(
            &rows,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        );
        let columns = tables
            .iter()
            .flat_map(|table| {
                let of = format!("SELECT name FROM pragma_table_info('{table}')");
                let columns = names(&rows, &of);
                columns.into_iter().map(|column| (table.clone(), column))
            })
            .collect();
        Newest {
            file: fs::read(whole).expect("the file is there"),
            columns,
        }
    })
}

fn change(file: &Path, changes: &[u8]) {
    let mut rows = Connection::open(file).expect("nobody else has it open");
    rows.pragma_update(None, "synchronous", "OFF")
        .expect("a setting");
    rows.pragma_update(None, "foreign_keys", false)
        .expect("a setting");
    let transaction = rows.transaction().expect("a transaction");
    for change in changes.split(|&byte| byte == 0xff) {
        let Some((&which, text)) = change.split_first() else {
            continue;
        };
        let Some((table, column)) = newest().columns.get(usize::from(which)) else {
            continue;
        };
        let text = String::from_utf8_lossy(text);
        // A value that the table's own rules do not allow cannot be in it.
        let _ = transaction.execute(&format!("UPDATE main.{table} SET {column} = ?1"), [&text]);
    }
    transaction.commit().expect("the change is there");
}

fn names(connection: &Connection, query: &str) -> Vec<String> {
    let mut statement = connection.prepare(query).expect("a query");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("names")
}
