//! The database of a data folder: as a file of any bytes, with a write-ahead log of any bytes, and with rows of any content.
//!
//! Every file and log is examined as opening examines it. What is broken is then salvaged into good records, as opening does; to what
//! is not, the connection is made that opening makes. Either way everything a screen reads is read, and nothing may be lost. Every row
//! is read as a screen reads it.
//!
//! Opening does more, and that takes as long as reading many inputs. So one in [`OPENED`], always the same, is opened with all that
//! belongs to it (the layout brought up to date, copies, notices), and one in [`OPENED_WHOLE`] also in a folder of its own, with a
//! lock, a thread, and a copy of the records to go back to.

mod log;
mod open_state;
mod own_folder;
mod reading;
mod rows;

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use log::{ends_a_transaction, repaired};
use open_state::OpenState;
use own_folder::open_in_a_folder;
use rows::{IsReadOnOpening, Rows};

/// A database with one row or more in every table. Its pages are small, so that a change hits something.
pub const GOOD: &[u8] = include_bytes!("../seeds/records_file/good.db");

const DATABASE: &str = "records.db";
const LOG: &str = "records.db-wal";
const ACCOUNT: &str = "AC00000000000000000000000000000002";
const KEY: &str = "SK00000000000000000000000000000001";

/// One in so many inputs that can be opened is.
const OPENED: u64 = 4;
/// One in so many inputs is also opened in a folder of its own.
const OPENED_WHOLE: u64 = 64;

thread_local! {
    /// For files and logs, and for rows: their settings differ.
    static FOR_FILES: RefCell<OpenState> = RefCell::new(OpenState::open());
    static FOR_ROWS: RefCell<Rows> = RefCell::new(Rows::open());
}

/// A database file of any bytes: it is opened, refused as it is, or set aside whole and a good copy opened in its place.
pub fn records_file(file: &[u8]) {
    FOR_FILES.with_borrow_mut(|standing| standing.read(file, None, is_one_in(OPENED, file)));
    if is_one_in(OPENED_WHOLE, file) {
        open_in_a_folder(file, None);
    }
}

/// A sound database with a write-ahead log of any bytes beside it, as after a crash.
///
/// A log whose sums are wrong is not there for SQLite. So every input is read with its sums put right, and what its pages say is then
/// the database; one in [`OPENED_WHOLE`] is also read as it is. A log in which no transaction ends is not there either: of those one
/// in [`OPENED`] is read.
pub fn records_log(log: &[u8]) {
    let right = repaired(log);
    let opened = is_one_in(OPENED, log);
    if opened || ends_a_transaction(&right) {
        FOR_FILES.with_borrow_mut(|standing| standing.read(GOOD, Some(&right), opened));
    }
    if is_one_in(OPENED_WHOLE, log) {
        open_in_a_folder(GOOD, Some(&right));
        open_in_a_folder(GOOD, Some(log));
    }
}

/// A sound database whose rows hold any content. The bytes are a row of changes, each of one byte that names the column and the
/// text to put there, up to the next 0xff.
///
/// All of them are read in the good records' own database; of those that change what opening itself reads, one in
/// [`OPENED`] is opened.
pub fn records_rows(changes: &[u8]) {
    FOR_ROWS.with_borrow_mut(|rows| {
        if rows.read_with(changes) == IsReadOnOpening(true) && is_one_in(OPENED, changes) {
            rows.open_with(changes, is_one_in(OPENED_WHOLE, changes));
        }
    });
}

/// A sum of the bytes would stay the same when libFuzzer only shuffles them.
fn is_one_in(many: u64, bytes: &[u8]) -> bool {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish().is_multiple_of(many)
}
