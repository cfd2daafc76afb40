//! The disk under the records.

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::convert::Utc;
use super::{Records, RecordsError};

/// What has to be free before anything is created at Twilio, in bytes.
pub const LEAST_FREE: u64 = 10 * 1024 * 1024;

/// Bytes free for this user on the disk that holds `folder`.
///
/// # Errors
/// When there is no such folder, or the system does not tell.
pub fn free_space(folder: &Path) -> Result<u64, RecordsError> {
    // Windows would answer for the drive.
    fs::metadata(folder)?;
    Ok(fs4::available_space(folder)?)
}

impl Records {
    /// Whether a creation may begin: at least [`LEAST_FREE`] bytes are free and a synced write works. A full disk then cannot
    /// come between Twilio's answer and its place in the journal.
    ///
    /// # Errors
    /// [`RecordsError::LowOnSpace`], or what the write failed with.
    pub async fn check_disk(&self) -> Result<(), RecordsError> {
        let folder = self.folder().to_owned();
        self.write(move |transaction| {
            let free = free_space(&folder)?;
            if free < LEAST_FREE {
                return Err(RecordsError::LowOnSpace { free });
            }
            transaction.execute("UPDATE folder SET checked_at = ?1", [Utc(Timestamp::now())])?;
            Ok(())
        })
        .await
    }
}
