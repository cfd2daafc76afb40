//! A file in which keys are looked for: a text of any kind, or a workbook of Excel.

use std::fs::File;
use std::io::{Cursor, Read as _};
use std::path::Path;

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};

use super::reading::{FoundKey, read, read_sheets};
use crate::failure::Problem;

/// Bytes of a file that is looked through; a thousand keys take a tenth of it.
const LARGEST: u64 = 10_000_000;
/// Cells of a workbook that are looked through.
const MOST_CELLS: usize = 1_000_000;
/// Cells of a row that are looked through.
const WIDEST: usize = 1_000;
/// How every workbook begins: it is a ZIP archive.
const ZIP: &[u8] = b"PK\x03\x04";

/// What is found in a file.
///
/// # Errors
/// [`Problem::FileNotReadable`] where it cannot be read, is too large, or is neither a text nor a workbook.
pub(super) fn read_file(path: &Path) -> Result<Vec<FoundKey>, Problem> {
    let file = File::open(path).map_err(|_| Problem::FileNotReadable)?;
    let mut bytes = Vec::new();
    let reading = file.take(LARGEST + 1).read_to_end(&mut bytes);
    reading.map_err(|_| Problem::FileNotReadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        return Err(Problem::FileNotReadable);
    }
    read_bytes(bytes)
}

/// What is found in the bytes of a file.
///
/// # Errors
/// [`Problem::FileNotReadable`] where they are neither a text nor a workbook.
pub(super) fn read_bytes(bytes: Vec<u8>) -> Result<Vec<FoundKey>, Problem> {
    if bytes.starts_with(ZIP) {
        let sheets = sheets_of(bytes).map_err(|_| Problem::FileNotReadable)?;
        return Ok(read_sheets(sheets));
    }
    Ok(read(&text_of(&bytes)?))
}

/// The text, in UTF-8 or in UTF-16 with its mark, as Excel and Windows write it.
fn text_of(bytes: &[u8]) -> Result<String, Problem> {
    let (text, _, is_odd) = encoding_rs::UTF_8.decode(bytes);
    // What is no text at all has such a byte nearly everywhere.
    if is_odd || text.contains('\0') {
        return Err(Problem::FileNotReadable);
    }
    Ok(text.into_owned())
}

/// The rows of each sheet, cell by cell: a sheet may say that it is larger than any memory.
fn sheets_of(bytes: Vec<u8>) -> Result<Vec<Vec<Vec<String>>>, XlsxError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let mut sheets = Vec::new();
    let mut left = MOST_CELLS;
    for name in workbook.sheet_names() {
        // A chart on a sheet of its own has no cells.
        let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else {
            continue;
        };
        let (mut rows, mut last) = (Vec::<Vec<String>>::new(), None);
        while let Some(cell) = cells.next_cell()? {
            let (row, column) = cell.get_position();
            let column = usize::try_from(column).unwrap_or(WIDEST);
            if column >= WIDEST {
                continue;
            }
            let Some(fewer) = left.checked_sub(1) else {
                break;
            };
            left = fewer;
            if last != Some(row) {
                last = Some(row);
                rows.push(Vec::new());
            }
            if let Some(cells) = rows.last_mut() {
                cells.resize(cells.len().max(column), String::new());
                cells.push(words_of(cell.get_value()));
            }
        }
        sheets.push(rows);
    }
    Ok(sheets)
}

fn words_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        // No SID and no secret is a number, a time or a mistake.
        _ => String::new(),
    }
}
