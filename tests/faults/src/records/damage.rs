//! Ways a database gets broken between two runs of the program.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use rand::RngExt as _;
use rand::rngs::StdRng;

/// What becomes of the database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Cut off at this part of its length, in percent.
    Cut(u64),
    /// Pages from here on, in percent, are overwritten.
    Overwritten { at: u64, pages: u64 },
    /// Something else has its name.
    SomethingElse,
    /// Nothing is in it.
    Emptied,
    /// It is gone.
    Gone,
    /// A newer program has used it.
    Newer,
}

const PAGE: u64 = 4096;
/// Where SQLite keeps `user_version` (<https://sqlite.org/fileformat2.html#database_header>).
const USER_VERSION: u64 = 60;

impl Damage {
    pub fn any(dice: &mut StdRng) -> Self {
        match dice.random_range(0..6) {
            0 => Self::Cut(dice.random_range(1..95)),
            1 => Self::Overwritten {
                at: dice.random_range(0..95),
                pages: dice.random_range(1..6),
            },
            2 => Self::SomethingElse,
            3 => Self::Emptied,
            4 => Self::Gone,
            _ => Self::Newer,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Cut(_) => "cut off",
            Self::Overwritten { .. } => "pages overwritten",
            Self::SomethingElse => "something else",
            Self::Emptied => "emptied",
            Self::Gone => "gone",
            Self::Newer => "newer layout",
        }
    }

    /// Does it to a database that was [tidied](tidy).
    pub fn inflict(self, folder: &Path) -> Result<(), String> {
        let file = folder.join("records.db");
        let text = |error: io::Error| error.to_string();
        let length = fs::metadata(&file).map_err(text)?.len();
        match self {
            Self::Cut(part) => File::options()
                .write(true)
                .open(&file)
                .and_then(|file| file.set_len(length * part / 100))
                .map_err(text),
            Self::Overwritten { at, pages } => {
                let from = length * at / 100 / PAGE * PAGE;
                let size = (pages * PAGE).min(length.saturating_sub(from));
                let bytes = vec![0xa5; usize::try_from(size).unwrap_or_default()];
                File::options()
                    .write(true)
                    .open(&file)
                    .and_then(|file| file.write_all_at(&bytes, from))
                    .map_err(text)
            }
            Self::SomethingElse => fs::write(
                &file,
                b"This is no database, and it is long enough to be read as one. ".repeat(9),
            )
            .map_err(text),
            Self::Emptied => fs::write(&file, b"").map_err(text),
            Self::Gone => fs::remove_file(&file).map_err(text),
            Self::Newer => set_version(folder, 99),
        }
    }

    /// Whether the program has to refuse the file and leave it alone.
    pub fn is_refused(self) -> bool {
        self == Self::Newer
    }
}

/// Brings what is in the log beside the database into it, as an orderly end does.
pub fn tidy(folder: &Path) -> Result<(), String> {
    let text = |error: rusqlite::Error| error.to_string();
    let database = rusqlite::Connection::open(folder.join("records.db")).map_err(text)?;
    database
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .map_err(text)
}

/// Gives the database the layout's number.
pub fn set_version(folder: &Path, version: u32) -> Result<(), String> {
    File::options()
        .write(true)
        .open(folder.join("records.db"))
        .and_then(|file| file.write_all_at(&version.to_be_bytes(), USER_VERSION))
        .map_err(|error| error.to_string())
}

/// The layout's number.
pub fn version(folder: &Path) -> Result<u32, String> {
    let mut bytes = [0; 4];
    File::open(folder.join("records.db"))
        .and_then(|file| file.read_exact_at(&mut bytes, USER_VERSION))
        .map_err(|error| error.to_string())?;
    Ok(u32::from_be_bytes(bytes))
}
