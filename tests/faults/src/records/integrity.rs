//! Whether a database is sound, as SQLite itself sees it.

use std::path::Path;

/// Whether a database is sound; `whole` where nothing in it was ever saved from a broken one.
pub(super) fn check(file: &Path, whole: bool) -> Result<(), String> {
    let text = |error: rusqlite::Error| error.to_string();
    let database = rusqlite::Connection::open(file).map_err(text)?;
    let verdict: String = database
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .map_err(text)?;
    if verdict != "ok" {
        return Err(verdict);
    }
    let half: i64 = database
        .query_row(
            "SELECT (SELECT count(*) FROM pragma_foreign_key_check)
                  + (SELECT count(*) FROM credential WHERE key NOT IN (SELECT key FROM sealed_copy))
                  + (SELECT count(*) FROM journal WHERE (stage IN ('sealed', 'kept', 'renamed', 'committed'))
                        AND key NOT IN (SELECT key FROM credential))",
            [],
            |row| row.get(0),
        )
        .map_err(text)?;
    if half == 0 || !whole {
        Ok(())
    } else {
        Err(format!("{half} rows are there by half"))
    }
}
