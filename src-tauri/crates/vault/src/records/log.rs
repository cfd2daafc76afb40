//! What SQLite does not look at in its write-ahead log (<https://www.sqlite.org/fileformat2.html#the_write_ahead_log>).

use std::fs;
use std::io;
use std::path::Path;

const HEADER: usize = 32;
const PAGE_SIZE_AT: usize = 8;
/// What lies before each page in the log.
const FRAME_HEADER: usize = 24;
const DATABASE_SIZE_AT: usize = 4;

/// Whether the log beside a database says that the database has 2³² − 1 pages, one more than there can be. SQLite counts on to
/// nought from there, and at the next write frees memory that it goes on using.
pub(super) fn says_impossible_size(database: &Path) -> io::Result<bool> {
    let mut place = database.as_os_str().to_owned();
    place.push("-wal");
    let log = match fs::read(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        log => log?,
    };
    let Some((header, frames)) = log.split_at_checked(HEADER) else {
        return Ok(false);
    };
    let page_size = number_at(header, PAGE_SIZE_AT).and_then(|size| usize::try_from(size).ok());
    let frame_size = page_size.and_then(|size| size.checked_add(FRAME_HEADER));
    Ok(frame_size.is_some_and(|size| {
        frames
            .chunks(size)
            .any(|frame| number_at(frame, DATABASE_SIZE_AT) == Some(u32::MAX))
    }))
}

fn number_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_be_bytes(*bytes))
}
