//! The database of a data folder: as a file of any bytes, with a write-ahead log of any bytes, and with rows of any content.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use twilio::Hosts;
use vault::{AccountId, EntryId, KeyId, Keychain, Namespace, RecordsError, fuzzing};
use workflows::{Problem, Workspace};

/// A database with one row or more in every table. Its pages are small, so that a change hits something.
pub const GOOD: &[u8] = include_bytes!("../seeds/records_file/good.db");

const DATABASE: &str = "records.db";
/// Where files lie that only one way reads.
const ASIDE: &str = "aside";
const ACCOUNT: &str = "AC00000000000000000000000000000002";
const KEY: &str = "SK00000000000000000000000000000001";

/// Opening a whole folder takes as long as reading many files or rows. Of the inputs that another way reads as thoroughly, one in
/// so many is also opened in a folder; always the same.
const OPENED_WHOLE: u8 = 32;

thread_local! {
    /// For files, and for rows: their settings differ.
    static FOR_FILES: Standing = Standing::open();
    static FOR_ROWS: Rows = Rows::open();
}

/// A database file of any bytes: it is opened, refused as it is, or set aside whole and a good copy opened in its place.
pub fn records_file(file: &[u8]) {
    let broken = FOR_FILES.with(|standing| standing.is_broken(file));
    if broken {
        FOR_FILES.with(Standing::read_what_can_be_salvaged);
    }
    if !broken || is_opened_whole(file) {
        let folder = folder_with_a_copy();
        fs::write(folder.path().join(DATABASE), file).expect("the file is written");
        open_and_read(folder.path(), file);
    }
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
    FOR_ROWS.with(|rows| {
        if rows.read_with(changes) == IsReadOnOpening(true) {
            rows.open_with(changes);
        }
    });
}

