//! What the user should know of how the records were opened.

use std::path::PathBuf;

use jiff::Timestamp;

use super::RecordsError;

/// What happened while opening that the user should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenNotice {
    /// The database was broken or gone, and a copy was opened in its place, with what could still be read of saved credentials and
    /// the journal. What else happened after the copy was taken is not in it; secrets saved since then are still in the keychain.
    Restored {
        /// When the copy was taken.
        copy_taken_at: Timestamp,
        /// Where the broken files were put; `None` when there were none.
        set_aside: Option<PathBuf>,
    },
    /// The database was broken and there was no good copy: the records began anew, with what could still be read of the old ones.
    StartedEmpty {
        /// Where the broken files were put.
        set_aside: PathBuf,
    },
    /// The records are sound, but today's copy of them could not be made.
    NoCopyMade(RecordsError),
}
