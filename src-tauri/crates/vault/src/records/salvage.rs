//! What can still be read of a broken database: saved credentials with their sealed copies, the journal, what is
//! kept of customers, batches, and how sealing is set up.
//!
//! The broken files stay as they are; a copy of them is read. Rows that are there already are kept, but for what happened to
//! them since the rolling copy was taken: the broken database is always the later of the two, whatever the clock said to either.

use std::fs;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, Transaction, params_from_iter};

use super::batches::BatchItem;
use super::credentials::Credential;
use super::customers::Customer;
use super::database::{FILE, alone};
use super::journal::Entry;
use super::replacements::Replacement;
use super::{RecordsError, restore_note, schema};
use crate::private;

pub(super) const PLACE: &str = "salvaging";

/// A table, how a row of it finds its place, and the columns by which rows can be read from either end.
struct Table {
    name: &'static str,
    order: &'static str,
    /// What becomes of a row that is there already.
    known: &'static str,
    /// What the rows that are there have to be like for it, with the row's own key and account.
    fits: &'static str,
    /// Whether a row is one that the program can read, where not every row is.
    is_sound: Option<fn(&Row<'_>) -> bool>,
}

/// In an order in which rows only refer to what came before.
const TABLES: [Table; 10] = [
    Table {
        name: "folder",
        order: "only",
        known: "ON CONFLICT (only) DO UPDATE SET recipient = coalesce(recipient, excluded.recipient)",
        fits: "true",
        is_sound: None,
    },
    Table {
        name: "recovery",
        order: "only",
        known: "ON CONFLICT DO NOTHING",
        fits: "true",
        is_sound: None,
    },
    Table {
        name: "credential",
        order: "key",
        known: "ON CONFLICT (key) DO UPDATE SET kept = excluded.kept,
                    proved_at = coalesce(excluded.proved_at, proved_at),
                    handed_over_at = coalesce(excluded.handed_over_at, handed_over_at),
                    handed_over_to = coalesce(excluded.handed_over_to, handed_over_to),
                    removed_at_twilio = coalesce(excluded.removed_at_twilio, removed_at_twilio)
                WHERE account = excluded.account",
        fits: "true",
        is_sound: Some(|row| Credential::from_row(row).is_ok()),
    },
    Table {
        name: "sealed_copy",
        order: "key",
        known: "ON CONFLICT (key) DO NOTHING",
        fits: "EXISTS (SELECT 1 FROM credential WHERE key = :key AND account = :account)",
        is_sound: None,
    },
    Table {
        name: "journal",
        order: "id",
        known: "ON CONFLICT (tag) DO UPDATE SET stage = excluded.stage, account = excluded.account, key = excluded.key,
                    looks = excluded.looks, last_look = excluded.last_look, updated_at = excluded.updated_at, reason = excluded.reason",
        fits: "true",
        is_sound: Some(|row| Entry::from_row(row).is_ok()),
    },
    Table {
        name: "customer",
        order: "account",
        known: "ON CONFLICT (account) DO UPDATE SET number = excluded.number, tags = excluded.tags, note = excluded.note",
        fits: "true",
        is_sound: Some(|row| Customer::from_row(row).is_ok()),
    },
    Table {
        name: "replacement",
        order: "old_key",
        known: "ON CONFLICT (old_key) DO UPDATE SET new_key = excluded.new_key, begun_at = excluded.begun_at,
                    in_use_at = excluded.in_use_at, in_use = excluded.in_use, ended_at = excluded.ended_at",
        fits: "EXISTS (SELECT 1 FROM credential WHERE key = :new_key AND account = :account)",
        is_sound: Some(|row| Replacement::from_row(row).is_ok()),
    },
    Table {
        name: "put_off",
        order: "task",
        known: "ON CONFLICT DO NOTHING",
        fits: "true",
        is_sound: None,
    },
    Table {
        name: "batch",
        order: "id",
        known: "ON CONFLICT DO NOTHING",
        fits: "true",
        is_sound: None,
    },
    Table {
        name: "batch_item",
        order: "tag",
        known: "ON CONFLICT (tag) DO UPDATE SET stage = excluded.stage, outcome = excluded.outcome",
        fits: "EXISTS (SELECT 1 FROM batch WHERE id = :batch)",
        is_sound: Some(|row| BatchItem::from_row(row).is_ok()),
    },
];

/// Whether the program can read every row that would be brought over. One that it cannot read keeps the others from being read as well.
pub(super) fn rows_are_sound(connection: &Connection) -> rusqlite::Result<bool> {
    for table in &TABLES {
        let Some(is_sound) = table.is_sound else {
            continue;
        };
        let mut statement = connection.prepare(&format!("SELECT * FROM {}", table.name))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if !is_sound(row) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Brings over what can be read of the database in `set_aside`, in one transaction. What cannot be read is no error.
pub(super) fn bring_over(
    connection: &mut Connection,
    folder: &Path,
    set_aside: &Path,
) -> Result<(), RecordsError> {
    let place = folder.join(PLACE);
    remove(&place)?;
    let broken = open_copy(set_aside, &place);
    let transaction = connection.transaction()?;
    if let Some(broken) = &broken {
        bring_tables(&transaction, broken);
    }
    restore_note::note_salvaged(&transaction)?;
    transaction.commit()?;
    drop(broken);
    remove(&place)
}

/// Brings over the rows of every table, as far as they can be read.
pub(super) fn bring_tables(transaction: &Transaction<'_>, broken: &Connection) {
    for table in &TABLES {
        bring_table(transaction, broken, table);
    }
}

pub(super) fn remove(place: &Path) -> Result<(), RecordsError> {
    match fs::remove_dir_all(place) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// A copy of the broken database, if it can be opened at all and has the newest layout.
pub(super) fn open_copy(set_aside: &Path, place: &Path) -> Option<Connection> {
    private::folder(place).ok()?;
    for suffix in ["", "-wal"] {
        let name = format!("{FILE}{suffix}");
        if set_aside.join(&name).is_file() {
            private::copy(&set_aside.join(&name), &place.join(&name)).ok()?;
        }
    }
    let broken = alone(Connection::open(place.join(FILE)).ok()?).ok()?;
    broken.pragma_update(None, "trusted_schema", false).ok()?;
    let version = schema::version(&broken).ok()?;
    (version == schema::newest()).then_some(broken)
}

/// Reads a table from both ends, as far as the damage lets it. Its columns are the ones it should have: what a broken database calls
/// them need not even be text.
fn bring_table(transaction: &Transaction<'_>, broken: &Connection, table: &Table) {
    let Ok(columns) = columns_of(transaction, table) else {
        return;
    };
    for direction in ["ASC", "DESC"] {
        let sql = format!(
            "SELECT {} FROM {} ORDER BY {} {direction}",
            columns.join(", "),
            table.name,
            table.order
        );
        let Ok(mut statement) = broken.prepare(&sql) else {
            return;
        };
        let Ok(mut rows) = statement.query([]) else {
            return;
        };
        // Ends at the first page that cannot be read.
        while let Ok(Some(row)) = rows.next() {
            if table.is_sound.is_some_and(|is_sound| !is_sound(row)) {
                continue;
            }
            let values: Result<Vec<Value>, _> =
                (0..columns.len()).map(|column| row.get(column)).collect();
            let Ok(mut values) = values else { continue };
            if table.name == "journal" && !stands_by_itself(transaction, &columns, &mut values) {
                continue;
            }
            bring_row(transaction, table, &columns, &values);
        }
    }
}

fn columns_of(transaction: &Transaction<'_>, table: &Table) -> rusqlite::Result<Vec<String>> {
    let all = transaction.prepare(&format!("SELECT * FROM {}", table.name))?;
    Ok(all.column_names().into_iter().map(str::to_owned).collect())
}

/// An entry whose credential could not be read goes back to where Twilio is asked again; a finished one is left out.
fn stands_by_itself(
    transaction: &Transaction<'_>,
    columns: &[String],
    values: &mut [Value],
) -> bool {
    let place = |name: &str| columns.iter().position(|column| column == name);
    let (Some(stage_at), Some(key_at)) = (place("stage"), place("key")) else {
        return false;
    };
    let (Some(Value::Text(stage)), Some(Value::Text(key))) =
        (values.get(stage_at), values.get(key_at))
    else {
        return true;
    };
    let has_secret = ["sealed", "kept", "renamed", "committed"].contains(&stage.as_str());
    let known = transaction
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM credential WHERE key = ?1)",
            [key],
            |row| row.get(0),
        )
        .unwrap_or(false);
    if !has_secret || known {
        return true;
    }
    if stage == "committed" {
        return false;
    }
    for (at, value) in [
        (stage_at, Value::Text("sent".to_owned())),
        (key_at, Value::Null),
    ] {
        if let Some(place) = values.get_mut(at) {
            *place = value;
        }
    }
    true
}

/// A row that the layout does not accept is damaged, and left.
fn bring_row(transaction: &Transaction<'_>, table: &Table, columns: &[String], values: &[Value]) {
    let places: Vec<String> = (1..=columns.len())
        .map(|place| format!("?{place}"))
        .collect();
    let mut fits = table.fits.to_owned();
    for (name, place) in columns.iter().zip(&places) {
        fits = fits.replace(&format!(":{name}"), place);
    }
    let sql = format!(
        "INSERT INTO {} ({}) SELECT {} WHERE {fits} {}",
        table.name,
        columns.join(", "),
        places.join(", "),
        table.known
    );
    // The statement alone is undone where it fails; the transaction goes on.
    let _ = transaction
        .prepare_cached(&sql)
        .and_then(|mut insert| insert.execute(params_from_iter(values)));
}
