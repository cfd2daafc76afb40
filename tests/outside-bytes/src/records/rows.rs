//! Good records, whose rows can be changed.

use std::fs;

use rusqlite::Connection;

use super::open_state::OpenState;
use super::own_folder::open_in_a_folder;

/// The good records, whose rows can be changed, and the columns there are in them.
pub struct Rows {
    standing: OpenState,
    /// The same in one file.
    file: Vec<u8>,
    columns: Vec<Column>,
}

/// A column, and the statement that changes it.
struct Column {
    change: String,
    is_read_on_opening: bool,
}

/// Whether something that was changed is in a table that opening reads.
#[derive(PartialEq, Eq)]
pub struct IsReadOnOpening(pub bool);

impl Rows {
    pub fn open() -> Self {
        let standing = OpenState::open();
        let whole = standing.folder.path().join("whole.db");
        let target = whole.to_string_lossy().into_owned();
        standing
            .good
            .execute("VACUUM INTO ?1", [target])
            .expect("one file with all of it");
        without_references(&standing.good);
        standing.good.set_prepared_statement_cache_capacity(256);
        let columns = columns_in(&standing.good);
        Self {
            standing,
            file: fs::read(whole).expect("the file is there"),
            columns,
        }
    }

    /// Reads the records with these changes, and undoes them.
    pub fn read_with(&mut self, changes: &[u8]) -> IsReadOnOpening {
        let is_read_on_opening = change(&self.standing.good, &self.columns, changes);
        self.standing.read_and_undo();
        is_read_on_opening
    }

    /// Opens a database that has these changes; `whole`, also in a folder of its own.
    pub fn open_with(&mut self, changes: &[u8], whole: bool) {
        let file = self.standing.folder.path().join("changed.db");
        fs::write(&file, &self.file).expect("the file is written");
        let rows = Connection::open(&file).expect("nobody else has it open");
        rows.pragma_update(None, "synchronous", "OFF")
            .expect("a setting");
        without_references(&rows);
        change(&rows, &self.columns, changes);
        rows.execute_batch("COMMIT").expect("the change is there");
        drop(rows);
        let changed = fs::read(&file).expect("the file is there");
        self.standing.open_sound(&changed);
        if whole {
            open_in_a_folder(&changed, None);
        }
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