fn is_opened_whole(bytes: &[u8]) -> bool {
    let sum = bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    sum.is_multiple_of(OPENED_WHOLE)
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
            runtime().block_on(read_everything(&workspace));
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

/// Reads whatever a screen reads, all of it asked for at once. Each answer is one, or an error that says so.
async fn read_everything(workspace: &Workspace) {
    let records = workspace.records();
    let (account, key) = (AccountId::new(ACCOUNT), KeyId::new(KEY));
    let of_account = async {
        let (keys, credentials, entries, activity) = tokio::join!(
            records.keys(account.clone()),
            records.credentials_of(account.clone()),
            records.entries_of(account.clone()),
            records.activity(None, 200),
        );
        said(keys);
        said(credentials);
        said(entries);
        said(activity);
    };
    let one_by_one = async {
        let (credential, sealed_copy, entry) = tokio::join!(
            records.credential(key.clone()),
            records.sealed_copy(key.clone()),
            records.entry(EntryId::new(1)),
        );
        said(credential);
        said(sealed_copy);
        said(entry);
    };
    let of_the_folder = async {
        let (connection, sealing, recovery) =
            tokio::join!(records.connection(), records.sealing(), records.recovery());
        said(connection);
        said(sealing);
        said(recovery);
        let (preferences, backups, exports, proofs) = tokio::join!(
            records.preferences(),
            records.last_backups(),
            records.plain_exports(),
            records.proofs_due(),
        );
        said(preferences);
        said(backups);
        said(exports);
        said(proofs);
    };
    // Its lines are made of the lists of subaccounts, keys, credentials, spend and unfinished things.
    let screens = async {
        put_together(workspace.lines().await);
        if let Ok(key) = KEY.parse() {
            put_together(workspace.hand_over_card(&key).await);
        }
    };
    tokio::join!(of_account, one_by_one, of_the_folder, screens);
}

fn said<T>(answer: Result<T, RecordsError>) {
    if let Err(error @ (RecordsError::Closed | RecordsError::InUse)) = answer {
        panic!("records that are open answer: {error}");
    }
}

fn put_together<T>(answer: Result<T, Problem>) {
    if let Err(Problem::Records(error)) = answer {
        said::<T>(Err(error));
    }
}

/// The good records, opened once, to read into and to put back.
struct Standing {
    folder: TempDir,
    workspace: Workspace,
}

impl Standing {
    fn open() -> Self {
        let folder = folder_with_a_copy();
        fs::write(folder.path().join(DATABASE), GOOD).expect("the file is written");
        let workspace = runtime()
            .block_on(open(folder.path()))
            .expect("good records");
        fs::create_dir(folder.path().join(ASIDE)).expect("a place for broken files");
        Self { folder, workspace }
    }

    fn with_connection<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> T {
        let worked = fuzzing::with_connection(self.workspace.records(), work);
        runtime().block_on(worked).expect("they are open")
    }

    fn aside(&self) -> PathBuf {
        self.folder.path().join(ASIDE)
    }

    fn is_broken(&self, file: &[u8]) -> bool {
        let place = self.aside().join(DATABASE);
        for suffix in ["-wal", "-journal"] {
            let _ = fs::remove_file(self.aside().join(format!("{DATABASE}{suffix}")));
        }
        fs::write(&place, file).expect("the file is written");
        fuzzing::is_broken(&place).unwrap_or(false)
    }

    fn read_what_can_be_salvaged(&self) {
        let records = self.workspace.records();
        let place = self.folder.path().join("salvaging");
        runtime().block_on(async {
            fuzzing::salvage(records, self.aside(), place)
                .await
                .expect("nothing in it is an error");
            read_everything(&self.workspace).await;
            fuzzing::undo(records).await.expect("it is undone");
        });
    }
}

/// The good records, whose rows can be changed, and the columns there are in them.
struct Rows {
    standing: Standing,
    /// The same in one file.
    file: Vec<u8>,
    columns: Arc<[Column]>,
}

/// A column, and the statement that changes it.
struct Column {
    change: String,
    is_read_on_opening: bool,
}

/// Whether something that was changed is in a table that opening reads.
#[derive(PartialEq, Eq)]
struct IsReadOnOpening(bool);

impl Rows {
    fn open() -> Self {
        let standing = Standing::open();
        let whole = standing.folder.path().join("whole.db");
        let target = whole.to_string_lossy().into_owned();
        let columns = standing.with_connection(move |connection| {
            connection
                .execute("VACUUM INTO ?1", [target])
                .expect("one file with all of it");
            without_references(connection);
            connection.set_prepared_statement_cache_capacity(256);
            columns_in(connection)
        });
        Self {
            standing,
            file: fs::read(whole).expect("the file is there"),
            columns: columns.into(),
        }
    }

    /// Reads the records with these changes, and undoes them.
    fn read_with(&self, changes: &[u8]) -> IsReadOnOpening {
        let columns = Arc::clone(&self.columns);
        let changes = changes.to_owned();
        let is_read_on_opening = self
            .standing
            .with_connection(move |connection| change(connection, &columns, &changes));
        runtime().block_on(async {
            read_everything(&self.standing.workspace).await;
            let records = self.standing.workspace.records();
            fuzzing::undo(records).await.expect("it is undone");
        });
        is_read_on_opening
    }

    /// Opens a folder whose database has these changes.
    fn open_with(&self, changes: &[u8]) {
        let folder = folder_with_a_copy();
        let file = folder.path().join(DATABASE);
        fs::write(&file, &self.file).expect("the file is written");
        let rows = Connection::open(&file).expect("nobody else has it open");
        rows.pragma_update(None, "synchronous", "OFF")
            .expect("a setting");
        without_references(&rows);
        change(&rows, &self.columns, changes);
        rows.execute_batch("COMMIT").expect("the change is there");
        drop(rows);
        let changed = fs::read(&file).expect("the file is there");
        open_and_read(folder.path(), &changed);
    }
}

/// A row then need not refer to what it said it did.
fn without_references(connection: &Connection) {
    connection
        .pragma_update(None, "foreign_keys", false)
        .expect("a setting");
}

fn columns_in(connection: &Connection) -> Vec<Column> {
    let tables = names(
        connection,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    );
    let columns = tables.iter().flat_map(|table| {
        let columns = names(
            connection,
            &format!("SELECT name FROM pragma_table_info('{table}')"),
        );
        columns.into_iter().map(move |column| Column {
            change: format!("UPDATE main.{table} SET {column} = ?1"),
            is_read_on_opening: ["folder", "preference"].contains(&table.as_str()),
        })
    });
    columns.collect()
}

/// Begins a transaction with these changes.
fn change(connection: &Connection, columns: &[Column], changes: &[u8]) -> IsReadOnOpening {
    connection
        .execute_batch("BEGIN")
        .expect("a transaction begins");
    let mut is_read_on_opening = false;
    for change in changes.split(|&byte| byte == 0xff) {
        let Some((&which, text)) = change.split_first() else {
            continue;
        };
        let Some(column) = columns.get(usize::from(which)) else {
            continue;
        };
        let text = String::from_utf8_lossy(text);
        // A value that the table's own rules do not allow cannot be in it.
        let changed = connection
            .prepare_cached(&column.change)
            .expect("a change")
            .execute([&text]);
        is_read_on_opening |= column.is_read_on_opening && changed.is_ok();
    }
    IsReadOnOpening(is_read_on_opening)
}

fn names(connection: &Connection, query: &str) -> Vec<String> {
    let mut statement = connection.prepare(query).expect("a query");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("names")
}
